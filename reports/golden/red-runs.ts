// Runs that are red in every way, for the formats that list findings. Only tests import this file.

import type { RunResult, Trace } from '../result.js'
import { brokenClaim, cutScope, greenScope, lockstepRun, mutantsRun, redRun, redScope, run, trace } from './fixtures.js'

/** A trace of two CPUs and the hardware, each step with a line of the sources but one. */
export const twoCpus: Trace = {
  ...trace,
  token: 'mm1:smp+tells-nobody:4.0-1.2.2.2:0123abcd',
  steps: trace.steps.map((step, i) => ({
    ...step,
    command:
      ['cpu 0: P0 spawn', 'cpu 1: P1 mmap @0 1', 'cpu 0: resume', 'cpu 1 looks page 0 up', 'cpu 0: resume'][i] ?? '',
    ...(i === 1 ? {} : { source: { file: 'model/regions/munmap.ts', line: 30 + i } }),
    others: {
      shown: [
        { command: 'P0 exit', outcome: 'ok' },
        { command: 'P0 "\\N" mmap', outcome: 'E:ENOMEM' },
      ],
      left: i,
    },
  })),
}

export const smpScope = {
  ...redScope,
  name: 'smp',
  mutant: 'tells-nobody',
  source: { file: 'checks/scopes/smp.yaml', line: 12 },
  mismatches: [],
  coverage: { ...greenScope.coverage },
  claims: [
    {
      ...brokenClaim,
      id: 'tlb/names-no-free-frame',
      trace: twoCpus,
      source: { file: 'checks/claims/tlb.ts', line: 41 },
    },
  ],
}

/** Everything at once: violations, disagreements, pins, gaps, survivors, a part that was cut short. */
export const everythingRed: RunResult = {
  ...redRun,
  scopes: [smpScope, ...redRun.scopes, cutScope],
  lockstep: lockstepRun.lockstep,
  mutants: mutantsRun.mutants,
  kills: mutantsRun.kills,
  unkilled: mutantsRun.unkilled,
  stress: [
    {
      schema: 'mmspec/stress@1',
      verb: 'stress',
      ok: false,
      version: '0.1.0',
      geometry: 'tiny',
      cpus: 2,
      seed: 7,
      rounds: 3,
      commands: 90,
      wrong: { seed: 9, says: 'no order explains what CPU 1 read' },
    },
  ],
}

/** More claims broken than annotations are shown, and a trace that is longer than a summary shows. */
export const manyBroken: RunResult = {
  ...run,
  ok: false,
  scopes: Array.from({ length: 13 }, (_, i) => ({
    ...redScope,
    name: `scope-${i}`,
    mismatches: [],
    coverage: greenScope.coverage,
    claims: [
      {
        ...brokenClaim,
        id: `frames/claim-${i}`,
        trace: { ...trace, steps: Array(i === 0 ? 44 : 1).fill(trace.steps[1]) },
      },
    ],
  })),
}
