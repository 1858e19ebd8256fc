// Free choice among members that can be interchanged. Two CPUs fill boxes: each picks an empty box, remembers it, and
// fills it in a later step, so that a box is also named by what a CPU has in its hands. Taking one representative of
// the boxes that cannot be told apart must find the same verdict, and the same states up to renaming, as taking all.

import {
  type Answer,
  bool,
  choose,
  claims,
  go,
  kit,
  leave,
  list,
  type Of,
  optional,
  record,
  refuse,
  rewritten,
  set,
  type System,
  violated,
  weak,
} from '../../model/kit/index.js'

const cpu = set('cpu')
const box = set('box')
const state = record({
  boxes: list(box, record({ full: bool, twice: bool })),
  cpus: list(cpu, record({ emptied: optional(weak(box)) })),
})
type M = Of<typeof state>

const { operation } = kit<M>()
const noneLeft: Answer = refuse('ENOSPC')

const fill = operation('fill', { args: {}, locals: { box: optional(weak(box)) }, answers: [noneLeft] }).steps({
  pick: choose(
    box,
    (m, _my, b) => !m.boxes[b].full,
    (_m, my, b) => {
      my.box = b
    },
    { none: () => noneLeft },
  ),
  look: (m, my) => {
    if (my.box !== null && m.boxes[my.box].full) return go('pick')
  },
  fill: (m, my) => {
    if (my.box === null) return
    if (m.boxes[my.box].full) m.boxes[my.box].twice = true
    m.boxes[my.box].full = true
  },
})
