// What running model and implementation side by side found: how much was compared, and where they part, the way there.

import type { Cut } from './result.js'
import type { Change, RuleText, Source, Trace } from './trace.js'

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
