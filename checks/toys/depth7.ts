// A safe that opens after exactly seven right turns; a wrong turn starts over. The bug lies at depth 7: a search that
// is bounded at 6 must not find it, a search that is bounded at 7 must.

import { blankSystem } from '../../model/kit/blank.js'
import { claims, kit, type Of, range, record, type System, violated } from '../../model/kit/index.js'

const dial = range(0, 2)
const combination = [2, 0, 1, 1, 0, 2, 0]
const state = record({ right: range(0, combination.length) })
type M = Of<typeof state>

const { operation } = kit<M>()

const turn = operation('turn', { args: { dial } }).steps({
  turn: (m, my) => {
    m.right = my.dial === combination[m.right] ? m.right + 1 : 0
  },
})

const staysShut = claims<M>()('depth7/stays-shut', {
  says: 'the safe stays shut',
  rule: '',
  holds: m => m.right < combination.length || violated('seven right turns opened the safe', 'right'),
})

export const depth7: System = {
  ...blankSystem,
  name: 'depth7',
  state,
  operations: [turn],
  claims: [staysShut],
}
