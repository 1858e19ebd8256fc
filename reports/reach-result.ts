// What the scopes of a run reached of a system: each answer, step and row of a decision by name, with the rule that it
// belongs to. Runs of parts of the scopes carry it, so that coverage can be judged once all parts are there.

/** An answer of an operation, a step of one, or a row of a decision. */
export type PartKind = 'outcome' | 'step' | 'row'

/** The parts of a system that one rule decides, by where they were reached. */
export interface RuleReach {
  readonly system: string
  /** Chapter and anchor in spec/, empty for toys. */
  readonly rule: string
  readonly kind: PartKind
  /** By no scope of the run. */
  readonly never: readonly string[]
  /** Only by scopes where operations are whole; only by others; by both. */
  readonly whole: readonly string[]
  readonly interleaved: readonly string[]
  readonly both: readonly string[]
}

/** Which part of a run this is: parts of one run name the same scopes as the whole. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly of: number
  /** All that the parts together were asked for, in the order of the run. */
  readonly whole: readonly string[]
}
