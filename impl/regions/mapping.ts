// The two system calls on regions, mmap at a fixed place and munmap. Each first decides by reading only, in the order
// of the specification (regions.md), and then acts; nothing after the decision can fail.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import { userPages } from '../geometry.js'
import * as layouts from '../layout.js'
import type { Sweep } from '../page-tables/sweep.js'
import * as protections from '../protection/protection.js'
import type { Regions } from './regions.js'

export type Mapping = ReturnType<typeof createMapping>

export function createMapping(core: Core, regions: Regions, { sweep }: Sweep) {
  const { words, layout } = core
  const { EACCES, EINVAL, ENOMEM, OK } = answers
  const { breaksWriteXorExecute, isRequest } = protections
  const { countWithout, countWith, removeRange, insertRange } = regions
  const { spaceField, spaceWords } = layouts
  const ROOT = layout.spaces + spaceField.root
  const LIMIT = core.boot.regionLimit
  const USER_PAGES = userPages(core.boot.geometry)

  /** Maps `count` pages from `page` on, replacing what is there. OK, EINVAL, EACCES or ENOMEM. */
  function map(space: number, page: number, count: number, protection: number) {
    if (!(count > 0) || !isRequest(protection)) return EINVAL
    if (breaksWriteXorExecute(protection)) return EACCES
    const end = page + count
    if (end > USER_PAGES || countWith(space, page, end, protection) > LIMIT) return ENOMEM
    removePages(space, page, end)
    insertRange(space, page, end, protection)
    return OK
  }

  /** Removes what is mapped in `count` pages from `page` on; holes are fine. OK, EINVAL or ENOMEM. */
  function unmap(space: number, page: number, count: number) {
    const end = page + count
    if (!(count > 0) || end > USER_PAGES) return EINVAL
    if (countWithout(space, page, end) > LIMIT) return ENOMEM
    removePages(space, page, end)
    return OK
  }

  function removePages(space: number, page: number, end: number) {
    // Only pages of a region can have entries.
    if (removeRange(space, page, end)) sweep(words[ROOT + space * spaceWords], page, end)
  }

  return { map, unmap }
}
