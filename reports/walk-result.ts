// What random walks through the model came to. A walk that finds nothing proves nothing, so there is no verdict `holds`.

import type { Cut, WitnessResult } from './result.js'
import type { ShrinkResult } from './shrink-result.js'

export const walkSchema = 'mmspec/walk@1'

export interface WalkResult {
  readonly schema: typeof walkSchema
  readonly verb: 'random'
  readonly version: string
  readonly seed: number
  readonly ok: boolean
  readonly cut?: Cut
  readonly scopes: readonly WalkedScope[]
}

export interface WalkedScope {
  readonly name: string
  readonly bounds: readonly string[]
  readonly granularity: string
  readonly mutant?: string
  /** How it was asked for, by name or by path, and what was set beside it. */
  readonly asked?: string
  readonly sets?: readonly string[]
  readonly walks: number
  /** Commands that were taken, and those of them that changed the state. */
  readonly taken: number
  readonly changing: number
  readonly failure?: WalkFailure
  readonly seconds?: number
}

export interface WalkFailure {
  readonly claim: string
  readonly witness: WitnessResult
  /** The trace as it was found, and what leaving out made of it. */
  readonly token: string
  readonly length: number
  readonly shrunk: ShrinkResult
}

export function walkExitCode({ ok, cut }: WalkResult): 0 | 1 | 3 | 130 {
  if (!ok) return 1
  return cut === undefined ? 0 : cut === 'interrupted' ? 130 : 3
}
