// Runs to render in tests: small, typed, and shaped like the real thing. Only tests import this file.

import {
  type Change,
  type ClaimResult,
  type LockstepResult,
  type RunResult,
  runSchema,
  type ScopeResult,
  type Trace,
} from '../result.js'

const change = (path: string, from: string, to: string): Change => ({ path, from, to })

export const trace: Trace = {
  token: 'mm1:mm-small.0a1f:0.3.11.2',
  initial: [
    { path: 'processes[0].alive', value: 'no' },
    { path: 'frames[1].use', value: 'free' },
    { path: 'frames[1].references', value: '0' },
  ],
  steps: [
    {
      command: 'P0 spawn',
      outcome: 'ok',
      operation: 'spawn',
      step: 'start',
      rule: 'processes.md#spawn',
      choices: [],
      diff: [change('processes[0].alive', 'no', 'yes'), change('processes[0].space', 'none', '0')],
    },
    {
      command: 'P0 mmap @0 1 rw private|anon|fixed',
      outcome: 'ok @0',
      operation: 'mmap',
      step: 'map',
      rule: 'regions.md#mmap',
      choices: [],
      diff: [change('spaces[0].pages[0].region', 'none', 'rw'), change('spaces[0].regions', '0', '1')],
    },
    {
      command: 'P0 write @0 7',
      outcome: 'under way',
      operation: 'store',
      step: 'fill',
      rule: 'faults.md#store',
      choices: ['frame 1'],
      diff: [
        change('spaces[0].pages[0].entry', 'absent', 'present(frame 1, writable)'),
        change('frames[1].use', 'free', 'page'),
        change('frames[1].content', 'stale', '7'),
        change('spaces[0].resident', '0', '1'),
      ],
    },
    {
      command: 'P0 read @9',
      outcome: 'SIGSEGV:MAPERR',
      operation: 'load',
      step: 'fault',
      rule: '',
      choices: [],
      diff: [],
    },
    {
      command: 'P0 exit',
      outcome: 'ok',
      operation: 'exit',
      step: 'end',
      rule: 'processes.md#exit',
      choices: [],
      diff: [change('processes[0].alive', 'yes', 'no'), change('frames[1].use', 'page', 'free')],
    },
  ],
}

const claim = (id: string): ClaimResult => ({
  id,
  says: `${id} is as it should be`,
  rule: 'frames.md#references',
  verdict: 'holds',
})

export const brokenClaim: ClaimResult = {
  id: 'frames/references-recount',
  says: 'the references of a frame are the entries that point at it',
  rule: 'frames.md#references',
  verdict: 'violated',
  witness: {
    says: 'frame 1 has 1 reference, but 0 entries point at it',
    places: ['frames[1].references', 'frames[1].use'],
  },
  trace,
}

export const greenScope: ScopeResult = {
  name: 'mm-small',
  system: 'mm',
  bounds: ['processes=2', 'frames=3', 'slots=1', 'tables=counted'],
  granularity: 'atomic',
  verdict: 'holds',
  states: 48213,
  transitions: 1301884,
  unchanged: 12001,
  depth: 17,
  bytesPerState: 24,
  audited: 1000,
  engine: 'packed',
  seconds: 3.94,
  cpuSeconds: 4.2,
  claims: [claim('frames/references-recount'), claim('swap/slots-recount')],
  coverage: { reached: 34, declared: 34, outcomes: [{ name: 'munmap · ok', count: 12 }], gaps: [], stale: [] },
  mismatches: [],
  ok: true,
}

export const boundedScope: ScopeResult = {
  ...greenScope,
  name: 'mm-wide',
  verdict: 'bounded',
  depth: 12,
  states: 998,
  seconds: 0.5,
}

export const redScope: ScopeResult = {
  ...greenScope,
  verdict: 'violated',
  states: 998,
  seconds: 0.214,
  claims: [claim('swap/slots-recount'), brokenClaim],
  coverage: {
    reached: 31,
    declared: 34,
    outcomes: [
      { name: 'munmap · ok', count: 12 },
      { name: 'munmap · refused ENOMEM', count: 0 },
    ],
    gaps: ['munmap · refused ENOMEM', 'munmap.clear'],
    stale: ['spawn · refused EAGAIN'],
  },
  mismatches: [{ figure: 'states', expected: '48213', found: '998' }],
  ok: false,
}

export const cutScope: ScopeResult = { ...boundedScope, name: 'mm-large', cut: 'memory', seconds: 1234.5, ok: false }

const mix = ['spawn', 'exit', 'mmap', 'munmap', 'read', 'write', 'swapout', 'swapin'].map((name, i) => ({
  name,
  count: 1203 * i,
}))

export const agreeing: LockstepResult = {
  name: 'mm-small',
  driver: 'exhaustive',
  geometry: 'tiny',
  verdict: 'agree',
  compared: 301884,
  changing: 200120,
  states: 48213,
  mix: mix.slice(0, 3),
  seconds: 12.34,
  ok: true,
}

export const disagreeing: LockstepResult = {
  name: 'mm-small',
  driver: 'random',
  geometry: 'x86',
  verdict: 'disagree',
  seed: 1730112345,
  compared: 4120,
  changing: 2350,
  mix,
  seconds: 0.8,
  ok: false,
  disagreement: {
    token: 'mm1:mm-small.0a1f:x86.0.3.7',
    about: 'state',
    says: 'after munmap the machine still holds a frame that the model has freed',
    place: 'frames[1].use',
    model: 'free',
    machine: 'page',
    steps: [
      {
        command: 'P0 spawn',
        model: 'ok',
        machine: 'ok',
        rule: 'processes.md#spawn',
        diff: [change('processes[0].alive', 'no', 'yes')],
      },
      { command: 'P0 read @0', model: 'SIGSEGV:MAPERR', machine: 'SIGSEGV:MAPERR', rule: 'faults.md#load', diff: [] },
      {
        command: 'P0 munmap @0 1',
        model: 'ok',
        machine: 'ok',
        rule: 'regions.md#munmap',
        diff: [
          change('spaces[0].pages[0].entry', 'present(frame 1, writable)', 'absent'),
          change('frames[1].use', 'page', 'free'),
        ],
      },
    ],
  },
}

const mutant = {
  kind: 'written',
  scope: 'mm-small',
  by: 'frames/references-recount',
  length: 3,
  token: 'mm1:mm-small.0a1f:0.1',
} as const

export const run: RunResult = {
  schema: runSchema,
  verb: 'check',
  ok: true,
  version: '0.1.0',
  scopes: [],
  lockstep: [],
  mutants: [],
  kills: [],
  unkilled: [],
}

export const greenRun: RunResult = { ...run, scopes: [greenScope, boundedScope] }
export const redRun: RunResult = { ...run, ok: false, scopes: [redScope, boundedScope] }
export const cutRun: RunResult = { ...run, ok: false, scopes: [greenScope, cutScope] }
export const lockstepRun: RunResult = { ...run, verb: 'lockstep', ok: false, lockstep: [agreeing, disagreeing] }
export const mutantsRun: RunResult = {
  ...run,
  verb: 'mutants',
  ok: false,
  mutants: [
    { ...mutant, title: 'exit keeps the frames of the process', home: 'model', verdict: 'killed' },
    { ...mutant, title: 'a freed slot keeps its content', home: 'model', verdict: 'survived', by: '', length: 0 },
    {
      ...mutant,
      title: 'the hint of the bitmap is not lowered',
      home: 'machine',
      kind: 'generated',
      verdict: 'equivalent',
      by: '',
      length: 0,
      reason: 'the hint is only where the search starts',
    },
    { ...mutant, title: 'munmap clears one page less', home: 'machine', verdict: 'killed', by: 'lockstep', length: 4 },
  ],
  kills: [{ claim: 'frames/references-recount', home: 'model', killedBy: 'exit keeps the frames of the process' }],
  unkilled: ['swap/slots-recount'],
}
