// The words for what a run found, shared by the console and Markdown so that both say the same. Three verdicts stay
// three: a bound that was reached is never written as a proof, and a run that was cut short is never written as a bound.

import type {
  ClaimResult,
  CoverageResult,
  LockstepResult,
  Mismatch,
  ScopeResult,
  SystemCoverage,
  TraceStep,
  Verdict,
} from './result.js'
import { grouped } from './text.js'

const words: { readonly [V in Verdict]: (scope: ScopeResult) => string } = {
  holds: () => 'holds (exhaustive)',
  bounded: scope => (scope.cut === undefined ? `bounded at depth ${scope.depth}` : `cut short: ${scope.cut}`),
  violated: scope =>
    [scope.ok ? 'violated as expected' : 'violated', ...violatedIds(scope), ...cutAfter(scope)].join(' '),
}

/** `holds (exhaustive)`, `bounded at depth 12`, `violated frames/references-recount`, `cut short: memory`. */
export const scopeVerdict = (scope: ScopeResult) => words[scope.verdict](scope)

export const violatedClaims = (scope: ScopeResult) => scope.claims.filter(claim => claim.verdict === 'violated')

function violatedIds(scope: ScopeResult): readonly string[] {
  const [first, ...others] = violatedClaims(scope).map(claim => claim.id)
  if (first === undefined) return []
  return others.length === 0 ? [first] : [first, `and ${others.length} more`]
}

const cutAfter = ({ cut }: ScopeResult) => (cut === undefined ? [] : [`(cut short: ${cut})`])

const lockstepWords: { readonly [V in LockstepResult['verdict']]: (result: LockstepResult) => string } = {
  agree: () => 'agree',
  bounded: ({ cut }) => (cut === undefined ? 'agree up to the bound' : `cut short: ${cut}`),
  disagree: ({ disagreement }) => (disagreement === undefined ? 'disagree' : `disagree about ${disagreement.about}`),
}

export const lockstepVerdict = (result: LockstepResult) => lockstepWords[result.verdict](result)

/** A mutant that is in force is part of the name: its figures must never pass for those of the real system. */
export const scopeName = ({ name, mutant }: Pick<ScopeResult, 'name' | 'mutant'>) =>
  mutant === undefined ? name : `${name} with mutant ${mutant}`

export const secondsOf = ({ seconds }: { readonly seconds?: number }) =>
  seconds === undefined ? '' : seconds < 100 ? seconds.toFixed(seconds < 1 ? 2 : 1) : grouped(Math.round(seconds))

/** Share of the compared commands that changed the state. */
export const changingShare = ({ changing, compared }: LockstepResult) =>
  compared === 0 ? '' : `${Math.round((100 * changing) / compared)} %`

/** Commands compared in a second, where the run was timed. */
export const rateOf = ({ compared, seconds }: LockstepResult) =>
  seconds === undefined || seconds === 0 ? '' : `${grouped(Math.round(compared / seconds))}/s`

/** Of an operation that is under way, the step it has come to is the point. */
export const answerOf = ({ outcome, step }: TraceStep) =>
  outcome === 'under way' && step !== '' ? `${outcome}: ${step}` : outcome

/** What is wrong with what was reached: never, though it should have been, or although it is said that it cannot be. */
export const coverageFaults = ({ gaps, stale }: Pick<CoverageResult, 'gaps' | 'stale'>): readonly string[] => [
  ...gaps.map(name => `never reached: ${name}`),
  ...stale.map(name => `reached, though listed as unreachable: ${name}`),
]

/** `memory · answers 118/118 · steps 412/412 · rows 318/320` */
export const together = ({ system, outcomes, steps, rows }: SystemCoverage): readonly string[] => [
  system,
  ...(
    [
      ['answers', outcomes],
      ['steps', steps],
      ['rows', rows],
    ] as const
  ).map(([what, { reached, declared }]) => `${what} ${grouped(reached)}/${grouped(declared)}`),
]

export const pinned = ({ figure, expected, found }: Mismatch) =>
  `${figure}: pinned ${grouped(expected)}, found ${grouped(found)}`

/** Rules are named by chapter and anchor; a reader opens them from the root of the repository. */
export const ruleFile = (rule: string) => `spec/${rule}`

export const replayLine = (token: string) => `npx mmspec replay ${token}`

/** How often others come in between along a trace; nothing where they do not. */
export const granularitySaid = ({ granularity }: Pick<ClaimResult, 'granularity'>): string =>
  granularity === undefined ? '' : ` at granularity ${granularity}`
