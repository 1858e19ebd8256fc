// What scopes reach together: a part that one of them reaches is reached, whoever else has it.

import test from 'ava'
import { beyond } from './beyond.js'
import { type Reached, reachOf, reachTogether, together, togetherInterleaved } from './together.js'

const part = (name: string, kind: 'outcome' | 'step' | 'row', count: number) => ({ name, kind, rule: 'r', count })
const runs: readonly Reached[] = [
  {
    system: 'x',
    granularity: 'whole',
    parts: [part('a · ok', 'outcome', 3), part('a.one', 'step', 1), part('d · row', 'row', 0)],
  },
  {
    system: 'x',
    granularity: 'fused',
    parts: [part('a · ok', 'outcome', 0), part('b.two', 'step', 0), part('d · row', 'row', 1)],
  },
  { system: 'y', granularity: 'whole', parts: [part('b.two', 'step', 1)] },
]

test('scopes of one system reach together what one of them reaches', t => {
  t.deepEqual(together('x', reachOf(runs)), {
    system: 'x',
    outcomes: { reached: 1, declared: 1 },
    steps: { reached: 1, declared: 2 },
    rows: { reached: 1, declared: 1 },
    gaps: ['b.two'],
    stale: [],
  })
})

test('what several CPUs do is reached by scopes where they come in between, and rows are left to all scopes', t => {
  t.deepEqual(togetherInterleaved('x', reachOf(runs)), {
    system: 'x, interleaved',
    outcomes: { reached: 0, declared: 1 },
    steps: { reached: 0, declared: 2 },
    rows: { reached: 0, declared: 0 },
    gaps: ['a · ok', 'a.one', 'b.two'],
    stale: [],
  })
})

test('runs of parts of the scopes reach together what one run of all reaches', t => {
  const all = reachOf(runs)
  t.deepEqual(reachTogether(runs.flatMap(run => reachOf([run]))), all)
  t.deepEqual(reachTogether([...runs].reverse().flatMap(run => reachOf([run]))), all)
  t.deepEqual(
    all.filter(({ kind }) => kind === 'outcome'),
    [{ system: 'x', rule: 'r', kind: 'outcome', never: [], whole: ['a · ok'], interleaved: [], both: [] }],
  )
})

test('what is said to be beyond all scopes is no gap, and stale once it is reached', t => {
  const [name] = Object.keys(beyond.memory)
  const run = (count: number) =>
    together('memory', reachOf([{ system: 'memory', granularity: 'whole', parts: [part(name, 'row', count)] }]))
  t.deepEqual(run(0).gaps, [])
  t.false(run(0).stale.includes(name))
  t.true(run(1).stale.includes(name))
})

test('everything that is beyond all scopes has a reason', t => {
  for (const reasons of Object.values(beyond))
    for (const [name, reason] of Object.entries(reasons))
      t.true(/ · |^\w+\.\w+$/.test(name) && reason.length > 20, name)
})
