// The screen of `mmspec check`: a line for each scope, what its pins and its coverage say, and for each violated claim
// the block that a reader needs: which promise, why, the shortest way there, and how to replay it.

import type { Page } from './paint.js'
import type { ClaimResult, ScopeResult, SystemCoverage, Trace } from './result.js'
import { type SheetRow, sheet } from './sheet.js'
import { type StepRow, stepTable } from './steps.js'
import { counted, flow, grouped } from './text.js'
import {
  answerOf,
  coverageFaults,
  granularitySaid,
  pinned,
  replayLine,
  ruleFile,
  scopeName,
  scopeVerdict,
  secondsOf,
  together,
  violatedClaims,
} from './verdicts.js'

const headers = ['scope', 'states', 'transitions', 'unchanged', 'depth', 'engine', 'seconds']
const listedGaps = 20

export function scopeSheet(scopes: readonly ScopeResult[], page: Page): readonly string[] {
  return [
    ...sheet(
      scopes.map(scope => scopeRow(scope, page)),
      headers,
      page,
    ),
    '',
    ...scopes.flatMap(scope => notes(scope, page)),
  ]
}

function scopeRow(scope: ScopeResult, { paint }: Page): SheetRow {
  const figures = [scope.states, scope.transitions, scope.unchanged, scope.depth].map(grouped)
  const tone = scope.cut !== undefined ? paint.open : scope.ok ? paint.good : paint.bad
  return { cells: [scopeName(scope), ...figures, scope.engine, secondsOf(scope)], verdict: scopeVerdict(scope), tone }
}

/** Coverage and pins: short while they are as they should be, by name where they are not. */
function notes(scope: ScopeResult, { paint, width }: Page): readonly string[] {
  const { reached, declared } = scope.coverage
  const lead = `  ${scope.ok ? paint.open('!') : paint.bad('✖')} `
  const found = [...atMost(coverageFaults(scope.coverage)), ...scope.mismatches.map(pinned)]
  const head = [`coverage ${grouped(reached)}/${grouped(declared)}`, scopeName(scope)]
  return [
    ...flow(head, { lead: '', separator: ' · ', width }),
    ...found.flatMap(note => flow([note], { lead, separator: ' ', width })),
  ]
}

function atMost(names: readonly string[]): readonly string[] {
  const more = names.length - listedGaps
  return more > 0 ? [...names.slice(0, listedGaps), `… and ${grouped(more)} more`] : names
}

/** What all scopes of a system reach together, by name where that is not as it should be. */
export function systemLines(coverage: readonly SystemCoverage[], { paint, width }: Page): readonly string[] {
  const lead = `  ${paint.bad('✖')} `
  return coverage.flatMap(system => [
    ...flow(['together', ...together(system)], { lead: '', separator: ' · ', width }),
    ...atMost(coverageFaults(system)).flatMap(note => flow([note], { lead, separator: ' ', width })),
  ])
}

/** The blocks of what went wrong. A violation that the scope expects is a line of the sheet and no more. */
export function violations(scopes: readonly ScopeResult[], page: Page): readonly (readonly string[])[] {
  return scopes
    .filter(scope => !scope.ok)
    .flatMap(scope => violatedClaims(scope).map(claim => violation(claim, scope, page)))
}

function violation(claim: ClaimResult, scope: ScopeResult, { paint, width }: Page): readonly string[] {
  const why = claim.witness?.says ?? claim.says
  const rule = claim.rule === '' ? [] : [paint.faint(ruleFile(claim.rule))]
  const line = (label: string, parts: readonly string[]) =>
    parts.length === 0 ? [] : flow(parts, { lead: `  ${label.padEnd(9)}`, separator: ' · ', width })
  return [
    ...flow([paint.bad(claim.id), why, ...rule], { lead: paint.bad('✖ '), separator: '   ', width }),
    ...line('claim', claim.witness === undefined ? [] : [claim.says]),
    ...line('at', claim.witness?.places ?? []),
    ...line('bounds', scope.bounds),
    ...(claim.trace === undefined
      ? flow(['no trace', scopeName(scope)], { lead: '  ', separator: ' · ', width })
      : way(claim, claim.trace, scope, { paint, width })),
  ]
}

function way(claim: ClaimResult, trace: Trace, scope: ScopeResult, page: Page): readonly string[] {
  const { paint, width } = page
  return [
    ...flow([`shortest: ${counted(trace.steps.length, 'command')}${granularitySaid(claim)}`, scopeName(scope)], {
      lead: '  ',
      separator: ' · ',
      width,
    }),
    '',
    ...stepTable(stepRows(trace), page),
    '',
    ...flow([paint.strong(replayLine(trace.token))], { lead: '  replay  ', separator: ' ', width }),
  ]
}

/** A trace as rows of the table. */
export function stepRows({ steps }: Trace): readonly StepRow[] {
  const initial = { number: '0', command: 'initial', answers: [], wrong: steps.length === 0 }
  return [
    initial,
    ...steps.map((step, i) => ({
      number: String(i + 1),
      command: step.command,
      answers: [`→ ${answerOf(step)}`],
      diff: step.diff,
      wrong: i === steps.length - 1,
    })),
  ]
}
