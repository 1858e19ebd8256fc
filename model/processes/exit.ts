// exit: a process ends and gives back all it holds: frames, slots, tables, what it had attached, its space.
// Rule: spec/processes.md#exit.

import { isBusyElsewhere, type Running } from '../concurrency/cpus.js'
import { leaveForGood, lockToWrite } from '../concurrency/locks.js'
import { lockRegions } from '../concurrency/region-locks.js'
import { concurrent, disabled, need, step } from '../kit/index.js'
import { giveTablesSteps, unlinkSteps } from '../page-tables/directory.js'
import { countTables } from '../page-tables/page-tables.js'
import { disownPins } from '../pins/pins.js'
import { wholeOf } from '../regions/attributes.js'
import { clear, clearingLocals, forgetSteps } from '../regions/clearing.js'
import { forget, unmapRange } from '../regions/regions.js'
import { forgetObjects } from '../shared-memory/objects.js'
import { Flush, type M, operation, process, spaceOf } from '../state.js'
import { loseTag } from '../tlb/tags.js'

/** Nobody else is in the kernel for the process, and from here on nobody enters it. */
const endAlone = {
  allowed: (m: M, my: Running): boolean => !isBusyElsewhere(m, my),
  mark: (m: M, my: Running): void => {
    m.cpus[my.cpu].ending = true
  },
}

export const exit = operation('exit', {
  rule: 'processes.md#exit',
  args: { process },
  locals: clearingLocals,
}).steps(
  {
    lock: lockToWrite(endAlone),
    look: (m, my) => {
      if (spaceOf(m, my.process) === null) return disabled
    },
    ...lockRegions<Running>(() => true),
    clear: clear(() => true),
    ...unlinkSteps(() => true),
    ...forgetSteps((_m, _my, space) => Flush.leave({ space })),
    ...giveTablesSteps(),
    unmap: step(
      (m, my) => unmapRange(m, need(spaceOf(m, my.process)), wholeOf(m)),
      (m, my) => {
        forget(m, my, wholeOf(m))
        disownPins(m, need(spaceOf(m, my.process)))
        forgetObjects(m)
      },
    ),
    root: (m, my) => countTables(m, need(spaceOf(m, my.process)), -1),
    end: (m, my) => {
      const it = m.processes[my.process]
      const space = need(it.space)
      m.spaces[space].future = 'none'
      m.spaces[space].users--
      if (m.limits.tagged) loseTag(m, space)
      it.space = null
      it.user = 0
      for (const capability of ['ipcOwner', 'ipcLock', 'sysAdmin'] as const) it.dropped[capability] = false
      it.limits.memlock = 0
      it.limits.as = 0
      it.killed = false
    },
    unlock: concurrent((m, my) => leaveForGood(m, my)),
  },
  ['unlock'],
)
