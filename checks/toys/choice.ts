// Free choice among members that can be interchanged. A CPU picks an empty box, and fills it in a later step: between
// the two only its hands name the box. Taking one representative of the boxes that cannot be told apart must give the
// same verdict, and the same states up to renaming, as taking every box.

import { blankSystem } from '../../model/kit/blank.js'
import {
  bool,
  choose,
  claims,
  disabled,
  go,
  kit,
  list,
  need,
  type Of,
  optional,
  record,
  refuse,
  rewritten,
  type System,
  set,
  violated,
  weak,
} from '../../model/kit/index.js'

const box = set('box')
const state = record({ boxes: list(box, record({ full: bool, spilt: bool })) })
type M = Of<typeof state>

const { operation } = kit<M>()
const allFull = refuse('ENOSPC')

const fill = operation('fill', { args: {}, locals: { hands: optional(weak(box)) }, answers: [allFull] }).steps({
  pick: choose(
    box,
    (m, _my, b) => !m.boxes[b].full,
    (_m, my, b) => {
      my.hands = b
    },
    { none: () => allFull },
  ),
  fill: (m, my) => {
    const it = m.boxes[need(my.hands)]
    if (it.full) return go('pick')
    it.full = true
  },
})

const empty = operation('empty', { args: {} }).steps({
  empty: choose(
    box,
    (m, _my, b) => m.boxes[b].full,
    (m, _my, b) => {
      m.boxes[b].full = false
    },
    { none: () => disabled },
  ),
})

const claim = claims<M>()
const nothingSpilt = claim('choice/nothing-spilt', {
  says: 'no box is filled that is full',
  rule: '',
  over: { box },
  holds: (m, at) => !m.boxes[at.box].spilt || violated(`box ${at.box} was filled twice`, `boxes[${at.box}].spilt`),
})
const allFullOnce = claim('choice/all-full', {
  says: 'some time all boxes are full',
  rule: '',
  kind: 'sometimes',
  holds: m => [...m.boxes].every(b => b.full) || violated('a box is empty', 'boxes'),
})

/** Invisible where nothing runs between the two steps, and where all CPUs must pick different boxes. */
export const fillsBlindly = rewritten('fill does not look again whether the box is still empty', fill, {
  fill: (m, my) => {
    const it = m.boxes[need(my.hands)]
    if (it.full) it.spilt = true
    it.full = true
  },
})

export const choice: System = {
  ...blankSystem,
  name: 'choice',
  state,
  operations: [fill, empty],
  claims: [nothingSpilt, allFullOnce],
  mutants: [fillsBlindly],
  sizes: {
    cpus: { of: 'cpu', low: 1, high: 3, usual: 2 },
    boxes: { of: 'box', low: 1, high: 5, usual: 3 },
  },
  symmetric: () => ['box'],
}
