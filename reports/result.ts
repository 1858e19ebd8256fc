// The one value that checks return and everything else is a function of: console screens, JSON, Markdown. Versioned:
// adding optional fields keeps `@1`, readers ignore what they do not know. Only `seconds` and `cpuSeconds` differ
// between two runs of the same thing.

import type { ConformResult } from './conform-result.js'
import { type GranularityResult, granularityExitCode } from './granularity-result.js'
import { type LinearResult, linearExitCode } from './linear-result.js'
import type { LockstepResult } from './lockstep-result.js'
import { type MuseumResult, museumExitCode } from './museum-result.js'
import type { KillResult, MutantResult } from './mutants-result.js'
import type { RuleReach, Shard } from './reach-result.js'
import { type SchedulesResult, type StressResult, schedulesExitCode } from './schedules-result.js'
import type { ScopeResult, SystemCoverage } from './scope-result.js'

export type * from './lockstep-result.js'
export type * from './mutants-result.js'
export type * from './scope-result.js'
export type * from './trace.js'

export const runSchema = 'mmspec/run@1'
export const errorSchema = 'mmspec/error@1'

/**
 * - `holds`: every reachable state was visited
 * - `bounded`: nothing wrong up to a planned bound, or up to where a limit cut the run short (see `cut`)
 * - `violated`: a claim does not hold; the trace shows it
 */
export type Verdict = 'holds' | 'bounded' | 'violated'

/** Why a run ended before its work was done. */
export type Cut = 'states' | 'depth' | 'time' | 'memory' | 'interrupted'

/** What was asked for; `verify` is several verbs in one run, `merge` several runs in one. */
export type RunVerb =
  | 'check'
  | 'lockstep'
  | 'random'
  | 'mutants'
  | 'conform'
  | 'linear'
  | 'granularity'
  | 'museum'
  | 'schedules'
  | 'stress'
  | 'verify'
  | 'merge'

export interface RunResult {
  readonly schema: typeof runSchema
  readonly verb: RunVerb
  readonly ok: boolean
  readonly version: string
  /** What cut the run short as a whole, where its parts do not say. */
  readonly cut?: Cut
  /** Of the whole run, where it has several verbs. */
  readonly seconds?: number
  /** Where this is a part of a run. */
  readonly shard?: Shard
  readonly scopes: readonly ScopeResult[]
  readonly coverage?: readonly SystemCoverage[]
  /** What all scopes together reached, rule by rule; absent where one of them is not as its file has it. */
  readonly reach?: readonly RuleReach[]
  readonly lockstep: readonly LockstepResult[]
  readonly mutants: readonly MutantResult[]
  /** Claims that no mutant kills in their home. */
  readonly kills: readonly KillResult[]
  readonly unkilled: readonly string[]
  /** Parts that were run beside these; an absent one was not run. */
  readonly conform?: ConformResult
  readonly linear?: LinearResult
  readonly granularity?: GranularityResult
  readonly museum?: MuseumResult
  readonly schedules?: SchedulesResult
  /** One for each time that threads ran freely. */
  readonly stress?: readonly StressResult[]
}

/** A run of a verb that has found nothing yet. */
export const emptyRun = (verb: RunVerb, version: string): RunResult => ({
  schema: runSchema,
  verb,
  ok: true,
  version,
  scopes: [],
  lockstep: [],
  mutants: [],
  kills: [],
  unkilled: [],
})

/** What goes to stdout with --json when the input is bad. */
export interface ErrorResult {
  readonly schema: typeof errorSchema
  readonly code: string
  readonly message: string
  readonly place?: string
  readonly nearest?: string
  /** What to do next. */
  readonly next?: string
}

/** 0 as expected, 1 violated, 3 cut short by a limit that was not planned, 130 interrupted. Of several parts, the worst. */
export function exitCode(run: RunResult): 0 | 1 | 3 | 130 {
  const codes = [ownCode(run), ...partCodes(run)]
  return ([1, 130, 3] as const).find(code => codes.includes(code)) ?? (run.ok ? 0 : 1)
}

function ownCode(run: RunResult): 0 | 1 | 3 | 130 {
  const cuts = [run, ...run.scopes, ...run.lockstep].flatMap(r => (r.cut === undefined ? [] : [r.cut]))
  const found = (verdict: string): boolean => verdict === 'violated' || verdict === 'disagree'
  const wrong = [...run.scopes, ...run.lockstep].some(r => !r.ok && (r.cut === undefined || found(r.verdict)))
  const missing = (run.coverage ?? []).some(({ gaps, stale }) => gaps.length + stale.length > 0)
  if (wrong || missing || run.mutants.some(m => m.verdict === 'survived') || run.unkilled.length > 0) return 1
  if (cuts.includes('interrupted')) return 130
  return cuts.length > 0 ? 3 : 0
}

function partCodes({ conform, linear, granularity, museum, schedules, stress }: RunResult): readonly number[] {
  return [
    ...(conform === undefined || conform.ok ? [] : [1]),
    ...(linear === undefined ? [] : [linearExitCode(linear)]),
    ...(granularity === undefined ? [] : [granularityExitCode(granularity)]),
    ...(museum === undefined ? [] : [museumExitCode(museum)]),
    ...(schedules === undefined
      ? []
      : [
          schedulesExitCode(
            schedules,
            schedules.scenarios.some(({ failing }) => failing > 0),
          ),
        ]),
    ...(stress ?? []).map(part => schedulesExitCode(part, part.wrong !== undefined)),
  ]
}
