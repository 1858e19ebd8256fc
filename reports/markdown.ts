// A run as a Markdown document: for an issue, a pull request, a job's summary. A stranger should understand what broke
// from this page alone, so every counterexample repeats its claim in words, its bounds, and how to replay it.

import { counterexample, disagreement } from './markdown-blocks.js'
import { code, codeInText, table, text } from './markdown-text.js'
import {
  exitCode,
  type LockstepResult,
  type MutantResult,
  type RunResult,
  type ScopeResult,
  type SystemCoverage,
} from './result.js'
import { counted, grouped } from './text.js'
import {
  changingShare,
  coverageFaults,
  lockstepVerdict,
  pinned,
  scopeName,
  scopeVerdict,
  secondsOf,
  together,
  violatedClaims,
} from './verdicts.js'

const titles = { 0: 'as expected', 1: 'not as expected', 3: 'cut short', 130: 'interrupted' } as const

/** The whole document, a newline at the end. */
export function renderMarkdown(run: RunResult): string {
  const sections = [
    [`# mmspec ${run.verb}: ${titles[exitCode(run)]}`],
    [`mmspec ${text(run.version)}`],
    ...(run.scopes.length === 0 ? [] : [scopeTable(run.scopes), ...run.scopes.map(notes)]),
    ...(run.coverage ?? []).map(systemNotes),
    ...(run.lockstep.length === 0 ? [] : [lockstepTable(run.lockstep)]),
    ...mutants(run),
    ...run.scopes.flatMap(scope => violatedClaims(scope).flatMap(claim => counterexample(claim, scope))),
    ...run.lockstep.flatMap(disagreement),
  ]
  return `${sections.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function scopeTable(scopes: readonly ScopeResult[]): readonly string[] {
  const headers = ['scope', 'verdict', 'states', 'transitions', 'unchanged', 'depth', 'engine', 'seconds']
  const row = (scope: ScopeResult) => [
    code(scopeName(scope)),
    text(scopeVerdict(scope)),
    ...[scope.states, scope.transitions, scope.unchanged, scope.depth].map(grouped),
    text(scope.engine),
    secondsOf(scope),
  ]
  return table(headers, scopes.map(row))
}

function notes(scope: ScopeResult): readonly string[] {
  const { coverage, bounds, mismatches } = scope
  const head = `Coverage of ${text(scopeName(scope))}: ${grouped(coverage.reached)}/${grouped(coverage.declared)}`
  const found = [...coverageFaults(coverage), ...mismatches.map(pinned)].map(note => `- ${text(note)}`)
  // A list starts after an empty line, or some readers draw it into the paragraph.
  return [
    `${head}, with ${bounds.map(text).join(', ')}, ${text(scope.granularity)}.`,
    ...(found.length === 0 ? [] : ['', ...found]),
  ]
}

/** What the scopes of a system reach together. */
function systemNotes(system: SystemCoverage): readonly string[] {
  const found = coverageFaults(system).map(note => `- ${text(note)}`)
  return [`Together: ${together(system).map(text).join(', ')}.`, ...(found.length === 0 ? [] : ['', ...found])]
}

function lockstepTable(results: readonly LockstepResult[]): readonly string[] {
  const headers = ['scope', 'driver', 'geometry', 'seed', 'verdict', 'compared', 'changing', 'states', 'seconds']
  const row = (result: LockstepResult) => [
    code(result.name),
    result.driver,
    text(result.geometry),
    result.seed === undefined ? '' : String(result.seed),
    text(lockstepVerdict(result)),
    grouped(result.compared),
    changingShare(result),
    result.states === undefined ? '' : grouped(result.states),
    secondsOf(result),
  ]
  return table(headers, results.map(row))
}

function mutants({ mutants, unkilled }: RunResult): readonly (readonly string[])[] {
  const of = (verdict: MutantResult['verdict']) => mutants.filter(mutant => mutant.verdict === verdict)
  const row = ({ title, home, kind, scope }: MutantResult) => [text(title), home, kind, code(scope)]
  const headers = ['mutant', 'home', 'kind', 'scope']
  const counts = (['killed', 'equivalent', 'survived'] as const).map(
    verdict => `${grouped(of(verdict).length)} ${verdict}`,
  )
  return [
    ...(mutants.length === 0 ? [] : [[`${counted(mutants.length, 'mutant')}: ${counts.join(', ')}.`]]),
    ...titled('✖ Survived', of('survived'), rows => table(headers, rows.map(row))),
    ...titled('✖ Claims that no mutant breaks', unkilled, ids => ids.map(id => `- ${codeInText(id)}`)),
    ...titled('Equivalent', of('equivalent'), rows =>
      table(
        [...headers, 'reason'],
        rows.map(mutant => [...row(mutant), text(mutant.reason ?? '')]),
      ),
    ),
  ]
}

function titled<T>(title: string, items: readonly T[], body: (items: readonly T[]) => readonly string[]) {
  return items.length === 0 ? [] : [[`## ${title}`], body(items)]
}
