// All mutants as one run.

import { type RunResult, runSchema } from '../../reports/result.js'
import type { Steering } from '../drive.js'
import { version } from '../version.js'
import { allOfThem, type MutantsProgress, runMutants } from './run.js'

export type { MutantsProgress } from './run.js'
export { written } from './written.js'

export async function allMutants(steering: Steering<MutantsProgress>, workers = 1): Promise<RunResult> {
  const { mutants, kills, unkilled, cut } = await runMutants(allOfThem(workers), steering)
  const survived = mutants.some(mutant => mutant.verdict === 'survived')
  return {
    schema: runSchema,
    verb: 'mutants',
    ok: !survived && unkilled.length === 0 && cut === null,
    version,
    scopes: [],
    lockstep: [],
    mutants,
    kills,
    unkilled,
    ...(cut === null ? {} : { cut }),
  }
}
