// mprotect: what a range of pages allows. The textbook's profile looks at the whole range before it changes anything; a
// live kernel goes from left to right and keeps what it did before the first page that stops it (regions.md#mprotect).

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import { userPages } from '../geometry.js'
import * as layouts from '../layout.js'
import type { Memory } from '../memory.js'
import * as protections from '../protection/protection.js'
import type { Count } from './count.js'
import type { Pages } from './pages.js'
import type { Regions } from './regions.js'

interface Chapters {
  readonly regions: Regions
  readonly count: Count
  readonly pages: Pages
  readonly memory: Memory
}

export function createMprotect(core: Core, { regions, count, pages, memory }: Chapters) {
  const { EACCES, EBUSY, EINVAL, ENOMEM, FAILED, NONE, OK } = answers
  const { ALL, COPY, GUARD, breaksWriteXorExecute, isProtection, isWithin } = protections
  const { NO_NODE } = layouts
  const LIMIT = core.boot.regionLimit
  const LINUX = core.boot.profile === 'linux'
  const USER_PAGES = userPages(core.boot.geometry)
  const COPIED = protections.protectionBits['rw+cow']
  const { findFrom, startOf, endOf, objectOf, ceilingOf, lockOf, changeRange } = regions
  const { rootOf, mappedIn, firstHole } = pages
  const { sweep, protectRange, gather } = memory
  const SEVERAL = core.boot.cpus > 1

  const isRequest = (request: number) => isProtection(request) || request === GUARD || request === COPIED

  /** Gives a range a protection. OK, or the first reason why not, or failed. */
  function mprotect(space: number, page: number, pagesAsked: number, request: number) {
    if (!isRequest(request)) return EINVAL
    if (!(pagesAsked > 0)) return OK
    const end = page + pagesAsked
    if (end > USER_PAGES) return ENOMEM
    return LINUX ? protectPrefix(space, page, end, request) : protectWhole(space, page, end, request)
  }

  function protectWhole(space: number, first: number, end: number, request: number) {
    if (breaksWriteXorExecute(request)) return EACCES
    if (mappedIn(space, first, end) < end - first) return ENOMEM
    const refusal = refusalIn(space, first, end, request)
    return refusal === OK ? change(space, first, end, request) : refusal
  }

  /** What the regions of a range say to a request: OK, EINVAL, EACCES or EBUSY, each asked of all before the next. */
  function refusalIn(space: number, first: number, end: number, request: number) {
    let refusal: number = OK
    let node = findFrom(space, first)
    while (node !== NO_NODE && startOf(node) < end) {
      if (request === COPIED && objectOf(node) !== NONE) return EINVAL
      if (!isWithin(request, ceilingOf(node))) refusal = EACCES
      else if (request === GUARD && lockOf(node) !== 0 && refusal === OK) refusal = EBUSY
      node = findFrom(space, endOf(node))
    }
    return refusal
  }

  /** As a live kernel: up to the first hole, or the first region that must not become this. */
  function protectPrefix(space: number, first: number, end: number, request: number) {
    if (request === GUARD || request === COPIED) return EINVAL
    const hole = firstHole(space, first, end)
    const stop = firstBeyond(space, first, hole, request)
    const reason = stop < hole ? EACCES : ENOMEM
    if (stop === first) return reason
    const answer = change(space, first, stop, request)
    return answer !== OK || stop === end ? answer : FAILED + reason
  }

  /** The first page of a range whose ceiling is too low for a request, or its end. */
  function firstBeyond(space: number, first: number, end: number, request: number) {
    let node = findFrom(space, first)
    while (node !== NO_NODE && startOf(node) < end) {
      if (!isWithin(request, ceilingOf(node))) return Math.max(startOf(node), first)
      node = findFrom(space, endOf(node))
    }
    return end
  }

  /** Acts, if the regions that this leaves are not too many. OK or ENOMEM. */
  function change(space: number, first: number, end: number, request: number) {
    const protection = request & (ALL | GUARD)
    if (count.afterChange(space, first, end, protection) > LIMIT) return ENOMEM
    if (SEVERAL) return changeAmongOthers(space, first, end, request)
    changeRange(space, first, end, protection)
    if (protection === GUARD) sweep(rootOf(space), first, end)
    else protectRange(rootOf(space), first, end, protection, (request & COPY) !== 0 ? 1 : 0)
    return OK
  }

  /** Where other CPUs run, the region is another only when all have forgotten what it allowed. */
  function changeAmongOthers(space: number, first: number, end: number, request: number) {
    const protection = request & (ALL | GUARD)
    if (protection === GUARD) sweep(rootOf(space), first, end)
    else {
      protectRange(rootOf(space), first, end, protection, (request & COPY) !== 0 ? 1 : 0)
      gather.forgetSpace(space)
    }
    changeRange(space, first, end, protection)
    return OK
  }

  return { mprotect }
}
