// Attaching and detaching segments: shmat maps a whole segment, shmdt unmaps what is left of one where it was attached.
// W^X holds for the segment as a whole: while somebody may write it, nobody maps it for code, and the other way round
// (protection.md#w-xor-x).

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import { userPages } from '../geometry.js'
import * as layouts from '../layout.js'
import type { Locking } from '../locking/locking.js'
import type { Memory } from '../memory.js'
import type { Limits } from '../processes/limits.js'
import * as protections from '../protection/protection.js'
import { createAttributes } from '../regions/attributes.js'
import type { Count } from '../regions/count.js'
import type { Pages } from '../regions/pages.js'
import type { Regions } from '../regions/regions.js'
import type { Objects } from './objects.js'
import * as segmentBits from './segments.js'

interface Chapters {
  readonly cpus: Cpus
  readonly memory: Memory
  readonly regions: Regions
  readonly count: Count
  readonly pages: Pages
  readonly limits: Limits
  readonly objects: Objects
  readonly segments: segmentBits.Segments
  readonly locking: Locking
}

export function createAttach(core: Core, chapters: Chapters) {
  const { regions, count, pages, limits, objects, segments, locking } = chapters
  const { layout, words } = core
  const { EACCES, EAGAIN, EINVAL, ENOMEM, NONE, OK } = answers
  const { ALL, EXECUTE, READ, WRITE, sharedCeiling } = protections
  const { MODE_EXECUTE, MODE_READ, MODE_WRITE } = segmentBits
  const { rdonly: RDONLY, remap: REMAP, exec: EXEC } = segmentBits.shmFlags
  const { NO_NODE, spaceField, spaceWords } = layouts
  const FUTURE = layout.spaces + spaceField.future
  const LINUX = core.boot.profile === 'linux'
  const LIMIT = core.boot.regionLimit
  const SPACES = core.boot.spaces
  const USER_PAGES = userPages(core.boot.geometry)
  const { pack } = createAttributes(core)
  const { findFrom, startOf, endOf, objectOf, offsetAt, ceilingOf, highest, insertRange, removePieces } = regions
  const { mappedIn, removePages, rootOf } = pages
  const { exceedsMapped, exceedsLocked } = limits
  const { takeRegions, giveRegions } = chapters.cpus
  const { sweep } = chapters.memory
  const SEVERAL = core.boot.cpus > 1

  /** Maps a whole segment from a page on, or anywhere (NONE). The first page, or why not. */
  function shmat(process: number, space: number, id: number, page: number, flags: number) {
    if ((flags & REMAP) !== 0 && page === NONE) return EINVAL
    const object = segments.named(id)
    if (object < 0) return object
    if (!segments.grants(process, object, modeFor(flags)) || breaksRule(object, flags)) return EACCES
    const size = objects.sizeOf(object)
    const first = place(space, page, size, flags)
    if (first < 0) return first
    const answer = attach(space, object, first, first + size, flags)
    return answer === OK ? first : answer
  }

  function modeFor(flags: number) {
    const access = (flags & RDONLY) !== 0 ? MODE_READ : MODE_READ | MODE_WRITE
    return (flags & EXEC) !== 0 ? access | MODE_EXECUTE : access
  }

  /** Whether code and data would meet in one segment. */
  function breaksRule(object: number, flags: number) {
    if (LINUX) return false
    if ((flags & EXEC) === 0) return (flags & RDONLY) === 0 && isAttached(object, EXECUTE)
    return (flags & RDONLY) === 0 || isAttached(object, WRITE)
  }

  /** Whether some region of an object may have a right, of whatever space. */
  function isAttached(object: number, right: number) {
    if (SEVERAL) takeRegions()
    const answer = isAttachedWith(object, right)
    if (SEVERAL) giveRegions()
    return answer
  }

  function isAttachedWith(object: number, right: number) {
    for (let space = 0; space < SPACES; space++) {
      let node = findFrom(space, 0)
      while (node !== NO_NODE) {
        if (objectOf(node) === object && (ceilingOf(node) & right) !== 0) return true
        node = findFrom(space, endOf(node))
      }
    }
    return false
  }

  function place(space: number, page: number, size: number, flags: number) {
    if (page === NONE) {
      const free = highest(space, size)
      return free === NONE ? ENOMEM : free
    }
    if (page + size > USER_PAGES) return EINVAL
    return (flags & REMAP) === 0 && mappedIn(space, page, page + size) > 0 ? EINVAL : page
  }

  function attach(space: number, object: number, first: number, end: number, flags: number) {
    const lock = words[FUTURE + space * spaceWords]
    const attributes = pack(protectionFor(flags), ceilingFor(flags), lock, 0)
    if (lock !== 0 && exceedsLocked(space, end - first)) return EAGAIN
    if (exceedsMapped(space, end - first - mappedIn(space, first, end))) return ENOMEM
    if (count.withRange(space, first, end, 0, attributes, object, NONE) > LIMIT) return ENOMEM
    // Held, for what is replaced may be its last attachment.
    objects.attach(object)
    removePages(space, first, end)
    insertRange(space, first, end, 0, attributes, object, NONE)
    objects.detach(object)
    locking.populateLocked(space, first, end, lock)
    return OK
  }

  function protectionFor(flags: number) {
    const access = (flags & RDONLY) !== 0 ? READ : READ | WRITE
    return (flags & EXEC) !== 0 ? access | EXECUTE : access
  }

  function ceilingFor(flags: number) {
    const readOnly = (flags & RDONLY) !== 0
    if (LINUX) return readOnly ? READ | EXECUTE : ALL
    return sharedCeiling(protectionFor(flags), readOnly)
  }

  /** Unmaps the segment that was attached at a page, as far as it still is. OK or EINVAL. */
  function shmdt(space: number, page: number) {
    let node = findFrom(space, page)
    while (node !== NO_NODE && !isAttachedAt(node, page)) node = findFrom(space, endOf(node))
    if (node === NO_NODE) return EINVAL
    const object = objectOf(node)
    const end = page + objects.sizeOf(object)
    const isPiece = (it: number) => objectOf(it) === object && isAttachedAt(it, page)
    while (node !== NO_NODE && startOf(node) < end) {
      const nodeEnd = endOf(node)
      if (isPiece(node)) sweep(rootOf(space), startOf(node), nodeEnd)
      node = findFrom(space, nodeEnd)
    }
    // All at once: nobody is told of some pieces without the others.
    removePieces(space, page, end, isPiece)
    return OK
  }

  /** Whether a region is what an attachment of a segment at this page would have there. */
  function isAttachedAt(node: number, page: number) {
    const object = objectOf(node)
    const start = startOf(node)
    return object !== NONE && objects.isSegment(object) && offsetAt(node, start) === start - page
  }

  return { shmat, shmdt }
}
