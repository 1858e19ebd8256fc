// mremap: grows, shrinks or moves a mapping together with its content, or maps shared memory a second time. As
// everywhere, all refusals come first (regions.md#mremap); the last question is whether the tables for a move can be
// had, which the move itself answers before anything is changed.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import { userPages } from '../geometry.js'
import * as layouts from '../layout.js'
import type { Memory } from '../memory.js'
import * as attributeBits from './attributes.js'
import type { MappingChapters } from './mapping.js'
import { createSeveral } from './several.js'

/** How mremap may move, as bits. */
export const remapFlags = { maymove: 1, fixed: 2, dontunmap: 4 } as const

interface Chapters extends MappingChapters {
  readonly memory: Memory
}

export function createMremap(core: Core, { regions, count, pages, limits, objects, locking, memory }: Chapters) {
  const { EAGAIN, EFAULT, EINVAL, ENOMEM, NONE, OK } = answers
  const { LOCK_BITS } = attributeBits
  const { maymove: MAYMOVE, fixed: FIXED, dontunmap: DONTUNMAP } = remapFlags
  /** How a live kernel may be asked to move several regions. */
  const TOGETHER = MAYMOVE | FIXED
  const { NO_NODE } = layouts
  const LIMIT = core.boot.regionLimit
  const SEVERAL = core.boot.cpus > 1
  const LINUX = core.boot.profile === 'linux'
  const USER_PAGES = userPages(core.boot.geometry)
  const { find, endOf, attributesOf, objectOf, chainOf, lockOf, offsetAt, highest } = regions
  const { removeRange, insertRange, growUp, forget } = regions
  const { rootOf, mappedIn, removePages, reveal } = pages
  const { moveSeveral } = createSeveral(core, { regions, count, pages, objects, memory })

  /** Makes the mapping of `old` pages from `page` on one of `pagesAsked`. The first page it then has, or why not. */
  function mremap(space: number, page: number, old: number, pagesAsked: number, flags: number, to: number) {
    if (isNonsense(page, old, pagesAsked, flags, to)) return EINVAL
    const node = find(space, page)
    if (node === NO_NODE) return EFAULT
    if (old === 0) return duplicate(space, node, page, pagesAsked, flags, to)
    const stays = (flags & (FIXED | DONTUNMAP)) === 0
    if (stays && pagesAsked < old) return shrink(space, page, page + pagesAsked, page + old)
    if (endOf(node) < page + old) {
      return LINUX && flags === TOGETHER && old === pagesAsked ? moveSeveral(space, page, page + old, to) : EFAULT
    }
    if (stays && pagesAsked === old) return page
    const refusal = refusalFor(space, node, page, old, pagesAsked, flags)
    if (refusal !== OK) return refusal
    if ((flags & FIXED) === 0 && canGrow(space, node, page + old, page + pagesAsked)) {
      return grow(space, node, page, page + old, page + pagesAsked)
    }
    if ((flags & MAYMOVE) === 0) return ENOMEM
    const place = (flags & FIXED) !== 0 ? to : highest(space, pagesAsked)
    return place === NONE ? ENOMEM : move(space, node, page, old, pagesAsked, place, (flags & DONTUNMAP) !== 0)
  }

  function isNonsense(page: number, old: number, pagesAsked: number, flags: number, to: number) {
    if (!(pagesAsked > 0) || !(old >= 0) || (flags & ~(MAYMOVE | FIXED | DONTUNMAP)) !== 0) return true
    if ((flags & (FIXED | DONTUNMAP)) !== 0 && (flags & MAYMOVE) === 0) return true
    if ((flags & DONTUNMAP) !== 0 && old !== pagesAsked) return true
    if (page + old > USER_PAGES) return true
    if ((flags & FIXED) === 0) return false
    return to + pagesAsked > USER_PAGES || (to < page + old && page < to + pagesAsked)
  }

  function shrink(space: number, page: number, end: number, oldEnd: number) {
    if (count.without(space, end, oldEnd) > LIMIT) return ENOMEM
    removePages(space, end, oldEnd)
    return page
  }

  /** What the object and the limits say: OK, EINVAL, EAGAIN or ENOMEM. */
  function refusalFor(space: number, node: number, page: number, old: number, pagesAsked: number, flags: number) {
    const more = Math.max(0, pagesAsked - old)
    if (isBeyondObject(node, page, pagesAsked)) return EINVAL
    if (more > 0 && lockOf(node) !== 0 && limits.exceedsLocked(space, more)) return EAGAIN
    const mapped = (flags & DONTUNMAP) !== 0 ? pagesAsked : more
    return mapped > 0 && limits.exceedsMapped(space, mapped) ? ENOMEM : OK
  }

  function isBeyondObject(node: number, page: number, pagesAsked: number) {
    const object = objectOf(node)
    return object !== NONE && offsetAt(node, page) + pagesAsked > objects.sizeOf(object)
  }

  const canGrow = (space: number, node: number, oldEnd: number, end: number) =>
    end > oldEnd && end <= USER_PAGES && endOf(node) === oldEnd && mappedIn(space, oldEnd, end) === 0

  /** A region that grows is none more. */
  function grow(space: number, node: number, page: number, oldEnd: number, end: number) {
    const lock = lockOf(node)
    growUp(space, node, end)
    locking.populateLocked(space, oldEnd, end, lock)
    return page
  }

  /** Moves `old` pages; the new place has `pagesAsked`. The first page there, or ENOMEM. */
  function move(
    space: number,
    node: number,
    page: number,
    old: number,
    pagesAsked: number,
    to: number,
    keeps: boolean,
  ) {
    const end = to + pagesAsked
    const attributes = attributesOf(node)
    const object = objectOf(node)
    const chain = chainOf(node)
    const offset = offsetOfCopy(node, page, to)
    const left = count.moved(space, page, page + old, to, end, offset, attributes, object, chain, keeps)
    if (left > LIMIT) return ENOMEM
    const moved = Math.min(old, pagesAsked)
    const lock = lockOf(node)
    const answer = memory.moveRange(rootOf(space), page, to, moved, pagesAsked)
    if (answer !== OK) return answer
    // Held, for neither place may be the object's last for a moment.
    objects.attach(object)
    removeRange(space, to, end)
    if (keeps) forget(space, page, page + old)
    else removePages(space, page, page + old)
    insertRange(space, to, end, offset, attributes, object, chain)
    objects.detach(object)
    if (SEVERAL) reveal(space, to, to + moved)
    locking.populateLocked(space, to + moved, end, lock)
    return to
  }

  /** Private memory that nobody wrote is as good as new where it comes to (Linux: copy_vma); all other keeps its place. */
  function offsetOfCopy(node: number, page: number, to: number) {
    return LINUX && objectOf(node) === NONE && chainOf(node) === NONE ? to : offsetAt(node, page)
  }

  /** Maps the same object once more, from the same page of it on. */
  function duplicate(space: number, node: number, page: number, pagesAsked: number, flags: number, to: number) {
    const object = objectOf(node)
    if (object === NONE || (flags & MAYMOVE) === 0) return EINVAL
    const refusal = refusalFor(space, node, page, 0, pagesAsked, flags)
    if (refusal !== OK) return refusal
    const place = (flags & FIXED) !== 0 ? to : highest(space, pagesAsked)
    if (place === NONE) return ENOMEM
    const end = place + pagesAsked
    const offset = offsetAt(node, page)
    const attributes = attributesOf(node)
    if (count.withRange(space, place, end, offset, attributes, object, NONE) > LIMIT) return ENOMEM
    objects.attach(object)
    removePages(space, place, end)
    insertRange(space, place, end, offset, attributes, object, NONE)
    objects.detach(object)
    if ((attributes & LOCK_BITS) !== 0) locking.populateLocked(space, place, end, lockKindOf(attributes))
    return place
  }

  const lockKindOf = (attributes: number) => (attributes & LOCK_BITS) >> attributeBits.LOCK_SHIFT

  return { mremap }
}
