// mmap and munmap. Each first decides by reading only, in the order of the specification (regions.md), and then acts;
// nothing after the decision can fail, save making pages resident in advance, which nobody is told of.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import { userPages } from '../geometry.js'
import * as layouts from '../layout.js'
import type { Locking } from '../locking/locking.js'
import type { Limits } from '../processes/limits.js'
import * as protections from '../protection/protection.js'
import type { Objects } from '../shared-memory/objects.js'
import * as attributeBits from './attributes.js'
import type { Count } from './count.js'
import type { Pages } from './pages.js'
import type { Regions } from './regions.js'

/** How a mapping is to be made, as bits. Without `fixed` and `noreplace` an address is a wish. */
export const mapFlags = {
  shared: 1,
  fixed: 2,
  noreplace: 4,
  populate: 8,
  locked: 16,
  growsdown: 32,
  noreserve: 64,
} as const

export interface MappingChapters {
  readonly regions: Regions
  readonly count: Count
  readonly pages: Pages
  readonly limits: Limits
  readonly objects: Objects
  readonly locking: Locking
}

export type Mapping = ReturnType<typeof createMapping>

export function createMapping(core: Core, { regions, count, pages, limits, objects, locking }: MappingChapters) {
  const { words, layout } = core
  const { EACCES, EAGAIN, EEXIST, EINVAL, ENOMEM, EPERM, NONE, OK } = answers
  const { ALL, READ, WRITE, breaksWriteXorExecute, ceilingAfter, isProtection, sharedCeiling } = protections
  const { ACCOUNTED, GROWS, lockKinds } = attributeBits
  const { shared: SHARED, fixed: FIXED, noreplace: NOREPLACE, populate: POPULATE } = mapFlags
  const { locked: LOCKED, growsdown: GROWSDOWN, noreserve: NORESERVE } = mapFlags
  const { spaceField, spaceWords } = layouts
  const FUTURE = layout.spaces + spaceField.future
  const LIMIT = core.boot.regionLimit
  const LINUX = core.boot.profile === 'linux'
  const SEVERAL = core.boot.cpus > 1
  const OBJECT_PAGES = core.boot.objectPages
  const USER_PAGES = userPages(core.boot.geometry)
  const { pack } = attributeBits.createAttributes(core)
  const { countOf, highest, insertRange } = regions
  const { withRange, without } = count
  const { mappedIn, removePages } = pages
  const { exceedsMapped, exceedsLocked, mayLock } = limits

  /** Maps `pagesAsked` pages from `page` on, or anywhere (NONE). The first page, or the first reason why not. */
  function map(space: number, page: number, pagesAsked: number, protection: number, flags: number) {
    const isShared = (flags & SHARED) !== 0
    if (!(pagesAsked > 0) || !isProtection(protection) || (isShared && (flags & GROWSDOWN) !== 0)) return EINVAL
    if (!LINUX && breaksWriteXorExecute(protection)) return EACCES
    const first = place(space, page, pagesAsked, flags)
    if (first < 0) return first
    const lock = lockFor(space, flags)
    // Nearly always no limit is near, and there is nothing to ask.
    const isPlain = lock === lockKinds.none && !isShared && !exceedsMapped(space, pagesAsked)
    const refusal = isPlain ? OK : refusalFor(space, first, first + pagesAsked, lock, flags)
    if (refusal !== OK) return refusal
    const object = isShared ? objects.chooseAlone() : NONE
    if (isShared && object === NONE) return ENOMEM
    const attributes = attributesFor(protection, lock, flags)
    const answer = cover(space, first, first + pagesAsked, attributes, object, flags)
    if (SEVERAL && answer < 0) objects.forgo(object)
    return answer
  }

  /** Where the mapping goes: its first page; ENOMEM, EEXIST. */
  function place(space: number, page: number, pagesAsked: number, flags: number) {
    const end = page + pagesAsked
    if ((flags & (FIXED | NOREPLACE)) !== 0) {
      if (end > USER_PAGES) return ENOMEM
      return (flags & NOREPLACE) !== 0 && mappedIn(space, page, end) > 0 ? EEXIST : page
    }
    if (page !== NONE && end <= USER_PAGES && mappedIn(space, page, end) === 0) return page
    const free = highest(space, pagesAsked)
    return free === NONE ? ENOMEM : free
  }

  const lockFor = (space: number, flags: number) =>
    (flags & LOCKED) !== 0 ? lockKinds.locked : words[FUTURE + space * spaceWords]

  /** What limits say to so many pages more: OK, EPERM, EAGAIN or ENOMEM. */
  function refusalFor(space: number, first: number, end: number, lock: number, flags: number) {
    if ((flags & LOCKED) !== 0 && !mayLock(space)) return EPERM
    // As Linux does, without taking off what is replaced.
    if (lock !== 0 && exceedsLocked(space, end - first)) return EAGAIN
    if (exceedsMapped(space, end - first) && exceedsMapped(space, end - first - mappedIn(space, first, end)))
      return ENOMEM
    return (flags & SHARED) !== 0 && end - first > OBJECT_PAGES ? ENOMEM : OK
  }

  function attributesFor(protection: number, lock: number, flags: number) {
    const grows = (flags & GROWSDOWN) !== 0 ? GROWS : 0
    if (LINUX) {
      const promised = (protection & WRITE) !== 0 && (flags & (SHARED | NORESERVE)) === 0 ? ACCOUNTED : 0
      return pack(protection, ALL, lock, grows | promised)
    }
    const ceiling = (flags & SHARED) !== 0 ? sharedCeiling(protection, false) : ceilingAfter(ALL, protection)
    return pack(protection, ceiling | READ, lock, grows)
  }

  /** Acts: replaces what is there. The first page, or ENOMEM above the region limit. */
  function cover(space: number, first: number, end: number, attributes: number, object: number, flags: number) {
    // Of private memory under `linux`, the page where it was first.
    const offset = LINUX && object === NONE ? first : 0
    // A range can be a region more and cut another in two: two more at most. Nearly always there is room for them.
    if (countOf(space) + 2 > LIMIT && withRange(space, first, end, offset, attributes, object, NONE) > LIMIT)
      return ENOMEM
    if (object !== NONE) objects.makeAnonymous(object, end - first)
    removePages(space, first, end)
    insertRange(space, first, end, offset, attributes, object, NONE)
    const lock = lockFor(space, flags)
    if ((flags & POPULATE) !== 0) locking.populate(space, first, end, true)
    else locking.populateLocked(space, first, end, lock)
    return first
  }

  /** Removes what is mapped in `pagesAsked` pages from `page` on; holes are fine. OK, EINVAL or ENOMEM. */
  function unmap(space: number, page: number, pagesAsked: number) {
    const end = page + pagesAsked
    if (!(pagesAsked > 0) || end > USER_PAGES) return EINVAL
    if (countOf(space) === LIMIT && without(space, page, end) > LIMIT) return ENOMEM
    removePages(space, page, end)
    return OK
  }

  return { map, unmap }
}
