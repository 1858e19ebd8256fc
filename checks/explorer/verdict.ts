// When a transition by itself is a violation: an operation that nothing can wake, a refusal that has changed the state,
// a claim about steps or returns. One text for the search and for replay, so that both name the same violation. Claims
// about the state that a transition leads to come first; the callers judge those.

import { labelOf, type Machine, type Signal, stuck, violated } from '../../model/kit/index.js'
import type { Judge, Transition, Violation } from './judge.js'

export function transitionViolation(machine: Machine, judge: Judge, it: Transition): Violation | null {
  const { operation, signal } = it
  if (signal === stuck) return deadlock(`${operation} waits and nothing can wake it`)
  if (!machine.interleaved && it.changed && refuses(signal)) return changedThough(operation, signal)
  if (!judge.judgesTransitions) return null
  return judge.transition(it)
}

/** Something is under way, and nothing can move. */
export const deadlock = (says: string): Violation => ({ claim: 'deadlock', witness: violated(says) })

/** Something is under way, and whatever moves, it does not come to its end. */
export const livelock = (says: string): Violation => ({ claim: 'livelock', witness: violated(says) })

/** Answers that promise that the state is as it was. */
const refuses = (signal: Signal): boolean =>
  signal.then === 'answer' && (signal.outcome.is === 'refused' || signal.outcome.is === 'faulted')

const changedThough = (operation: string, signal: Signal): Violation => ({
  claim: 'refusal-changes-nothing',
  witness: violated(
    `${operation} answers ${signal.then === 'answer' ? labelOf(signal.outcome) : ''} and has changed the state`,
  ),
})
