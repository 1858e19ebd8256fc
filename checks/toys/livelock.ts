// The deadlock, written so that nobody waits: who finds the second lock taken sleeps and looks again, for ever, and keeps
// the first meanwhile. Something can always move, so a search for deadlocks passes it by.

import { blankSystem } from '../../model/kit/blank.js'
import { go, rewritten, type System } from '../../model/kit/index.js'
import { disk, operation, release, sleep, state, take, wake } from './deadlock.js'

const forwards = operation('forwards', { args: {} }).steps({
  first: m => take(m.left),
  sleep,
  wake,
  second: m => (m.right.taken ? go('sleep') : take(m.right)),
  release,
})
const backwards = operation('backwards', { args: {} }).steps({
  first: m => take(m.right),
  sleep,
  wake,
  second: m => (m.left.taken ? go('sleep') : take(m.left)),
  release,
})

/** The cure, as an edit: both take the left lock first, so who finds one taken has nothing that others look for. */
export const oneOrder = rewritten('backwards takes the left lock first', backwards, {
  first: m => take(m.left),
  second: m => (m.right.taken ? go('sleep') : take(m.right)),
})

export const livelock: System = {
  ...blankSystem,
  name: 'livelock',
  state,
  operations: [forwards, backwards],
  rules: [disk],
  sizes: { cpus: { of: 'cpu', low: 1, high: 3, usual: 2 } },
}
