// munmap keeps others out only while it changes regions. Then it shares the lock: faults elsewhere in the space go on while
// entries are cleared and CPUs are told (Linux since 4.20, `mmap_write_downgrade`). Nothing can be mapped where it still
// clears, for that takes the lock alone; and so does a stack that would grow there. Linux let stacks grow under the shared
// lock at first, and therefore did not share it beside one (246c320a8cfe, CVE-2020-29369). Rule:
// spec/concurrency.md#downgrade.

import { downgrade } from '../concurrency/locks.js'
import { need } from '../kit/index.js'
import { type M, spaceOf } from '../state.js'
import { isMapped, pagesOf, type Range } from './attributes.js'
import type { Clearing } from './clearing.js'
import { unmapRange } from './regions.js'

/** A step: the pages of the range are in no region any more; what they hold, they hold until it is cleared. */
export function detach(m: M, my: Range & Clearing): void {
  const space = need(spaceOf(m, my.process))
  for (const v of pagesOf(m, my)) {
    const it = m.spaces[space].pages[v]
    if (!isMapped(it)) continue
    it.detached = true
    // Without its object or file, it cannot be told from the page any more that what was behind it is on its way elsewhere.
    // Of private memory the entry still tells, when it is cleared.
    if (it.object !== null || it.file !== null) my.stale = true
  }
  unmapRange(m, space, my)
  downgrade(m, my)
}

/** Nobody reaches what they held: the pages are like any that are not mapped. */
export function finishDetached(m: M, my: Range & Clearing): void {
  const { pages } = m.spaces[need(spaceOf(m, my.process))]
  for (const v of pagesOf(m, my)) pages[v].detached = false
}
