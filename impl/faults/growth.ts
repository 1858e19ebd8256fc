// Stacks grow down: an access to unmapped memory below one, if it is not too far and nothing usable is too close below,
// makes the stack's region begin there (faults.md#stack-growth; Linux, expand_downwards and stack_guard_gap).
// Here it is only decided; the region changes once the page that was touched is resident.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import type { Limits } from '../processes/limits.js'
import * as protections from '../protection/protection.js'
import type { Regions } from '../regions/regions.js'

export function createGrowth(core: Core, regions: Regions, limits: Limits) {
  const { OK, SEGV_ACCERR, SEGV_MAPERR } = answers
  const { ALL } = protections
  const { stackGap: GAP, stackLimit: LIMIT, lowestPage: LOWEST } = core.boot
  const LINUX = core.boot.profile === 'linux'
  const { endOf, findFrom, growsOf, lockOf, offsetAt, protectionOf, startOf } = regions
  const { exceedsLocked, exceedsMapped } = limits

  /** Whether the region above an unmapped page is a stack that may grow down to it. OK, SEGV_ACCERR or SEGV_MAPERR. */
  function mayGrow(space: number, page: number, stack: number, needs: number) {
    if (!growsOf(stack)) return SEGV_MAPERR
    if ((protectionOf(stack) & needs) === 0) return SEGV_ACCERR
    if (endOf(stack) - page > LIMIT || isCrowded(space, page)) return SEGV_MAPERR
    const growth = startOf(stack) - page
    // A stack that was moved up may have come from nearer to the first page than it would grow (Linux, expand_downwards).
    if (LINUX && offsetAt(stack, startOf(stack)) - growth < LOWEST) return SEGV_MAPERR
    if (exceedsMapped(space, growth)) return SEGV_MAPERR
    return lockOf(stack) !== 0 && exceedsLocked(space, growth) ? SEGV_MAPERR : OK
  }

  /** Whether something that can be accessed lies in the pages that must stay free below. */
  function isCrowded(space: number, page: number) {
    for (let below = findFrom(space, page - GAP); startOf(below) < page; below = findFrom(space, endOf(below))) {
      if ((protectionOf(below) & ALL) !== 0) return true
    }
    return false
  }

  return { mayGrow }
}
