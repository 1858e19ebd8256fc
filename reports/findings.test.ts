// What is listed of a run: everything that makes it red, and nothing of a run that is as expected. A format that lists
// findings must not be green where the run is not.

import test from 'ava'
import { conformSchema } from './conform-result.js'
import { findingsOf } from './findings.js'
import { cutRun, greenRun, lockstepRun, mutantsRun, redRun, run, trace } from './golden/fixtures.js'
import { granularitySchema } from './granularity-result.js'
import { renderJunit } from './junit.js'
import { linearSchema } from './linear-result.js'
import { museumSchema } from './museum-result.js'
import { exitCode, type RunResult } from './result.js'
import { schedulesSchema, stressSchema } from './schedules-result.js'

const head = { ok: false, version: '1' }
const bounds = { bounds: [], granularity: 'full' }
const side = { verdict: 'holds', states: 1, rests: 1 } as const

const linear = {
  name: 'smp-munmap',
  system: 'memory',
  ...bounds,
  verdict: 'violated',
  rests: 1,
  starts: 1,
  states: 1,
  transitions: 1,
  ends: { ordered: 0, restarted: 0, spurious: 0 },
  violation: { says: 'no order ends so', answers: [], orders: [], trace, before: 1 },
  ok: false,
} as const
const entry = {
  id: 'dirty-cow',
  title: 'A copy is taken for the page',
  systems: [],
  year: '2016',
  source: '',
  story: [],
  fix: '',
  likeness: '',
  here: '',
  ingredients: [],
  operation: 'store',
  edit: '',
  bounds: [],
  given: [],
  operations: [],
  breaks: { id: 'a/b', says: '', rule: '' },
  ok: false,
} as const
const scenario = {
  name: 'fork-store',
  geometry: 'tiny',
  strategy: '',
  schedules: 1,
  steps: 1,
  answers: [],
  memories: 1,
  allowed: [],
  situations: 1,
  failing: 1,
  failure: {
    token: 'mp1:fork-store:5-1:00000000',
    about: 'end',
    says: 'the model never ends so',
    schedule: 1,
    steps: 1,
    answers: '',
    places: [],
  },
  ok: false,
} as const
const conformRow = {
  id: 'fork-1',
  group: 'fork',
  situation: 'a child writes',
  source: '',
  model: { agrees: true },
  machine: { agrees: false, step: 2 },
  steps: [],
  ok: false,
} as const

/** A run for each part that can be red alone, and the rule under which it is listed. */
const parts: readonly (readonly [string, Partial<RunResult>])[] = [
  ['frames/references-recount', redRun],
  ['lockstep/state', lockstepRun],
  ['mutants/survived', mutantsRun],
  ['run/cut-short', cutRun],
  ['run/cut-short', { cut: 'time' }],
  ['linear/order', { linear: { schema: linearSchema, verb: 'linear', ...head, scopes: [linear] } }],
  [
    'granularity/differs',
    {
      granularity: {
        schema: granularitySchema,
        verb: 'granularity',
        ...head,
        rows: [{ name: 'smp', kind: 'scope', fused: side, full: side, differences: ['rests 1 and 2'], ok: false }],
      },
    },
  ],
  ['museum/entry', { museum: { schema: museumSchema, verb: 'museum', ...head, entries: [entry], outOfReach: [] } }],
  [
    'run/cut-short',
    {
      museum: {
        schema: museumSchema,
        verb: 'museum',
        ...head,
        cut: 'time',
        entries: [{ ...entry, cut: 'time' }],
        outOfReach: [],
      },
    },
  ],
  [
    'conform/differs',
    {
      conform: {
        schema: conformSchema,
        verb: 'conform',
        ...head,
        recorded: {},
        settings: '',
        rows: [conformRow],
        later: [],
        reasons: {},
        totals: { recorded: 1, asked: 1, agreed: 0, later: 0 },
      },
    },
  ],
  ['schedules/failure', { schedules: { schema: schedulesSchema, verb: 'schedules', ...head, scenarios: [scenario] } }],
  [
    'stress/history',
    {
      stress: [
        {
          schema: stressSchema,
          verb: 'stress',
          ...head,
          geometry: 'tiny',
          cpus: 2,
          seed: 7,
          rounds: 1,
          commands: 2,
          wrong: { seed: 8, says: 'no order' },
        },
      ],
    },
  ],
]

for (const [i, [rule, part]] of parts.entries()) {
  test(`what makes a run red is listed and no JUnit case passes for it: ${i + 1} ${rule}`, t => {
    const red: RunResult = { ...run, ok: false, ...part }
    t.not(exitCode(red), 0)
    t.true(findingsOf(red).some(finding => finding.rule === rule))
    if (rule !== 'run/cut-short') t.regex(renderJunit(red), /<failure /)
    else t.notRegex(renderJunit(red), /<failure /)
  })
}

test('a run that is as expected has no findings', t => {
  t.is(exitCode(greenRun), 0)
  t.deepEqual(findingsOf(greenRun), [])
})

test('a line is named for each finding', t => {
  for (const [, part] of parts)
    for (const { source } of findingsOf({ ...run, ok: false, ...part })) t.true(source.file !== '' && source.line > 0)
})
