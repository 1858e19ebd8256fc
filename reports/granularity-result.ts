// The value that `mmspec granularity` returns: what a search finds that joins steps, and one that joins none, side by side.

import type { Cut, Verdict } from './result.js'

export const granularitySchema = 'mmspec/granularity@1'

export interface GranularitySide {
  readonly verdict: Verdict
  readonly cut?: Cut
  readonly states: number
  /** States at rest, up to names: hardware's part included. */
  readonly rests: number
  /** What is violated, where something is. */
  readonly claim?: string
  readonly seconds?: number
}

export interface GranularityRow {
  /** A scope, a scope with a mutant, or an entry of the museum. */
  readonly name: string
  readonly kind: 'scope' | 'mutant' | 'museum'
  readonly fused: GranularitySide
  readonly full: GranularitySide
  /** How the two differ; empty where they agree. */
  readonly differences: readonly string[]
  readonly ok: boolean
}

export interface GranularityResult {
  readonly schema: typeof granularitySchema
  readonly verb: 'granularity'
  readonly ok: boolean
  readonly version: string
  readonly rows: readonly GranularityRow[]
}

/** 0 agreed everywhere, 1 not, 3 where a limit left it open, 130 interrupted. */
export function granularityExitCode({ ok, rows }: GranularityResult): 0 | 1 | 3 | 130 {
  if (rows.some(({ differences }) => differences.length > 0)) return 1
  const cuts = rows.flatMap(({ fused, full }) => [fused.cut, full.cut])
  if (cuts.includes('interrupted')) return 130
  return ok ? 0 : 3
}
