// The explorer checks itself. Each recipe here breaks a rule that the search alone would not notice.

import { types } from 'node:util'
import test from 'ava'
import { blankSetting, blankSystem } from '../../model/kit/blank.js'
import {
  block,
  disabled,
  done,
  type Granularity,
  kit,
  ModelError,
  machineOf,
  type Of,
  type Operation,
  range,
  record,
  refuse,
} from '../../model/kit/index.js'
import { settingOf, toys } from '../toys/index.js'
import { explore } from './explore.js'

const state = record({ count: range(0, 3) })
const { operation } = kit<Of<typeof state>>()
const bind = (it: Operation, granularity: Granularity = 'full') =>
  machineOf({ ...blankSystem, name: 'sample', state, operations: [it] }, blankSetting(granularity, { cpu: 1 }))
/** Whether a recipe runs on immer: what no recipe may ask. */
const onImmer = (m: object) => types.isProxy(m)

const dishonest: readonly [what: string, says: RegExp, it: Operation][] = [
  [
    'leads elsewhere on the other engine',
    /engines disagree in state 0: immer says/,
    operation('odd', { args: {} }).steps({
      odd: m => {
        m.count = onImmer(m) ? 1 : 2
      },
    }),
  ],
  [
    'answers otherwise on the other engine',
    /engines disagree in state 0: immer says .* ok 1 .*, packed says .* ok 2/,
    operation('odd', { args: {} }).steps({ odd: m => done(onImmer(m) ? 1 : 2) }),
  ],
  [
    'is possible on immer only',
    /packed says nothing/,
    operation('odd', { args: {} }).steps({ odd: m => (onImmer(m) ? undefined : disabled) }),
  ],
  [
    'is possible on packed states only',
    /packed has more transitions/,
    operation('odd', { args: {} }).steps({ odd: m => (onImmer(m) ? disabled : undefined) }),
  ],
]
for (const [what, says, it] of dishonest) {
  test(`a recipe that ${what} is caught`, t => {
    t.throws(() => explore(bind(it)), { instanceOf: ModelError, message: says })
    t.notThrows(() => explore(bind(it), { audit: false }))
  })
}

const writers: readonly [what: string, answer: () => typeof block | ReturnType<typeof refuse>][] = [
  ['blocks', () => block],
  ['refuses', () => refuse('EINVAL')],
]
for (const [what, answer] of writers) {
  test(`a step that writes and then ${what} is caught, also where the write would be undone`, t => {
    const it = operation('odd', { args: {}, answers: [refuse('EINVAL')] }).steps({
      first: () => undefined,
      second: m => {
        m.count = 1
        return answer()
      },
    })
    t.throws(() => explore(bind(it)), {
      instanceOf: ModelError,
      message: /odd.second has written the state and then answers/,
    })
  })
}

test('a search says how many transitions it has run again, and none where it ran on immer', t => {
  for (const toy of toys.filter(it => it.name !== 'mm-small')) {
    const machine = machineOf(toy, settingOf(toy, 'blocked'))
    const { transitions, unchanged, states, audited } = explore(machine)
    if (states <= 32) t.true(audited > 0 && audited <= transitions + unchanged)
    t.is(explore(machine, { engine: 'immer' }).audited, 0)
    t.is(explore(machine, { audit: false }).audited, 0)
  }
})
