// What a reader of a trace is told beside its steps: the claims at each state, what else could have happened, and where a
// model breaks the rules of its own language.

import test from 'ava'
import { blankSetting, blankSystem } from '../../model/kit/blank.js'
import { kit, machineOf, type Of, range, record } from '../../model/kit/index.js'
import { bindScope, loadScope } from '../scope/index.js'
import { alternativesAt } from './alternatives.js'
import { BrokenModel, explore } from './explore.js'
import { initialState } from './initial.js'
import { statusesOf } from './statuses.js'
import { walk } from './trace.js'

const edited = bindScope(loadScope('fork-swap'), [], 'fork-lets-the-parent-go-on-writing')
const path = explore(edited.machine).found?.path ?? []

test.serial('every claim that a state violates is named there, and none before', t => {
  const { statuses, claims } = statusesOf(edited.machine, walk(edited.machine, path))
  t.deepEqual(
    statuses.map(({ violated }) => violated.map(({ id }) => id)),
    [[], [], [], [], ['frames/no-double-mapping', 'copy-on-write/writable-is-exclusive']],
  )
  t.true(claims.every(({ says }) => says !== ''))
})

test.serial(
  'kinds of claims that are not asked are said: of steps at first, of states at rest where something runs',
  t => {
    const { machine } = bindScope(loadScope('smp-fork'))
    const { statuses } = statusesOf(machine, walk(machine, [0, 0]))
    t.deepEqual(statuses[0].unasked, ['step', 'return', 'sometimes'])
    t.deepEqual(statuses[1].unasked, ['return', 'quiescent', 'sometimes'])
  },
)

test.serial(
  'what is possible comes first, then what is refused with the step and the row that refuse, then what waits',
  t => {
    const steps = walk(edited.machine, path)
    const { shown: later } = alternativesAt(edited.machine, steps[2].before, { command: 'P0 read @0', outcome: 'v:0' })
    t.false(later.some(({ command, outcome }) => command === 'P0 read @0' && outcome === 'v:0'))
    t.deepEqual(
      later.find(({ command }) => command === 'P0 read @1'),
      {
        command: 'P0 read @1',
        outcome: 'SIGSEGV:MAPERR',
        is: 'refused',
        because: 'load.look · access of region unmapped, access load, entry absent: no mapping',
        rule: 'faults.md#load',
      },
    )
    const kinds = later.map(({ is }) => is)
    t.deepEqual(kinds, [...kinds].sort())
  },
)

test.serial('of very many commands the rest is counted', t => {
  const { machine } = bindScope(loadScope('smp-wide'))
  const { shown, left } = alternativesAt(machine, initialState(machine))
  const all = alternativesAt(machine, walk(machine, [0])[0].after)
  t.true(shown.length + left > 0 && all.shown.length <= 72)
})

const state = record({ count: range(0, 3) })
const { operation } = kit<Of<typeof state>>()
const count = operation('count', { args: {} }).steps({
  up: m => {
    m.count = (m.count + 1) as 0
  },
})
const overflowing = machineOf(
  { ...blankSystem, name: 'sample', state, operations: [count] },
  blankSetting('full', { cpu: 1 }),
)

test('a model that breaks its own rules says where: the way to the state, and the command', t => {
  const error = t.throws(() => explore(overflowing), { instanceOf: BrokenModel })
  t.deepEqual(error instanceof BrokenModel ? error.path : null, [0, 0, 0])
  const last = walk(overflowing, [0, 0, 0])[2].after
  t.like(alternativesAt(overflowing, last).shown[0], { command: 'count', outcome: 'model error', is: 'broken' })
})
