// The values that runs of the implementation on several CPUs return: schedules of scenarios, one at a time and
// deterministic; and stress, where threads run freely.

import type { Cut, Trace } from './result.js'

export const schedulesSchema = 'mmspec/schedules@1'
export const stressSchema = 'mmspec/stress@1'

/** What goes wrong in a schedule, and the token that makes it happen again. */
export interface ScheduleFailure {
  readonly token: string
  /** The claim that is violated, `deadlock`, `crash`, `too long`, or `end` where the model never ends so. */
  readonly about: string
  readonly says: string
  /** How many schedules were made when it was found. */
  readonly schedule: number
  /** Steps of the schedule, and where it leaves the usual one. */
  readonly steps: number
  readonly answers: string
  readonly places: readonly string[]
  /** The claim in words, where it is about memory. */
  readonly claim?: string
  /** The schedule, step by step. */
  readonly told?: ScheduleTrace
}

export interface ScenarioRun {
  readonly name: string
  readonly geometry: string
  /** The mistake that was written into the implementation, where one was. */
  readonly mutant?: string
  readonly strategy: string
  readonly schedules: number
  /** Steps of all schedules. */
  readonly steps: number
  /** Different ends, by answers and by every word of memory. */
  readonly answers: readonly string[]
  readonly memories: number
  /** Ends that the model allows, by answers; and those of them that no schedule came to. */
  readonly allowed: readonly string[]
  readonly situations: number
  readonly failing: number
  readonly failure?: ScheduleFailure
  readonly seconds?: number
  readonly cut?: Cut
  readonly ok: boolean
}

/** One schedule, step by step. */
export interface ScheduleTrace {
  readonly scenario: string
  readonly geometry: string
  /** What it is for, and what was done before the scripts begin. */
  readonly says?: string
  readonly given?: readonly string[]
  /** The number that the machine has for the page that commands call 0. */
  readonly firstPage?: number
  readonly scripts: readonly (readonly string[])[]
  readonly steps: readonly {
    readonly cpu: number
    /** Where it stands after the step. */
    readonly at: string
    /** Another CPU would usually have gone on. */
    readonly deviates: boolean
  }[]
  readonly answers: readonly (readonly string[])[]
  /** The same by stretches that a CPU runs alone, with what is seen of memory. */
  readonly trace?: Trace
  readonly wrong?: { readonly about: string; readonly says: string }
}

export interface SchedulesResult {
  readonly schema: typeof schedulesSchema
  readonly verb: 'schedules'
  readonly ok: boolean
  readonly version: string
  readonly cut?: Cut
  readonly scenarios: readonly ScenarioRun[]
}

export interface StressResult {
  readonly schema: typeof stressSchema
  readonly verb: 'stress'
  readonly ok: boolean
  readonly version: string
  readonly geometry: string
  /** The mistake that was written into the implementation, where one was. */
  readonly mutant?: string
  readonly cpus: number
  readonly seed: number
  readonly rounds: number
  readonly commands: number
  readonly seconds?: number
  readonly cut?: Cut
  readonly wrong?: { readonly seed: number; readonly says: string }
}

/** 0 nothing goes wrong, 1 something does, 3 cut short, 130 interrupted. */
export function schedulesExitCode({ ok, cut }: SchedulesResult | StressResult, wrong: boolean): 0 | 1 | 3 | 130 {
  if (wrong) return 1
  if (cut !== undefined) return cut === 'interrupted' ? 130 : 3
  return ok ? 0 : 1
}
