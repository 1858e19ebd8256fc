// mlockall: all that is mapped is locked, or all that will be, or both. Rule: spec/locking.md#mlockall.

import { match } from 'ts-pattern'
import { words } from '../../spec/interface.js'
import { leaveKernel, lockToWrite, shareSteps } from '../concurrency/locks.js'
import { type Resident, residentLocals } from '../faults/resident.js'
import { decision, disabled, done, need, type Of, oneOf, refuse } from '../kit/index.js'
import { mayLock } from '../processes/rlimit.js'
import { isMapped, wholeOf } from '../regions/attributes.js'
import { become } from '../regions/regions.js'
import { type M, operation, process, type Space, spaceOf } from '../state.js'
import { type LockKind, lockedAs, mayLockAtAll } from './locking.js'
import { leaveOut, populateSteps } from './populate.js'

const flags = oneOf(...words.lockAll)

/** Which of the two times is meant, as `current`, `future`, both; the rest is refused. */
export const lockAllDecision = decision('lock-all', 'locking.md#mlockall', { flags }, x =>
  match(x.flags)
    .with('current', 'current|onfault', () => 'current' as const)
    .with('future', 'future|onfault', () => 'future' as const)
    .with('current|future', 'current|future|onfault', () => 'both' as const)
    .with('onfault', 'none', 'unknown', () => 'refuse' as const)
    .exhaustive(),
)

export const mlockall = operation('mlockall', {
  rule: 'locking.md#mlockall',
  answers: [refuse('EINVAL'), refuse('EPERM'), refuse('ENOMEM')],
  args: { process, flags },
  locals: residentLocals,
}).steps(
  {
    enter: lockToWrite(),
    arguments: (m, my) => {
      const space = spaceOf(m, my.process)
      if (space === null) return disabled
      if (lockAllDecision({ flags: my.flags }) === 'refuse') return refuse('EINVAL')
      if (!mayLockAtAll(m, my.process)) return refuse('EPERM')
      const more = lockable(m, space) - m.spaces[space].locked
      if (meansCurrent(my.flags) && !mayLock(m, my.process, more)) return refuse('ENOMEM')
    },
    future: (m, my) => {
      m.spaces[need(spaceOf(m, my.process))].future =
        lockAllDecision({ flags: my.flags }) === 'current' ? 'none' : kindOf(my.flags)
    },
    current: (m, my) => {
      const space = need(spaceOf(m, my.process))
      if (!meansCurrent(my.flags)) return done()
      become(m, space, lockedAs(m, space, wholeOf(m), kindOf(my.flags)))
    },
    begin: (_m, my) => (kindOf(my.flags) === 'onfault' ? done() : undefined),
    ...shareSteps<Resident>(),
    ...populateSteps<Resident, never>(wholeOf, done(), leaveOut),
    leave: leaveKernel(),
  },
  ['leave'],
)

const meansCurrent = (asked: Of<typeof flags>): boolean => {
  const times = lockAllDecision({ flags: asked })
  return times === 'current' || times === 'both'
}
const kindOf = (asked: Of<typeof flags>): LockKind => (asked.includes('onfault') ? 'onfault' : 'locked')

/** Pages that will be locked: all that are mapped but guard pages. */
const lockable = (m: M, space: Space): number =>
  [...m.spaces[space].pages].filter(it => isMapped(it) && it.region !== 'guard').length
