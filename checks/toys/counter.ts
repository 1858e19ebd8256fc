// A counter that CPUs add to, in two steps: look, and write one more. Under a lock each sum is counted; without it two CPUs
// that look at the same time count one. No claim about a single state sees that: only a comparison with the orders that the
// two could have had does.

import { blankSystem } from '../../model/kit/blank.js'
import {
  block,
  bool,
  disabled,
  done,
  kit,
  type Of,
  range,
  record,
  rewritten,
  type System,
} from '../../model/kit/index.js'

const most = 3
const state = record({ taken: bool, count: range(0, most) })
type M = Of<typeof state>

const { operation } = kit<M>()

const add = operation('add', { args: {}, locals: { seen: range(0, most) } }).steps({
  lock: m => {
    if (m.count === most) return disabled
    if (m.taken) return block
    m.taken = true
  },
  look: (m, my) => {
    my.seen = m.count
  },
  write: (m, my) => {
    m.count = Math.min(most, my.seen + 1)
  },
  unlock: m => {
    m.taken = false
  },
})
const read = operation('read', { args: {} }).steps({ read: m => done(m.count) })

/** Two sums count as one. */
export const lostUpdate = rewritten('add takes no lock', add, {
  lock: m => (m.count === most ? disabled : undefined),
  unlock: () => undefined,
})
/** A sum is there before it is right. */
export const earlySum = rewritten('add writes too much at first', add, {
  look: (m, my) => {
    my.seen = m.count
    m.count = most
  },
})

export const counter: System = {
  ...blankSystem,
  name: 'counter',
  state,
  operations: [add, read],
  mutants: [lostUpdate, earlySum],
  sizes: { cpus: { of: 'cpu', low: 1, high: 3, usual: 2 } },
}
