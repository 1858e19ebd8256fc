// The value that `mmspec linear` returns: for each scope how much was looked at, and where commands side by side came to
// what no order of them comes to, the shortest way there.

import type { Shard } from './reach-result.js'
import type { Change, Cut, Trace, Verdict } from './result.js'

export const linearSchema = 'mmspec/linear@1'

/** The rule that all of it is about. */
export const linearRule = 'concurrency.md#linearizability'

/** A command of one CPU, and what it answered. */
export interface LinearAnswer {
  readonly command: string
  readonly outcome: string
}

export interface LinearOrder {
  /** The CPUs in each order in which whole operations come to it; none where only attempts and parts of them do. */
  readonly sequences?: readonly (readonly number[])[]
  readonly answers: readonly LinearAnswer[]
  /** What is different in the end from what the commands came to side by side. */
  readonly diff: readonly Change[]
}

export interface LinearViolation {
  readonly says: string
  /** One for each CPU that has a command. */
  readonly answers: readonly LinearAnswer[]
  /** What orders of the same commands come to. */
  readonly orders: readonly LinearOrder[]
  /** From the first state on. The first `before` steps lead to the state at rest from which the commands begin. */
  readonly trace: Trace
  readonly before: number
}

export interface LinearScope {
  readonly name: string
  readonly system: string
  readonly bounds: readonly string[]
  readonly granularity: string
  readonly mutant?: string
  readonly verdict: Verdict
  readonly cut?: Cut
  /** States at rest, up to names; and those that were begun from, because hardware comes from them to the others. */
  readonly rests: number
  readonly starts: number
  readonly states: number
  readonly transitions: number
  /** Different ends: with whole operations in some order, with attempts in some order, and with a shortage that was another's. */
  readonly ends: { readonly ordered: number; readonly restarted: number; readonly spurious: number }
  readonly seconds?: number
  readonly cpuSeconds?: number
  readonly violation?: LinearViolation
  /** Which rule of its own language the model broke: nothing else that was found may be believed. */
  readonly broken?: string
  readonly ok: boolean
}

export interface LinearResult {
  readonly schema: typeof linearSchema
  readonly verb: 'linear'
  readonly ok: boolean
  readonly version: string
  /** Where this is a part of a run. */
  readonly shard?: Shard
  readonly scopes: readonly LinearScope[]
}

/** 0 all as some order, 1 not, 3 cut short, 130 interrupted. */
export function linearExitCode({ ok, scopes }: LinearResult): 0 | 1 | 3 | 130 {
  if (scopes.some(({ verdict }) => verdict === 'violated')) return 1
  const cuts = scopes.flatMap(({ cut }) => (cut === undefined ? [] : [cut]))
  if (cuts.includes('interrupted')) return 130
  if (cuts.length > 0) return 3
  return ok ? 0 : 1
}
