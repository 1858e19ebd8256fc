// Rewriting the entries of a range for a protection that changed. Rights are taken at once, and given only as far as
// nobody is hurt: an entry never becomes writable here. A store that the region allows faults first, and the fault
// decides whether the frame may be written or must be copied.

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import * as protections from '../protection/protection.js'
import type { Gather } from '../tlb/gather.js'
import type { Blocks } from './blocks.js'
import * as entryFormat from './entry.js'
import type { Tables } from './tables.js'

interface Chapters {
  readonly cpus: Cpus
  readonly gather: Gather
  readonly tables: Tables
  readonly blocks: Blocks
}

export function createProtect(core: Core, { cpus, gather, tables, blocks }: Chapters) {
  const { words } = core
  const { NONE } = answers
  const { ACCESSED, DIRTY, SPECIAL, WRITABLE, heldFrameOf, highFor, isHeld, isPresent, lowFor, withoutWrite } =
    entryFormat
  const { WRITE } = protections
  const { endOfBlock, entryFrom } = blocks
  const { pageOf, publish } = tables
  const { takeMaps, giveMaps } = cpus
  const { mark } = gather
  const SEVERAL = core.boot.cpus > 1
  const MARKS = ACCESSED | DIRTY | SPECIAL

  /**
   * Gives all entries that name a frame, from page `first` up to `end`, the rights of a protection; none gains the
   * right to write, and with `loseWrite` (1) all lose it.
   */
  function protectRange(root: number, first: number, end: number, protection: number, loseWrite: number) {
    let page = first
    for (;;) {
      const entry = entryFrom(root, page, end)
      if (entry === NONE) return
      const start = pageOf(entry)
      page = Math.min(end, endOfBlock(start))
      protectEntries(entry, page - start, protection, loseWrite)
    }
  }

  function protectEntries(first: number, count: number, protection: number, loseWrite: number) {
    const end = first + count * 2
    for (let entry = first; entry < end; entry += 2) {
      if (isHeld(words[entry])) protectEntry(entry, protection, loseWrite)
    }
  }

  function protectEntry(entry: number, protection: number, loseWrite: number) {
    if (SEVERAL) return protectAmongOthers(entry, protection, loseWrite)
    const low = words[entry]
    const high = words[entry + 1]
    const frame = heldFrameOf(low, high)
    const stays = (low & WRITABLE) !== 0 && (protection & WRITE) !== 0 && loseWrite === 0
    const allowed = stays ? protection : withoutWrite(protection)
    const newLow = lowFor(frame, allowed) | (low & MARKS)
    const newHigh = highFor(frame, allowed)
    if (newLow !== low || newHigh !== high) publish(entry, newLow, newHigh)
  }

  /** The same where hardware marks entries, and others evict. */
  function protectAmongOthers(entry: number, protection: number, loseWrite: number) {
    takeMaps()
    const low = isHeld(words[entry]) ? Atomics.exchange(words, entry, 0) : words[entry]
    if (isHeld(low)) {
      const high = words[entry + 1]
      const frame = heldFrameOf(low, high)
      const stays = (low & WRITABLE) !== 0 && (protection & WRITE) !== 0 && loseWrite === 0
      const allowed = stays ? protection : withoutWrite(protection)
      const newLow = lowFor(frame, allowed) | (low & MARKS)
      const newHigh = highFor(frame, allowed)
      publish(entry, newLow, newHigh)
      // Who was kept out has nothing to forget.
      if (isPresent(low) && (newLow !== low || newHigh !== high)) mark()
    }
    giveMaps()
  }

  return { protectRange }
}
