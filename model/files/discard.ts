// discard: a range of pages lets go of what it holds, and stays mapped. The next touch begins anew: private memory reads
// as zeros, or as its file; what is shared is not lost. Regions do not change, so the lock is shared with faults, which
// the tables keep out until every CPU has forgotten the pages. Rule: spec/files.md#discard.

import { enterToRead, leaveKernel, lockToRead, takeTables } from '../concurrency/locks.js'
import { concurrent, need, refuse, step } from '../kit/index.js'
import { count } from '../regions/arguments.js'
import { inRange, pagesOf, type Range } from '../regions/attributes.js'
import { type Clearing, clear, clearingLocals, forgetSteps } from '../regions/clearing.js'
import { allMapped, forget, leavesWindow, passesEnd } from '../regions/regions.js'
import { operation, page, process, spaceOf } from '../state.js'

export const discard = operation('discard', {
  rule: 'files.md#discard',
  answers: [refuse('EINVAL'), refuse('ENOMEM')],
  args: { process, page, count },
  locals: clearingLocals,
}).steps(
  {
    enter: enterToRead({ allowed: (m, my) => !leavesWindow(m, my) }),
    lock: lockToRead(),
    arguments: (m, my) => {
      const space = need(spaceOf(m, my.process))
      if (passesEnd(m, my) || !allMapped(m, space, my)) return refuse('ENOMEM')
      if (pagesOf(m, my).some(v => m.spaces[space].pages[v].lock !== 'none')) return refuse('EINVAL')
    },
    takeTables: concurrent(takeTables()),
    clear: clear<Range & Clearing>(inRange),
    ...forgetSteps(),
    handBack: step(
      (m, my) => {
        m.spaces[need(spaceOf(m, my.process))].tableLock = null
      },
      (m, my) => forget(m, my, my),
    ),
    unlock: leaveKernel(),
  },
  ['unlock'],
)
