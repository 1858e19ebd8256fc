// A system is one model as data: its state, operations, hardware rules, decisions, claims and mutants. A setting is
// what a scope binds of it: bounds, granularity, which operations with which arguments, and perhaps one mutant.

import type { Result } from './answer.js'
import type { Claim } from './claim.js'
import type { Decision } from './decision.js'
import type { Mutant } from './edits.js'
import type { Operation, Rule } from './operation.js'
import type { Bounds, Fields, RecordOf } from './schema.js'

/** A number that a scope sets by its own name, such as `frames`: the set or bound it is the size of, and its range. */
export interface SizeRange {
  readonly of: string
  readonly low: number
  readonly high: number
  readonly usual: number
}

export interface System {
  readonly name: string
  readonly state: RecordOf<Fields>
  readonly operations: readonly Operation[]
  readonly rules: readonly Rule[]
  readonly decisions: readonly Decision[]
  readonly claims: readonly Claim[]
  /** For each list that stores counts of references: the claim that recounts them. */
  readonly recounts: { readonly [list: string]: { readonly id: string; readonly says: string; readonly rule: string } }
  readonly mutants: readonly Mutant[]
  /** Numbers that a scope may set. */
  readonly sizes: { readonly [name: string]: SizeRange }
  /** Words that a scope may set; the first is what holds when it does not. */
  readonly switches: { readonly [name: string]: readonly string[] }
  /** Sets whose members can be interchanged under these bounds: none is special, and nothing visits them in order. */
  symmetric(bounds: Bounds): readonly string[]
  /** Fills in the first state; everything starts as the first value of its domain. */
  initial(m: unknown, bounds: Bounds): void
  /** The operations of a scope that names none: those that its bounds give something to do. Absent: all. */
  offered?(bounds: Bounds): readonly string[]
  /** Steps that join the one before at `fused`, where a scope does not name any. Absent: none. */
  readonly fused?: readonly string[]
  /** Steps with which an operation begins another part, as one that only fills what is there already. Absent: none. */
  readonly parts?: readonly string[]
  /** Why bounds, or some operations under them, mean nothing together; null where they mean something. Absent: all do. */
  contradiction?(bounds: Bounds, operations: readonly string[]): Contradiction | null
  /** Leaves that are about what hardware keeps: states at rest that differ only there are the same to everybody. Absent: none. */
  isHardware?(path: string): boolean
  /** Leaves that say where something is and not what it is: programs cannot see them. Absent: none. */
  isWhereabouts?(path: string): boolean
  /** Answers that contention alone may bring about: then programs see as much as if it had not been called. Absent: none. */
  spurious?(operation: string, outcome: Result): boolean
  /** Whether an operation leaves out what it is short of and answers as if it had not: programs see no difference. Absent: none. */
  leavesOut?(operation: string): boolean
  /** The values of an argument that a scope does not name; null means all of them. Absent: all, always. */
  usual?(operation: string, argument: string): Narrowed[string] | null
}

/** What means nothing together: why, what would, and the bound, switch or operation that is to blame. */
export interface Contradiction {
  readonly message: string
  readonly next: string
  readonly name?: string
}

/**
 * Where another CPU may run.
 * - `whole`: nowhere, an operation is one transition
 * - `attempts`: where an operation is at its first step again, as an access is behind its fault, and before each of its parts
 * - `blocked`: where an operation waits (the shortest, most readable traces)
 * - `fused`: anywhere, but steps that only give back join the one before
 * - `full`: after every step
 */
export const granularities = ['whole', 'attempts', 'blocked', 'fused', 'full'] as const
export type Granularity = (typeof granularities)[number]

/** Allowed values of one argument, as they read in a scope file. */
export type Narrowed = { readonly [argument: string]: readonly (string | number | boolean)[] }

export interface Setting {
  readonly bounds: Bounds
  readonly granularity: Granularity
  /** Steps that join the one before at `fused`. */
  readonly fuse: readonly string[]
  /** `representatives`: one of each class of members that cannot be told apart; `all`: every eligible member. */
  readonly choices: 'representatives' | 'all'
  /** The operations in the scope, in the system's order, with narrowed arguments. Absent means all. */
  readonly operations: { readonly [operation: string]: Narrowed } | null
  readonly mutant: Mutant | null
  /** Leaves that start otherwise than the system says, by path: what was done before the exploration begins. */
  readonly start?: readonly (readonly [path: string, value: unknown])[]
}
