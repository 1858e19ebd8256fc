// Where somebody stands who steps through a scope by hand: the way there, what can be done next, what is refused and why,
// and what the claims say. Both faces of the explorer, the prompt and the page, are functions of it.

import type { Trace, WitnessResult } from './result.js'

export const exploreSchema = 'mmspec/explore@1'

export interface ExploreView {
  readonly schema: typeof exploreSchema
  readonly scope: string
  readonly bounds: readonly string[]
  readonly granularity: string
  readonly mutant?: string
  /** The way to here. Its token comes back here. */
  readonly trace: Trace
  /** What can be done, in the order of the scope's commands. */
  readonly possible: readonly Possible[]
  /** What answers with a refusal or a fault, or would have to wait. */
  readonly refused: readonly Refused[]
  /** Claims that are violated here, or by the step that led here; nothing where all that are asked hold. */
  readonly violated: readonly { readonly id: string; readonly witness: WitnessResult }[]
  readonly claims: readonly {
    readonly id: string
    readonly says: string
    readonly is: 'holds' | 'violated' | 'unasked'
  }[]
}

export interface Possible {
  readonly command: string
  readonly outcome: string
  /** Of a step of what is under way: what it is, and how far it comes. */
  readonly under?: string
  /** Free choices, as they read. */
  readonly choices: readonly string[]
  /** Whether it changes anything. */
  readonly changes: boolean
  /** The step as a token writes it: `14-0-0`. */
  readonly step: string
}

export interface Refused {
  readonly command: string
  readonly outcome: string
  readonly is: 'refused' | 'waiting' | 'broken'
  readonly because: string
}
