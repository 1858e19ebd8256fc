// The value that a tour of the museum returns: for each entry what was told of the bug, how the edited model was caught,
// and that the model as it is holds in the same scope.

import type { Cut, RuleText, Trace, TraceStep, Verdict } from './result.js'

export const museumSchema = 'mmspec/museum@1'

export interface MuseumFound {
  /** The coarsest granularity that shows it. */
  readonly granularity: string
  readonly states: number
  readonly seconds?: number
  /** The claim that was violated: as promised, or another one. */
  readonly by: string
  readonly says: string
  readonly places: readonly string[]
  /** The shortest way there. */
  readonly steps: readonly TraceStep[]
  /** The state that they begin in, leaf by leaf. */
  readonly initial?: Trace['initial']
  /** What the rules say that the claim and the steps name. */
  readonly rules?: readonly RuleText[]
}

/** The model as it is, in the same scope at the same granularity, held to every claim. */
export interface MuseumFixed {
  readonly verdict: Verdict
  readonly states: number
  readonly seconds?: number
  /** What it violates, where it does. */
  readonly by?: string
}

export interface MuseumEntry {
  readonly id: string
  readonly title: string
  readonly systems: readonly string[]
  readonly year: string
  readonly source: string
  readonly story: readonly string[]
  readonly fix: string
  readonly likeness: string
  readonly here: string
  readonly ingredients: readonly string[]
  /** The operation that is edited, and how. */
  readonly operation: string
  readonly edit: string
  readonly bounds: readonly string[]
  readonly given: readonly string[]
  readonly operations: readonly string[]
  readonly breaks: { readonly id: string; readonly says: string; readonly rule: string }
  readonly found?: MuseumFound
  readonly fixed?: MuseumFixed
  readonly cut?: Cut
  /** Found by the claim that it names, and the model as it is holds. */
  readonly ok: boolean
}

export interface MuseumOutOfReach {
  readonly id: string
  readonly title: string
  readonly systems: readonly string[]
  readonly year: string
  readonly lacks: readonly string[]
}

export interface MuseumResult {
  readonly schema: typeof museumSchema
  readonly verb: 'museum'
  readonly ok: boolean
  readonly version: string
  readonly cut?: Cut
  readonly entries: readonly MuseumEntry[]
  readonly outOfReach: readonly MuseumOutOfReach[]
}

/** 0 all as promised, 1 not, 3 cut short, 130 interrupted. */
export function museumExitCode({ ok, cut, entries }: MuseumResult): 0 | 1 | 3 | 130 {
  if (entries.some(entry => !entry.ok && entry.cut === undefined)) return 1
  if (cut !== undefined) return cut === 'interrupted' ? 130 : 3
  return ok ? 0 : 1
}
