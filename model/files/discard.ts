// discard: a range of pages lets go of what it holds, and stays mapped. The next touch begins anew: private memory reads
// as zeros, or as its file; what is shared is not lost. Regions do not change, so the lock is shared with faults, which
// the tables keep out until every CPU has forgotten the pages. Rule: spec/files.md#discard.

import { enterToRead, leaveKernel, lockToRead, takeTables } from '../concurrency/locks.js'
import { each, need, refuse, step } from '../kit/index.js'
import { count } from '../regions/arguments.js'
import { inRange, pagesOf } from '../regions/attributes.js'
import { clearingLocals, forgetSteps, takeAway } from '../regions/clearing.js'
import { allMapped, forget, leavesWindow, passesEnd } from '../regions/regions.js'
import { operation, page, process, spaceOf } from '../state.js'

export const discard = operation('discard', {
  concurrent: true,
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
    takeTables: takeTables(),
    clear: each(page, (m, my, v) => takeAway(m, my, need(spaceOf(m, my.process)), v), {
      where: (my, v) => inRange(my, v),
    }),
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
