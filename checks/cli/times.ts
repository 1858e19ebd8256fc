// Leaves out of a run what differs from one time to the next.

import type { RunResult } from '../../reports/index.js'

export const withoutTimes = (result: RunResult): RunResult => ({
  ...result,
  scopes: result.scopes.map(({ seconds: _, cpuSeconds: __, ...scope }) => scope),
  lockstep: result.lockstep.map(({ seconds: _, cpuSeconds: __, ...part }) => part),
})
