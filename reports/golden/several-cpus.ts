// What goes wrong on several CPUs, to render in tests: operations that no order explains, and a schedule. Only tests import
// this file.

import { type LinearScope, linearSchema } from '../linear-result.js'
import { type RunResult, runSchema } from '../result.js'
import { type ScenarioRun, schedulesSchema } from '../schedules-result.js'

const step = (command: string, outcome: string, diff: readonly { path: string; from: string; to: string }[] = []) => ({
  command,
  outcome,
  operation: 'add',
  step: 'write',
  rule: 'concurrency.md#linearizability',
  choices: [],
  diff,
})

export const disordered: LinearScope & { readonly violation: NonNullable<LinearScope['violation']> } = {
  name: 'sum',
  system: 'counter',
  bounds: ['cpus=2'],
  granularity: 'full',
  mutant: 'add-takes-no-lock',
  verdict: 'violated',
  rests: 4,
  starts: 3,
  states: 51,
  transitions: 80,
  ends: { ordered: 10, restarted: 0, spurious: 0 },
  violation: {
    says: 'some order answers the same, and none ends in the same state',
    answers: [
      { command: 'cpu 0: add', outcome: 'ok' },
      { command: 'cpu 1: add', outcome: 'ok' },
    ],
    orders: [
      {
        sequences: [
          [0, 1],
          [1, 0],
        ],
        answers: [
          { command: 'cpu 0: add', outcome: 'ok' },
          { command: 'cpu 1: add', outcome: 'refused' },
        ],
        diff: [{ path: 'count', from: '2', to: '1' }],
      },
    ],
    trace: {
      token: 'mm1:sum:0:00',
      initial: [{ path: 'count', value: '0' }],
      steps: [
        step('cpu 0: add', 'under way'),
        step('cpu 1: add', 'ok', [{ path: 'count', from: '0', to: '1' }]),
        step('cpu 0: resume', 'ok'),
      ],
      rules: [{ rule: 'concurrency.md#linearizability', title: 'linearizability', says: ['As in **some** order.'] }],
    },
    before: 0,
  },
  ok: false,
}

const translation = 'present(space 0, page 0, frame 0, rights rw)'
export const failing: ScenarioRun = {
  name: 'munmap-store',
  geometry: 'tiny',
  strategy: 'at most 2 preemptions',
  schedules: 46,
  steps: 620,
  answers: ['ok | ok'],
  memories: 2,
  allowed: ['ok | ok'],
  situations: 12,
  failing: 22,
  failure: {
    token: 'mp1:munmap-store::00000000',
    about: 'tlb/no-translation-of-a-free-frame',
    says: 'CPU 1 translates page 30 of space 0 to frame 0, which is free',
    claim: 'no CPU keeps a translation to a frame that is free',
    schedule: 1,
    steps: 3,
    answers: 'ok | ',
    places: ['frames.free'],
    told: {
      scenario: 'munmap-store',
      geometry: 'tiny',
      says: 'One CPU unmaps a page that the other one stores to.',
      given: ['cpu 1: P0 write @0 1'],
      firstPage: 30,
      scripts: [['P0 munmap @0 1'], ['P0 write @0 2']],
      steps: [
        { cpu: 0, at: 'locks.write', deviates: false },
        { cpu: 1, at: 'mmu.access', deviates: true },
        { cpu: 0, at: 'frames.free', deviates: false },
      ],
      answers: [[], []],
      trace: {
        token: 'mp1:munmap-store::00000000',
        initial: [
          { path: 'spaces[0].users', value: '1' },
          { path: 'spaces[0].pages[0].region', value: 'rw' },
          { path: 'spaces[0].pages[0].entry', value: 'present(frame 0, rights rw)' },
          { path: 'frames[0].references', value: '1' },
          { path: 'cpus[1].tlb[0].holds', value: translation },
          { path: 'cpu 0', value: 'munmap(not begun)' },
        ],
        steps: [
          {
            ...step('cpu 0: P0 munmap @0 1', 'under way', [{ path: 'frames[0].references', from: '1', to: '0' }]),
            operation: 'munmap',
            step: 'frames.free',
            rule: '',
            says: 'passes `locks.write`, `frames.free`',
          },
        ],
      },
    },
  },
  ok: false,
}

/** A run with both. */
export const severalCpusRun: RunResult = {
  schema: runSchema,
  verb: 'verify',
  ok: false,
  version: '0.0.0',
  scopes: [],
  lockstep: [],
  mutants: [],
  kills: [],
  unkilled: [],
  linear: { schema: linearSchema, verb: 'linear', ok: false, version: '0.0.0', scopes: [disordered] },
  schedules: { schema: schedulesSchema, verb: 'schedules', ok: false, version: '0.0.0', scenarios: [failing] },
}
