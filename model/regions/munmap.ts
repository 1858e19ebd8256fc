// munmap: nothing is mapped in the range afterwards, whatever was before; holes are fine. Only a split can be refused
// for want of regions. Rule: spec/regions.md#munmap.

import type { Running } from '../concurrency/cpus.js'
import { leaveKernel, lockToWrite } from '../concurrency/locks.js'
import { lockRegions } from '../concurrency/region-locks.js'
import { disabled, need, provided, refuse, step } from '../kit/index.js'
import { giveTablesSteps, unlinkSteps } from '../page-tables/directory.js'
import { forgetObjects } from '../shared-memory/objects.js'
import { downgrades, Flush, type M, operation, page, process, type State, spaceOf } from '../state.js'
import { count, skew } from './arguments.js'
import { inRange, type Range } from './attributes.js'
import { type Clearing, clear, clearingLocals, forgetSteps, forgotten } from './clearing.js'
import { detach, finishDetached } from './detaching.js'
import { isTouched, lacksNodes } from './nodes.js'
import { erased, forget, leavesWindow, passesEnd, tooMany, unmapRange } from './regions.js'

export const munmap = operation('munmap', {
  rule: 'regions.md#munmap',
  answers: [refuse('EINVAL'), refuse('ENOMEM')],
  args: { process, page, count, skew },
  locals: clearingLocals,
}).steps(
  {
    lock: lockToWrite({ allowed: (m, my) => !leavesWindow(m, my) }),
    arguments: (m, my) => {
      if (spaceOf(m, my.process) === null || leavesWindow(m, my)) return disabled
      if (my.skew === 'unaligned' || my.count === 0 || passesEnd(m, my)) return refuse('EINVAL')
    },
    limit: (m, my) => {
      const after = left(m, my)
      if (tooMany(m, after) || lacksNodes(m, need(spaceOf(m, my.process)), after)) return refuse('ENOMEM')
    },
    ...lockRegions<Range & Running>((m, my, n) => isTouched(m, need(spaceOf(m, my.process)), n, my, left(m, my))),
    detach: provided(downgrades, step(detach, forgetRange)),
    clear: clear<Range & Clearing>(inRange),
    ...unlinkSteps<Range & Clearing>(inRange),
    ...forgetSteps<Range & Clearing>((m, my, space) => {
      if (!my.stale) return Flush.none
      return my.count === 1 ? Flush.page({ space, page: my.page }) : forgotten(m, space, my)
    }),
    ...giveTablesSteps(),
    unmap: step(
      (m, my) => {
        if (m.limits.downgrades) finishDetached(m, my)
        else unmapRange(m, need(spaceOf(m, my.process)), my)
      },
      (m, my) => {
        if (!m.limits.downgrades) forgetRange(m, my)
      },
    ),
    unlock: leaveKernel(),
  },
  ['unlock'],
)

/** What the space will be. */
const left = (m: M, my: Range & Running) => erased(m, need(spaceOf(m, my.process)), my)

function forgetRange(m: State, my: Range & Clearing): void {
  forget(m, my, my)
  forgetObjects(m)
}
