// The screen of `mmspec mutants`: how many were killed in each home, then the survivors, loudly, because each is a
// mistake that nothing would notice; why some cannot be noticed; and the claims that no mutant ever broke.

import { alignRows } from './list.js'
import type { Page } from './paint.js'
import type { KillResult, MutantResult, RunResult } from './result.js'
import { sheet } from './sheet.js'
import { counted, flow, grouped } from './text.js'
import { replayLine } from './verdicts.js'

const homes = ['model', 'machine'] as const
const verdicts = ['killed', 'equivalent', 'survived'] as const

export function mutantsScreen(run: RunResult, verbose: boolean, page: Page): readonly string[] {
  const of = (verdict: MutantResult['verdict']) => run.mutants.filter(mutant => mutant.verdict === verdict)
  return [
    ...summary(run.mutants),
    ...section(
      'survived',
      of('survived').flatMap(mutant => survivor(mutant, page)),
      page,
    ),
    ...section(
      'claims that no mutant breaks',
      run.unkilled.flatMap(claim => item(page.paint.bad('✖ '), [claim], page)),
      page,
    ),
    ...section(
      'equivalent',
      of('equivalent').flatMap(mutant => equivalent(mutant, page)),
      page,
    ),
    ...(verbose
      ? [
          ...section('every mutant', table(run.mutants, page), page),
          ...section('killed only by', killers(run.kills, page), page),
        ]
      : []),
  ]
}

/** A line for each home that has mutants. */
function summary(mutants: readonly MutantResult[]): readonly string[] {
  const rows = homes.flatMap(home => {
    const here = mutants.filter(mutant => mutant.home === home)
    const counts = verdicts.map(verdict => here.filter(mutant => mutant.verdict === verdict).length)
    return here.length === 0 ? [] : [[home, ...counts.map(grouped)]]
  })
  return alignRows(rows, ['mutants', ...verdicts])
}

const section = (title: string, lines: readonly string[], { paint }: Page) =>
  lines.length === 0 ? [] : ['', paint.strong(title), ...lines]

const item = (lead: string, parts: readonly string[], { width }: Page) =>
  flow(parts, { lead: `  ${lead}`, separator: ' · ', width })

const where = ({ home, kind, scope }: MutantResult) => [home, kind, scope]

function survivor(mutant: MutantResult, page: Page): readonly string[] {
  const { paint } = page
  const replay = mutant.token === undefined ? [] : item('  ', [replayLine(mutant.token)], page)
  return [...item(paint.bad('✖ '), [paint.bad(mutant.title), ...where(mutant)], page), ...replay]
}

function equivalent(mutant: MutantResult, page: Page): readonly string[] {
  return [
    ...item('', [mutant.title, ...where(mutant)], page),
    ...item('  ', [mutant.reason ?? 'no reason is given'], page),
  ]
}

function table(mutants: readonly MutantResult[], page: Page): readonly string[] {
  const tones = { killed: page.paint.good, equivalent: page.paint.faint, survived: page.paint.bad }
  const rows = mutants.map(mutant => ({
    cells: [mutant.title, ...where(mutant), mutant.by, mutant.length === 0 ? '' : grouped(mutant.length)],
    verdict: mutant.verdict,
    tone: tones[mutant.verdict],
  }))
  return sheet(rows, ['mutant', 'home', 'kind', 'scope', 'by', 'commands'], page)
}

function killers(kills: readonly KillResult[], page: Page): readonly string[] {
  return kills.flatMap(({ claim, home, killedBy }) => item('', [claim, home, killedBy], page))
}

/** What is wrong, in so many words; empty where every mutant and every claim is accounted for. */
export function mutantFaults(run: RunResult): readonly string[] {
  const survived = run.mutants.filter(mutant => mutant.verdict === 'survived').length
  return [
    ...(survived === 0 ? [] : [`${counted(survived, 'mutant')} survived`]),
    ...(run.unkilled.length === 0 ? [] : [`${counted(run.unkilled.length, 'claim')} without a killer`]),
  ]
}
