// The value of a verb that has one of its own, recorded answers or schedules for example, as a run of that verb: what is
// written, merged and shown as a page is always a run.

import type { ConformResult } from './conform-result.js'
import type { GranularityResult } from './granularity-result.js'
import type { LinearResult } from './linear-result.js'
import type { MuseumResult } from './museum-result.js'
import { emptyRun, type RunResult } from './result.js'
import type { SchedulesResult, StressResult } from './schedules-result.js'

export type PartResult =
  | ConformResult
  | LinearResult
  | GranularityResult
  | MuseumResult
  | SchedulesResult
  | StressResult

/** A run that has this part and nothing else. */
export function runOf(part: PartResult): RunResult {
  const run = { ...emptyRun(part.verb, part.version), ok: part.ok }
  switch (part.verb) {
    case 'conform':
      return { ...run, conform: part }
    case 'linear':
      return linearRun(run, part)
    case 'granularity':
      return { ...run, granularity: part }
    case 'museum':
      return { ...run, museum: part }
    case 'schedules':
      return { ...run, schedules: part }
    case 'stress':
      return { ...run, stress: [part] }
  }
}

/** Which part of a run it is, is said of the run. */
const linearRun = (run: RunResult, { shard, ...linear }: LinearResult): RunResult =>
  shard === undefined ? { ...run, linear } : { ...run, linear, shard }
