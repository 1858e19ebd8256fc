// A way through the model as it is told: from the first state on, each step with what it changed and which rule decided, and
// where a violation is told, what else could have been done and what the claims say on the way.

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
