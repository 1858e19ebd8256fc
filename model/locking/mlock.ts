// mlock and mlock2: a range becomes resident and stays so; or, on fault, each of its pages once it is touched. Locks do
// not nest. Rules: spec/locking.md#mlock, spec/locking.md#mlock2, spec/locking.md#onfault,
// spec/profiles.md#up-to-the-hole.

import { words } from '../../spec/interface.js'
import { leaveKernel, lockToWrite, shareSteps } from '../concurrency/locks.js'
import { type Resident, residentLocals } from '../faults/resident.js'
import { disabled, done, fail, need, oneOf, range, refuse, size } from '../kit/index.js'
import { mayLock } from '../processes/rlimit.js'
import { count } from '../regions/arguments.js'
import { become, leavesWindow, passesEnd, tooMany } from '../regions/regions.js'
import { type M, operation, page, process, spaceOf } from '../state.js'
import {
  beforeHole,
  isHoleRefused,
  type LockKind,
  lockedAs,
  lockedIn,
  mayLockAtAll,
  passedOf,
  type Stretch,
} from './locking.js'
import { populateSteps } from './populate.js'

const args = { process, page, count }
const locals = { passed: range(0, b => size(b, 'page')), ...residentLocals }
type Locking = Stretch & Resident
type KindOf<T> = (my: T) => LockKind

/** The steps that both have after their first: `kindOf` says how the range will be locked. */
const lockSteps = <T extends Locking>(kindOf: KindOf<T>) => ({
  limit: (m: M, my: T) => {
    if (!mayLockAtAll(m, my.process)) return refuse('EPERM')
    if (my.count === 0) return done()
    if (passesEnd(m, my)) return refuse('ENOMEM')
    const more = my.count - lockedIn(m, need(spaceOf(m, my.process)), my)
    if (!mayLock(m, my.process, more)) return refuse('ENOMEM')
  },
  holes: (m: M, my: T) => {
    const passed = beforeHole(m, my)
    if (isHoleRefused(m, my, passed)) return refuse('ENOMEM')
    my.passed = passed
  },
  regions: (m: M, my: T) => {
    const after = lockedAs(m, need(spaceOf(m, my.process)), passedOf(my), kindOf(my))
    if (tooMany(m, after)) return refuse('ENOMEM')
  },
  lock: (m: M, my: T): void => {
    const space = need(spaceOf(m, my.process))
    become(m, space, lockedAs(m, space, passedOf(my), kindOf(my)))
  },
  begin: (_m: M, my: T) => {
    if (my.passed < my.count) return fail('ENOMEM')
    return kindOf(my) === 'onfault' ? done() : undefined
  },
  ...shareSteps<T>(),
  ...populateSteps<T, never>(
    (_m, my) => my,
    done(),
    () => fail('EAGAIN'),
  ),
})

export const mlock = operation('mlock', {
  rule: 'locking.md#mlock',
  answers: [refuse('EPERM'), refuse('ENOMEM'), fail('ENOMEM'), fail('EAGAIN')],
  args,
  locals,
}).steps(
  {
    enter: lockToWrite({ allowed: (m, my) => !leavesWindow(m, my) }),
    arguments: (m, my) => {
      if (spaceOf(m, my.process) === null || leavesWindow(m, my)) return disabled
    },
    ...lockSteps<Locking>(() => 'locked'),
    leave: leaveKernel(),
  },
  ['leave'],
)

export const mlock2 = operation('mlock2', {
  rule: 'locking.md#mlock2',
  answers: [refuse('EINVAL'), refuse('EPERM'), refuse('ENOMEM'), fail('ENOMEM'), fail('EAGAIN')],
  args: { ...args, flag: oneOf(...words.lockFlag) },
  locals,
}).steps(
  {
    enter: lockToWrite({ allowed: (m, my) => !leavesWindow(m, my) }),
    arguments: (m, my) => {
      if (spaceOf(m, my.process) === null || leavesWindow(m, my)) return disabled
      if (my.flag === 'unknown') return refuse('EINVAL')
    },
    ...lockSteps<Locking & { readonly flag: 'now' | 'onfault' | 'unknown' }>(my =>
      my.flag === 'onfault' ? 'onfault' : 'locked',
    ),
    leave: leaveKernel(),
  },
  ['leave'],
)
