// Two CPUs and two locks, taken in opposite order: the textbook deadlock. Between its two locks an operation sleeps
// until its disk answers, so that another CPU gets its turn even where only a waiting operation gives way (`blocked`).
// Nothing happens at `whole`: an operation that runs to its end never holds one lock while another wants it.

import { blankSystem } from '../../model/kit/blank.js'
import {
  block,
  bool,
  disabled,
  go,
  type Id,
  kit,
  list,
  type Of,
  record,
  rewritten,
  type System,
  set,
} from '../../model/kit/index.js'

const cpu = set('cpu')
export const state = record({
  left: record({ taken: bool }),
  right: record({ taken: bool }),
  cpus: list(cpu, record({ asleep: bool })),
})
type M = Of<typeof state>
type Lock = M['left']

export const { operation, rule } = kit<M>()

export const take = (lock: Lock) => {
  if (lock.taken) return block
  lock.taken = true
}
export const sleep = (m: M, my: { readonly cpu: Id<'cpu'> }) => {
  m.cpus[my.cpu].asleep = true
}
export const wake = (m: M, my: { readonly cpu: Id<'cpu'> }) => (m.cpus[my.cpu].asleep ? block : undefined)
export const release = (m: M) => {
  m.left.taken = false
  m.right.taken = false
}

const forwards = operation('forwards', { args: {} }).steps({
  first: m => take(m.left),
  sleep,
  wake,
  second: m => take(m.right),
  release,
})
const backwards = operation('backwards', { args: {} }).steps({
  first: m => take(m.right),
  sleep,
  wake,
  second: m => take(m.left),
  release,
})

export const disk = rule('disk answers', { args: { cpu }, interrupt: true }, (m, my) => {
  if (!m.cpus[my.cpu].asleep) return disabled
  m.cpus[my.cpu].asleep = false
})

/** The cure, as an edit: both take the left lock first, so one of them waits with empty hands. */
export const sameOrder = rewritten('backwards takes its locks in the other order', backwards, {
  first: m => take(m.left),
  second: m => take(m.right),
})
/** A sleeper that nobody wakes: a deadlock at every granularity, because no disk ever answers a CPU that is awake. */
export const oversleeps = rewritten('forwards waits without having asked', forwards, {
  sleep: () => go('wake'),
  wake: (m, my) => (m.cpus[my.cpu].asleep ? undefined : block),
})

export const deadlock: System = {
  ...blankSystem,
  name: 'deadlock',
  state,
  operations: [forwards, backwards],
  rules: [disk],
  mutants: [oversleeps],
  sizes: { cpus: { of: 'cpu', low: 1, high: 3, usual: 2 } },
}
