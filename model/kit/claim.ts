// A claim is a sentence that the checker holds the model, the implementation or both to. It is about one thing (a
// frame, a page of a space), so that a violation can name it; recounts are derived from the declaration instead.

import type { Result } from './answer.js'
import type { Leaves, Values } from './schema.js'

/**
 * - `state`: holds in every reachable state
 * - `quiescent`: holds when no operation is in flight
 * - `step`: relates a state and the next
 * - `return`: holds when an operation answers
 * - `sometimes`: some reachable state satisfies it; a run in which it never did is red
 */
export type ClaimKind = 'state' | 'quiescent' | 'step' | 'return' | 'sometimes'
/** Where a claim is checked: on the model's states, on the implementation's memory, or on both. */
export type Home = 'model' | 'machine' | 'both'

/** Why a claim is violated: one sentence, and the places in the state that it is about. */
export interface Witness {
  readonly says: string
  readonly places: readonly string[]
}
export const violated = (says: string, ...places: string[]): Witness => ({ says, places })

/** A transition as step and return claims see it. `outcome` is null while the operation is under way. */
export interface Event<M> {
  readonly before: M
  readonly operation: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly outcome: Result | null
}

export interface Claim<M = unknown> {
  /** `chapter/name` */
  readonly id: string
  readonly says: string
  readonly kind: ClaimKind
  readonly home: Home
  readonly rule: string
  /**
   * Whether it is judged where operations are interleaved. Claims about an answer or a step say what one operation does
   * to a state that nobody else changes, unless they say otherwise; all others hold wherever.
   */
  readonly interleaved: boolean
  /** Numbers of the same predicate in spec/catalogue.md. */
  readonly also: readonly string[]
  readonly over: Leaves
  holds(m: M, at: Readonly<Record<string, unknown>>, event: Event<M>): true | Witness
}

export interface ClaimText<M, L extends Leaves> {
  readonly says: string
  readonly rule: string
  readonly kind?: ClaimKind
  readonly home?: Home
  readonly interleaved?: boolean
  readonly also?: readonly string[]
  readonly over?: L
  holds(m: M, at: Values<L>, event: Event<M>): true | Witness
}

/** Declares claims against the state of one model. */
export const claims =
  <M>() =>
  <L extends Leaves = Record<never, never>>(id: string, text: ClaimText<M, L>): Claim<M> => ({
    id,
    says: text.says,
    kind: text.kind ?? 'state',
    home: text.home ?? 'model',
    rule: text.rule,
    interleaved: text.interleaved ?? (text.kind !== 'return' && text.kind !== 'step'),
    also: text.also ?? [],
    over: text.over ?? {},
    holds: (m, at, event) => text.holds(m, at as Values<L>, event),
  })
