// The kinds of work that a process can do for another one: what is asked for, as plain data, how far it is, and what
// comes of it.

import type { GranularityRow } from '../reports/granularity-result.js'
import type { ConformResult, LockstepResult, MuseumEntry, ScenarioRun } from '../reports/index.js'
import type { LinearScope } from '../reports/linear-result.js'
import type { ConformOptions } from './conformance/index.js'
import type { Watch } from './drive.js'
import type { Progress } from './explorer/explore.js'
import type { GranularityJob } from './granularity/run.js'
import { type Job, runJob } from './job.js'
import type { LinearProgress } from './linearizability/linear.js'
import type { LinearJob } from './linearizability/run.js'
import type { LockstepProgress } from './lockstep/index.js'
import type { MuseumJob } from './museum/run.js'
import type { Pass } from './pass.js'
import type { ExploredScope } from './result.js'
import type { SchedulesJob } from './schedules/run.js'

export interface Kinds {
  readonly explore: { readonly job: Job; readonly progress: Progress; readonly result: ExploredScope }
  readonly granularity: { readonly job: GranularityJob; readonly progress: Progress; readonly result: GranularityRow }
  readonly linear: { readonly job: LinearJob; readonly progress: LinearProgress; readonly result: LinearScope }
  readonly lockstep: {
    readonly job: Pass
    readonly progress: LockstepProgress
    readonly result: readonly LockstepResult[]
  }
  readonly conform: { readonly job: ConformOptions; readonly progress: never; readonly result: ConformResult }
  readonly museum: { readonly job: MuseumJob; readonly progress: Progress; readonly result: MuseumEntry }
  readonly schedules: { readonly job: SchedulesJob; readonly progress: number; readonly result: ScenarioRun }
}
export type Kind = keyof Kinds

/** One piece of work. */
export interface Asked<K extends Kind> {
  readonly kind: K
  readonly job: Kinds[K]['job']
}

const workers: {
  readonly [K in Kind]: (job: Kinds[K]['job'], watch: Watch<Kinds[K]['progress']>) => Promise<Kinds[K]['result']>
} = {
  explore: runJob,
  granularity: async (job, watch) => (await import('./granularity/run.js')).runGranularity(job, watch),
  linear: async (job, watch) => (await import('./linearizability/run.js')).runLinear(job, watch),
  // Whoever explores needs no implementation.
  lockstep: async (job, watch) => (await import('./pass.js')).runPass(job, watch),
  conform: async job => (await import('./conformance/index.js')).conform([], job),
  museum: async (job, watch) => (await import('./museum/index.js')).runMuseumJob(job, watch),
  schedules: async (job, watch) => (await import('./schedules/run.js')).runSchedulesJob(job, watch),
}

export const perform = <K extends Kind>(
  { kind, job }: Asked<K>,
  watch: Watch<Kinds[K]['progress']>,
): Promise<Kinds[K]['result']> => workers[kind](job, watch)
