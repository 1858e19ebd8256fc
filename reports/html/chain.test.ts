// The steps that lead to a violation, out of all that were taken.

import test from 'ava'
import type { Trace } from '../result.js'
import { chainOf } from './chain.js'

const step = (command: string, operation: string, name: string, ...diff: Trace['steps'][number]['diff']) => ({
  command,
  outcome: 'under way',
  operation,
  step: name,
  rule: '',
  choices: [],
  diff,
})
const entry = { path: 'spaces[0].pages[0].entry', from: 'present(frame 0, rights rw)', to: 'absent' }
const steps = [
  step('cpu 0: P0 munmap @0 1', 'munmap', 'limit'),
  step('cpu 1: pin', 'pin', 'enter'),
  step('cpu 1: resume', 'pin', 'peek', { path: 'cpu 1', from: 'pin.peek(page 0)', to: 'pin.take(page 0, seen 0)' }),
  step('cpu 0: resume', 'munmap', 'clear', entry),
  step('cpu 1: acknowledge', 'acknowledge', ''),
  step('cpu 1: resume', 'pin', 'compare', { path: 'cpu 1', from: 'pin.compare(page 0)', to: 'pin.keep(page 0)' }),
]
const chain = (taken: Trace['steps'], places: readonly string[]) => {
  const trace = { token: '', initial: [], steps: taken }
  return String(chainOf({ witness: { says: '', places }, trace }) ?? '')
}

test('a chain has the steps that changed what is wrong, and those of the operation that acts last', t => {
  const told = chain(steps, ['spaces[0].pages[0]'])
  t.deepEqual(
    [...told.matchAll(/#step-(\d+)/g)].map(([, number]) => Number(number)),
    [2, 3, 4, 6],
  )
  t.regex(told, /pin\.peek<\/a> seen 0; goes on to take</)
  t.regex(told, /munmap\.clear<\/a> space 0, page 0: entry frame 0, rw → absent</)
  t.regex(told, /pin\.compare<\/a> goes on to keep</)
})

test('a long chain has its end, and the rest folded; one step is no chain', t => {
  const long = [steps[1], ...Array.from({ length: 20 }, () => steps[2])]
  t.regex(chain(long, []), /<summary>12 steps before these<\/summary>/)
  t.is(chain(steps.slice(0, 1), []), '')
})
