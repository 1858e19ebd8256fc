import test from 'ava'
import { blankSetting, blankSystem } from '../../model/kit/blank.js'
import {
  bool,
  decision,
  disabled,
  impossible,
  kit,
  ModelError,
  machineOf,
  type Of,
  oneOf,
  record,
  refuse,
} from '../../model/kit/index.js'
import { settingOf } from '../toys/index.js'
import { tlb } from '../toys/tlb.js'
import { gapsOf } from './coverage.js'
import { explore } from './explore.js'

const shootdown = machineOf(tlb, settingOf(tlb, 'full'))

test('a run counts every operation with every answer, and marks every step', t => {
  const { coverage } = explore(shootdown)
  const named = (name: string) => coverage.find(c => c.name === name)
  t.is(named('map.again')?.count, 1)
  t.true((named('map · ok')?.count ?? 0) > 1)
  t.is(named('map · refused ENOMEM')?.count, 0)
  t.deepEqual([named('unmap · ok')?.kind, named('unmap.await')?.kind], ['outcome', 'step'])
})

test('an answer that was not given is a gap unless the scope says so, and what it says wrongly is stale', t => {
  const { coverage } = explore(shootdown)
  t.deepEqual(gapsOf(coverage, []), { gaps: ['map · refused ENOMEM'], stale: [] })
  t.deepEqual(gapsOf(coverage, ['map · refused ENOMEM']), { gaps: [], stale: [] })
  t.deepEqual(gapsOf(coverage, ['map · refused ENOMEM', 'map.lock', 'map.latch']), {
    gaps: [],
    stale: ['map.lock', 'map.latch'],
  })
})

test('both engines reach the same', t => {
  t.deepEqual(explore(shootdown, { engine: 'immer' }).coverage, explore(shootdown).coverage)
})

const state = record({ lamp: bool })
const { operation } = kit<Of<typeof state>>()
const grants = decision('grants', '', { access: oneOf('load', 'store', 'fetch'), sure: bool }, ({ access, sure }) =>
  access === 'fetch' ? impossible : sure ? 'yes' : 'no',
)

test('rows of decisions are covered one by one, those that cannot be reached are left out', t => {
  const ask = operation('ask', { args: { access: oneOf('load', 'store') } }).steps({
    ask: (m, my) => {
      m.lamp = grants({ access: my.access, sure: my.access === 'load' }) === 'yes'
    },
  })
  const system = { ...blankSystem, name: 'sample', state, operations: [ask], decisions: [grants] }
  const { coverage } = explore(machineOf(system, blankSetting('whole')))
  t.deepEqual(
    coverage.filter(c => c.kind === 'row').map(c => [c.name, c.count]),
    [
      ['grants · access load, sure false', 0],
      ['grants · access load, sure true', 1],
      ['grants · access store, sure false', 1],
      ['grants · access store, sure true', 0],
    ],
  )
})

test('an answer that the operation does not declare is an error of the model', t => {
  const rude = operation('rude', { args: {} }).steps({ rude: () => refuse('EEXIST') })
  const system = { ...blankSystem, name: 'sample', state, operations: [rude] }
  t.throws(() => explore(machineOf(system, blankSetting('whole'))), {
    instanceOf: ModelError,
    message: 'rude answers refused EEXIST, which it does not declare',
  })
})

test('an operation that never succeeds has a gap there', t => {
  const never = operation('never', { args: {} }).steps({ never: () => disabled })
  const system = { ...blankSystem, name: 'sample', state, operations: [never] }
  const { coverage } = explore(machineOf(system, blankSetting('whole')))
  t.deepEqual(gapsOf(coverage, []).gaps, ['never · ok'])
})
