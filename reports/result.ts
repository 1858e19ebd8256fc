// The one value that checks return and everything else is a function of: console screens, JSON, Markdown. Versioned:
// adding optional fields keeps `@1`, readers ignore what they do not know. Only `seconds` and `cpuSeconds` differ
// between two runs of the same thing.

import type { ConformResult } from './conform-result.js'
import { type GranularityResult, granularityExitCode } from './granularity-result.js'
import { type LinearResult, linearExitCode } from './linear-result.js'
import { type MuseumResult, museumExitCode } from './museum-result.js'
import type { RuleReach, Shard } from './reach-result.js'
import { type SchedulesResult, type StressResult, schedulesExitCode } from './schedules-result.js'

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

/** Why a claim is violated: one sentence, and the paths in the state that it is about. */
export interface WitnessResult {
  readonly says: string
  readonly places: readonly string[]
}

/** One change of the state, by the path of the leaf: `frames[1].references: 0 → 1`. */
export interface Change {
  readonly path: string
  readonly from: string
  readonly to: string
}

/** A line of a file, by its path in the repository. */
export interface Source {
  readonly file: string
  readonly line: number
}

export interface TraceStep {
  /** The command in the notation, with the CPU where there are several: `P0 mmap @0 1 rw private|anon|fixed`. */
  readonly command: string
  /** `ok`, `ok @0`, `v:1`, `E:ENOMEM`, `SIGSEGV:MAPERR`, or `under way`. */
  readonly outcome: string
  readonly operation: string
  /** The last step of the operation that ran. */
  readonly step: string
  /** The rule that decides: chapter and anchor in spec/, empty for toys. */
  readonly rule: string
  /** Free choices taken: `frame 1`. */
  readonly choices: readonly string[]
  readonly diff: readonly Change[]
  /** What else could have been called before this step; only where a violation is told. */
  readonly others?: Alternatives
  /** Where that last step is written; only where a violation is told. */
  readonly source?: Source
  /** What that last step does, as the specification has it; only where a violation is told. */
  readonly says?: string
}
/**
 * Commands that could be called in a state, with their answers: what is possible, then what is refused, then what would
 * wait. `left` more are not listed.
 */
export interface Alternatives {
  readonly shown: readonly Alternative[]
  readonly left: number
}
export interface Alternative {
  readonly command: string
  /** As of a step; `waits` where it cannot go on before others do, `model error` where the model breaks its own rules. */
  readonly outcome: string
  readonly is?: 'possible' | 'refused' | 'waiting' | 'broken'
  /** Of what is refused or waits: the step that says so, and the rows of decisions that it looked up. */
  readonly because?: string
  /** The rule that decides. */
  readonly rule?: string
}

/** What a claim is asked of; see `ClaimKind` of the model. */
export type AskedOf = 'state' | 'quiescent' | 'step' | 'return' | 'sometimes'
export interface JudgedClaim {
  readonly id: string
  readonly says: string
  readonly rule: string
  readonly kind: AskedOf
}
/** What the claims say of one state and the step that leads to it: all that are asked and not listed hold. */
export interface Status {
  readonly violated: readonly (WitnessResult & { readonly id: string })[]
  /** Kinds of claims that are not asked there. */
  readonly unasked: readonly AskedOf[]
}

/** A rule in the words of the specification: its first paragraphs, as Markdown without line ends. */
export interface RuleText {
  /** Chapter and anchor in spec/: `frames.md#exclusive`. */
  readonly rule: string
  readonly title: string
  readonly says: readonly string[]
}

export interface Trace {
  readonly token: string
  /** The first state, leaf by leaf, as it reads. */
  readonly initial: readonly { readonly path: string; readonly value: string }[]
  readonly steps: readonly TraceStep[]
  /** The claims in force, and what they say of the first state and behind each step; only where a violation is told. */
  readonly claims?: readonly JudgedClaim[]
  readonly statuses?: readonly Status[]
  /** What could be called in the last state. */
  readonly next?: Alternatives
  /** What the rules say that the claim and the steps name, each once; only where a violation is told. */
  readonly rules?: readonly RuleText[]
}

export interface ClaimResult {
  readonly id: string
  readonly says: string
  readonly rule: string
  readonly verdict: Verdict
  /** Of the trace, where operations interleave: the coarsest that shows the violation, perhaps coarser than the scope's. */
  readonly granularity?: string
  readonly witness?: WitnessResult
  readonly trace?: Trace
  /** Where it is stated; only where it is violated. */
  readonly source?: Source
}

export interface CoverageResult {
  readonly reached: number
  readonly declared: number
  /** Operation x answer with how often it happened. */
  readonly outcomes: readonly { readonly name: string; readonly count: number }[]
  /** Declared and never given: `munmap · refused ENOMEM`. */
  readonly gaps: readonly string[]
  /** Listed as unreachable by the scope, and reached. */
  readonly stale: readonly string[]
}

/** How much of a system a run reached with all its scopes together: judged where all of the package's small ones ran. */
export interface SystemCoverage {
  readonly system: string
  readonly outcomes: Figures
  readonly steps: Figures
  readonly rows: Figures
  /** Reached by no scope: `munmap · refused ENOMEM`, `munmap.clear`, `access · region rw, …`. */
  readonly gaps: readonly string[]
  /** Listed as beyond all scopes, and reached. */
  readonly stale: readonly string[]
}
export interface Figures {
  readonly reached: number
  readonly declared: number
}

/** A figure that the scope pins and the run did not give. */
export interface Mismatch {
  readonly figure: 'verdict' | 'states' | 'transitions' | 'unchanged' | 'depth'
  readonly expected: string
  readonly found: string
}

/** What a scope's file pins. */
export interface Pins {
  readonly verdict?: Verdict | undefined
  readonly claim?: string | undefined
  readonly states?: number | undefined
  readonly transitions?: number | undefined
  readonly unchanged?: number | undefined
  readonly depth?: number | undefined
}

export interface ScopeResult {
  readonly name: string
  /** Where its file says what is expected. */
  readonly source?: Source
  readonly system: string
  /** Bounds and switches in force, as on the command line: `processes=2`, … */
  readonly bounds: readonly string[]
  readonly granularity: string
  readonly mutant?: string
  /** How it was asked for, by name or by path, and what was set beside it. */
  readonly asked?: string
  readonly sets?: readonly string[]
  readonly verdict: Verdict
  readonly cut?: Cut
  readonly states: number
  readonly transitions: number
  readonly unchanged: number
  readonly depth: number
  /** States first found at each depth. */
  readonly levels?: readonly number[]
  /** Bytes of the visited set for each state. */
  readonly bytesPerState: number
  /** Transitions run again on the reference engine, all of which agreed. */
  readonly audited: number
  readonly engine: string
  readonly seconds?: number
  readonly cpuSeconds?: number
  readonly claims: readonly ClaimResult[]
  readonly coverage: CoverageResult
  /** What the run was held to; absent where the scope is not as its file has it. */
  readonly pins?: Pins
  readonly mismatches: readonly Mismatch[]
  readonly ok: boolean
}

/** Model and implementation side by side. */
export interface LockstepResult {
  readonly name: string
  readonly driver: 'exhaustive' | 'random'
  readonly geometry: string
  readonly verdict: 'agree' | 'disagree' | 'bounded'
  readonly cut?: Cut
  readonly seed?: number
  /** Commands compared: outcome and whole abstracted state after each. */
  readonly compared: number
  /** Compared commands that changed the state. */
  readonly changing: number
  /** Abstract states visited; exhaustive only. */
  readonly states?: number
  /** How often each operation was compared: exhaustive and random. */
  readonly mix: readonly { readonly name: string; readonly count: number }[]
  readonly seconds?: number
  readonly cpuSeconds?: number
  readonly disagreement?: Disagreement
  readonly ok: boolean
}

export interface Disagreement {
  readonly token: string
  /** `outcome`, `state`, or the id of a claim about the implementation's memory. */
  readonly about: string
  readonly says: string
  /** The first place where both sides differ, and what each says. */
  readonly place: string
  readonly model: string
  readonly machine: string
  readonly steps: readonly LockstepStep[]
  /** The model's first state, leaf by leaf. */
  readonly initial?: Trace['initial']
  /** What the rules say that the steps name. */
  readonly rules?: readonly RuleText[]
}
export interface LockstepStep {
  readonly command: string
  readonly model: string
  readonly machine: string
  readonly rule: string
  readonly diff: readonly Change[]
  /** Where the operation is written. */
  readonly source?: Source
}

export interface MutantResult {
  readonly title: string
  /** `model` edits the model's operations, `machine` the implementation's text. */
  readonly home: 'model' | 'machine'
  readonly kind: 'written' | 'generated'
  readonly scope: string
  readonly verdict: 'killed' | 'equivalent' | 'survived'
  /** What noticed it: a claim id, `deadlock`, `model error`, `lockstep`. */
  readonly by: string
  /** Commands to the violation; 0 where there is no trace. */
  readonly length: number
  /** Why it cannot be noticed, where it is listed as equivalent. */
  readonly reason?: string
  readonly token?: string
}

/** A claim and the mutants that only its violation reveals. */
export interface KillResult {
  readonly claim: string
  readonly home: 'model' | 'machine'
  readonly killedBy: string
}

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
