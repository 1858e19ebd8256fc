// What shrinking a trace came to: how long it was and is, what it fails, whether anything shorter was looked for, and the
// trace that is left. The same for a trace of the model, of both sides, and of a schedule.

import type { Cut, LockstepResult, Trace } from './result.js'
import type { ScheduleTrace } from './schedules-result.js'

export const shrinkSchema = 'mmspec/shrink@1'

/** What a search for a shorter way was given: the trace's own arguments, its operations, or the whole scope. */
export const searchedWith = ['arguments', 'operations', 'scope'] as const
export type SearchedWith = (typeof searchedWith)[number]

export interface ShrinkResult {
  readonly schema: typeof shrinkSchema
  readonly scope: string
  readonly mutant?: string
  /** The claim that is violated, or what the two sides disagree about. */
  readonly about: string
  readonly says: string
  /** Commands before and after; of a schedule, the steps at which another CPU goes on than usual. */
  readonly before: number
  readonly after: number
  /** Of a schedule: commands of its scenario, with what was done before. */
  readonly commands?: { readonly before: number; readonly after: number }
  /** Where operations interleave: of the trace that was given, and of the one that is left. Absent where they do not. */
  readonly granularity?: { readonly before: string; readonly after: string }
  /** The most that a search to the end was given, so that nothing shorter is possible with it; null where none came to its end. */
  readonly shortest: SearchedWith | null
  /** How many traces were tried. */
  readonly tried: number
  readonly cut?: Cut
  readonly token: string
  /** One of these three. */
  readonly trace?: Trace
  readonly lockstep?: LockstepResult
  readonly schedule?: ScheduleTrace
}
