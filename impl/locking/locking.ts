// Locking pages in memory: mlock and its relatives, and populate, which makes the pages of a range resident. Locks do
// not nest: one munlock undoes any number of mlocks (locking.md#munlock).

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import { userPages } from '../geometry.js'
import * as layouts from '../layout.js'
import type { Memory } from '../memory.js'
import * as processor from '../page-tables/mmu.js'
import type { Limits } from '../processes/limits.js'
import * as protections from '../protection/protection.js'
import * as attributeBits from '../regions/attributes.js'
import type { Count } from '../regions/count.js'
import type { Pages } from '../regions/pages.js'
import type { Regions } from '../regions/regions.js'

/** What mlock2 and mlockall are asked for, as bits. */
export const lockFlags = { onfault: 1, current: 2, future: 4 } as const

interface Chapters {
  readonly regions: Regions
  readonly count: Count
  readonly pages: Pages
  readonly limits: Limits
  readonly memory: Pick<Memory, 'faults'>
}

export type Locking = ReturnType<typeof createLocking>

export function createLocking(core: Core, { regions, count, pages, limits, memory }: Chapters) {
  const { words, layout } = core
  const { EINVAL, ENOMEM, EPERM, FAILED_EAGAIN, FAILED_ENOMEM, NONE, OK } = answers
  const { ALL, WRITE } = protections
  const { LOCK, lockKinds } = attributeBits
  const { none: UNLOCKED, locked: LOCKED, onfault: ONFAULT } = lockKinds
  const { onfault: WITH_ONFAULT, current: CURRENT, future: NEXT } = lockFlags
  const { LOAD, STORE } = processor
  const { NO_NODE, spaceField, spaceWords } = layouts
  const FUTURE = layout.spaces + spaceField.future
  const LIMIT = core.boot.regionLimit
  const LINUX = core.boot.profile === 'linux'
  const USER_PAGES = userPages(core.boot.geometry)
  const { findFrom, startOf, endOf, protectionOf, objectOf, changeRange } = regions
  const { lockedIn, guardsIn, firstHole } = pages
  const { mappedOf, lockedOf, exceedsLockedInAll, mayLock } = limits
  const { resident } = memory.faults

  /** Makes the pages of a range resident that allow any access. Stops at a failure, unless failures are `ignored`. */
  function populate(space: number, first: number, end: number, ignored: boolean) {
    let node = findFrom(space, first)
    while (node !== NO_NODE && startOf(node) < end) {
      const nodeEnd = endOf(node)
      const answer = populateRegion(space, node, Math.max(startOf(node), first), Math.min(nodeEnd, end), ignored)
      if (answer !== OK) return answer
      node = findFrom(space, nodeEnd)
    }
    return OK
  }

  function populateRegion(space: number, node: number, first: number, end: number, ignored: boolean) {
    const protection = protectionOf(node)
    if ((protection & ALL) === 0) return OK
    const kind = (protection & WRITE) !== 0 && objectOf(node) === NONE ? STORE : LOAD
    for (let page = first; page < end; page++) {
      const answer = resident(space, page, kind)
      if (answer !== OK && !ignored) return answer
    }
    return OK
  }

  /** What a mapping that is locked like this does with new pages; what cannot be made resident comes when touched. */
  function populateLocked(space: number, first: number, end: number, lock: number) {
    if (lock === LOCKED) populate(space, first, end, true)
  }

  /** Locks a range. `kind`: with all its pages, or each once it is touched. OK, EPERM, ENOMEM, or failed. */
  function lock(space: number, first: number, pagesAsked: number, kind: number) {
    if (!mayLock(space)) return EPERM
    if (!(pagesAsked > 0)) return OK
    const end = first + pagesAsked
    if (!(first >= 0) || end > USER_PAGES) return ENOMEM
    const locked = lockedOf(space) + pagesAsked - lockedIn(space, first, end)
    if (exceedsLockedInAll(space, locked)) return ENOMEM
    const answer = change(space, first, end, kind)
    if (answer !== OK || kind !== LOCKED) return answer
    return populate(space, first, end, false) === OK ? OK : FAILED_EAGAIN
  }

  /** Unlocks a range. OK, ENOMEM, or failed. */
  function unlock(space: number, first: number, pagesAsked: number) {
    if (!(pagesAsked > 0)) return OK
    const end = first + pagesAsked
    return !(first >= 0) || end > USER_PAGES ? ENOMEM : change(space, first, end, UNLOCKED)
  }

  /** Gives a range without holes a kind of lock; under `linux` what lies before the first hole has it even so. */
  function change(space: number, first: number, end: number, kind: number) {
    const hole = firstHole(space, first, end)
    if (hole < end && (!LINUX || hole === first)) return ENOMEM
    if (count.afterChange(space, first, hole, LOCK + kind) > LIMIT) return ENOMEM
    changeRange(space, first, hole, LOCK + kind)
    return hole < end ? FAILED_ENOMEM : OK
  }

  /** mlock2: as mlock, or with `onfault` each page once it is touched. */
  function lock2(space: number, first: number, pagesAsked: number, flags: number) {
    if ((flags & ~WITH_ONFAULT) !== 0) return EINVAL
    return lock(space, first, pagesAsked, (flags & WITH_ONFAULT) !== 0 ? ONFAULT : LOCKED)
  }

  /** Locks all that is mapped, all that will be, or both. OK, EINVAL, EPERM or ENOMEM. */
  function lockAll(space: number, flags: number) {
    if ((flags & (CURRENT | NEXT)) === 0 || (flags & ~(CURRENT | NEXT | WITH_ONFAULT)) !== 0) return EINVAL
    if (!mayLock(space)) return EPERM
    const current = (flags & CURRENT) !== 0
    const lockable = mappedOf(space) - guardsIn(space, 0, USER_PAGES)
    if (current && exceedsLockedInAll(space, lockable)) return ENOMEM
    const kind = (flags & WITH_ONFAULT) !== 0 ? ONFAULT : LOCKED
    words[FUTURE + space * spaceWords] = (flags & NEXT) !== 0 ? kind : UNLOCKED
    if (!current) return OK
    changeRange(space, 0, USER_PAGES, LOCK + kind)
    populateLocked(space, 0, USER_PAGES, kind)
    return OK
  }

  /** Unlocks all, and locks nothing in future. OK. */
  function unlockAll(space: number) {
    words[FUTURE + space * spaceWords] = UNLOCKED
    changeRange(space, 0, USER_PAGES, LOCK + UNLOCKED)
    return OK
  }

  return { populate, populateLocked, lock2, unlock, lockAll, unlockAll }
}
