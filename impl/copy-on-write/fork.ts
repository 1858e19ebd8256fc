// Giving a child its parent's memory: every entry is copied, and what is private is from then on copied by whoever
// writes first. Only making the child's tables, and running out of references, can fail. So the child's entries are
// made first, the parent's lose their right to write when nothing can fail any more, and a fork that fails sweeps the
// child's half again, which takes back every reference it took.

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import { userPages } from '../geometry.js'
import * as layouts from '../layout.js'
import type { Blocks } from '../page-tables/blocks.js'
import * as entryFormat from '../page-tables/entry.js'
import type { Leaves } from '../page-tables/leaves.js'
import type { PageTables } from '../page-tables/page-tables.js'
import type { Sweep } from '../page-tables/sweep.js'
import type { Tables } from '../page-tables/tables.js'
import type { Regions } from '../regions/regions.js'
import type { Area } from '../swap/area.js'
import type { Gather } from '../tlb/gather.js'

interface Chapters {
  readonly cpus: Cpus
  readonly gather: Gather
  readonly frames: Frames
  readonly area: Area
  readonly tables: Tables
  readonly pageTables: PageTables
  readonly leaves: Leaves
  readonly blocks: Blocks
  readonly sweep: Sweep
  readonly regions: Regions
}

export function createFork(core: Core, chapters: Chapters) {
  const { cpus, gather, frames, area, tables, pageTables, leaves, blocks, sweep, regions } = chapters
  const { words, layout } = core
  const { NONE, OK } = answers
  const { ACCESSED, DIRTY, heldFrameOf, isPresent, isSwapped, isZero, slotOf, WRITABLE } = entryFormat
  const { get: getFrame, lacks } = frames
  const { get: getSlot } = area
  const { claim, disclaim, pageOf, publish } = tables
  const { reach, walk } = pageTables
  const { set } = leaves
  const { endOfBlock, entryFrom, inUseFrom } = blocks
  const { chainOf, endOf, findFrom, objectOf, startOf } = regions
  const { NO_NODE, spaceField, spaceWords } = layouts
  const { takeMaps, giveMaps } = cpus
  const { mark, forgetSpace } = gather
  const { sharers: SHARERS } = core.boot
  const SEVERAL = core.boot.cpus > 1
  const LINUX = core.boot.profile === 'linux'
  const USER_PAGES = userPages(core.boot.geometry)
  const ROOT = layout.spaces + spaceField.root
  const REFERENCES = layout.references
  const SLOT_REFERENCES = layout.slotReferences
  const SHARED_MASK = ~(ACCESSED | DIRTY)
  const PRIVATE_MASK = ~(ACCESSED | DIRTY | WRITABLE)
  const rootOf = (space: number) => words[ROOT + space * spaceWords]
  const isPrivate = (region: number) => objectOf(region) === NONE
  /** Linux leaves to faults what they can find again: shared memory, and private memory that was never written. */
  const isCopied = (region: number) => !LINUX || (isPrivate(region) && chainOf(region) !== NONE)

  /**
   * Copies all entries to a child that has just got its root, with which the operation began. OK; ENOMEM, with nothing
   * copied, failed if something was evicted since then.
   */
  function fork(parent: number, child: number) {
    if (!copyAll(parent, rootOf(parent), rootOf(child))) {
      sweep(rootOf(child), 0, USER_PAGES)
      return lacks()
    }
    protectAll(parent)
    if (SEVERAL) forgetSpace(parent)
    return OK
  }

  function copyAll(space: number, parent: number, child: number) {
    for (let region = findFrom(space, 0); region !== NO_NODE; region = findFrom(space, endOf(region))) {
      if (isCopied(region) && !copyRange(parent, child, region)) return false
    }
    return true
  }

  function copyRange(parent: number, child: number, region: number) {
    const end = endOf(region)
    for (let page = startOf(region); page < end; ) {
      const found = inUseFrom(parent, page, end)
      if (found === NONE) return true
      page = pageOf(found)
      const stop = Math.min(end, endOfBlock(page))
      if (!copyBlock(parent, child, page, stop - page, isPrivate(region) ? PRIVATE_MASK : SHARED_MASK)) return false
      page = stop
    }
    return true
  }

  /** Copies so many entries of one table. Making the child's may evict, so the parent's are looked up after that. */
  function copyBlock(parent: number, child: number, page: number, count: number, mask: number) {
    const first = reach(child, page)
    if (first === NONE) return false
    claim(first)
    const from = walk(parent, page)
    const copied = from === NONE || copyEntries(from, first, count, mask)
    disclaim(first)
    return copied
  }

  function copyEntries(from: number, to: number, count: number, mask: number) {
    for (let word = 0; word < count * 2; word += 2) {
      const low = words[from + word]
      const high = words[from + word + 1]
      if ((low | high) === 0) continue
      if (SEVERAL) {
        if (!copyAmongOthers(from + word, to + word, mask)) return false
        continue
      }
      if (!share(low, high)) return false
      claim(to + word)
      set(to + word, low & mask, high)
    }
    return true
  }

  /** The same where others evict meanwhile. */
  function copyAmongOthers(from: number, to: number, mask: number) {
    takeMaps()
    const low = words[from]
    const high = words[from + 1]
    const shared = (low | high) === 0 || share(low, high)
    if (shared && (low | high) !== 0) {
      claim(to)
      set(to, isSwapped(low) ? low : low & mask, high)
    }
    giveMaps()
    return shared
  }

  /** One reference more for what an entry names; false where it has as many as can be counted. */
  function share(low: number, high: number) {
    if (isSwapped(low)) {
      const slot = slotOf(low, high)
      if (words[SLOT_REFERENCES + slot] >= SHARERS) return false
      getSlot(slot)
    } else if (!isZero(low)) {
      const frame = heldFrameOf(low, high)
      if (words[REFERENCES + frame] >= SHARERS) return false
      getFrame(frame)
    }
    return true
  }

  function protectAll(space: number) {
    for (let region = findFrom(space, 0); region !== NO_NODE; region = findFrom(space, endOf(region))) {
      if (isPrivate(region) && isCopied(region)) protectRegion(rootOf(space), startOf(region), endOf(region))
    }
  }

  function protectRegion(root: number, start: number, end: number) {
    for (let page = start; page < end; ) {
      const entry = entryFrom(root, page, end)
      if (entry === NONE) return
      const first = pageOf(entry)
      page = Math.min(end, endOfBlock(first))
      for (let word = entry; word < entry + (page - first) * 2; word += 2) {
        if (SEVERAL) loseWrite(word)
        else if ((words[word] & WRITABLE) !== 0) publish(word, words[word] & ~WRITABLE, words[word + 1])
      }
    }
  }

  /** Takes the right to write away, and leaves the marks that hardware sets meanwhile. */
  function loseWrite(entry: number) {
    takeMaps()
    if (isPresent(words[entry]) && (words[entry] & WRITABLE) !== 0) {
      Atomics.and(words, entry, ~WRITABLE)
      mark()
    }
    giveMaps()
  }

  return { fork }
}
