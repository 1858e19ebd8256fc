// munlockall: nothing is locked any more, now and in future. Rule: spec/locking.md#munlockall.

import { leaveKernel, lockToWrite } from '../concurrency/locks.js'
import { disabled, need } from '../kit/index.js'
import { wholeOf } from '../regions/attributes.js'
import { become } from '../regions/regions.js'
import { operation, process, spaceOf } from '../state.js'
import { lockedAs } from './locking.js'

export const munlockall = operation('munlockall', { rule: 'locking.md#munlockall', args: { process } }).steps(
  {
    enter: lockToWrite(),
    look: (m, my) => (spaceOf(m, my.process) === null ? disabled : undefined),
    future: (m, my) => {
      m.spaces[need(spaceOf(m, my.process))].future = 'none'
    },
    unlock: (m, my) => {
      const space = need(spaceOf(m, my.process))
      become(m, space, lockedAs(m, space, wholeOf(m), 'none'))
    },
    leave: leaveKernel(),
  },
  ['leave'],
)
