// munlock: a range may be swapped out again, however often it was locked. Rule: spec/locking.md#munlock.

import { leaveKernel, lockToWrite } from '../concurrency/locks.js'
import { disabled, done, fail, need, range, refuse, size } from '../kit/index.js'
import { count } from '../regions/arguments.js'
import { become, leavesWindow, passesEnd, tooMany } from '../regions/regions.js'
import { operation, page, process, spaceOf } from '../state.js'
import { beforeHole, isHoleRefused, lockedAs, passedOf } from './locking.js'

export const munlock = operation('munlock', {
  rule: 'locking.md#munlock',
  answers: [refuse('ENOMEM'), fail('ENOMEM')],
  args: { process, page, count },
  locals: { passed: range(0, b => size(b, 'page')) },
}).steps(
  {
    enter: lockToWrite({ allowed: (m, my) => !leavesWindow(m, my) }),
    arguments: (m, my) => {
      if (spaceOf(m, my.process) === null || leavesWindow(m, my)) return disabled
      if (my.count === 0) return done()
      if (passesEnd(m, my)) return refuse('ENOMEM')
      const passed = beforeHole(m, my)
      if (isHoleRefused(m, my, passed)) return refuse('ENOMEM')
      my.passed = passed
    },
    regions: (m, my) => {
      if (tooMany(m, lockedAs(m, need(spaceOf(m, my.process)), passedOf(my), 'none'))) return refuse('ENOMEM')
    },
    unlock: (m, my) => {
      const space = need(spaceOf(m, my.process))
      become(m, space, lockedAs(m, space, passedOf(my), 'none'))
    },
    answer: (_m, my) => (my.passed < my.count ? fail('ENOMEM') : done()),
    leave: leaveKernel(),
  },
  ['leave'],
)
