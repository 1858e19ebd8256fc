// Making one page resident for one kind of access: what was never touched comes from zeros or from its object, what was
// swapped comes from its slot, what is shared and written gets a copy. Tables are had first, then the frame; only then
// anything is changed, so that failing leaves nothing behind but evictions. A table that waits for its entry is claimed,
// or making room could take it away.

import * as answers from '../answers.js'
import type { CopyOnWrite } from '../copy-on-write/copy-on-write.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import * as entryFormat from '../page-tables/entry.js'
import type { Leaves } from '../page-tables/leaves.js'
import * as processor from '../page-tables/mmu.js'
import type { PageTables } from '../page-tables/page-tables.js'
import type { Tables } from '../page-tables/tables.js'
import type { Area } from '../swap/area.js'
import type { Swap } from '../swap/swap.js'

export type Resident = ReturnType<typeof createResident>

interface Chapters {
  readonly frames: Frames
  readonly area: Area
  readonly tables: Tables
  readonly pageTables: PageTables
  readonly leaves: Leaves
  readonly swap: Swap
  readonly copyOnWrite: CopyOnWrite
}

export function createResident(core: Core, chapters: Chapters) {
  const { frames, area, tables, pageTables, leaves, swap, copyOnWrite } = chapters
  const { words, layout } = core
  const { NONE } = answers
  const { STORE } = processor
  const { heldFrameOf, highFor, isSwapped, lowFor, SPECIAL, withoutWrite, WRITABLE } = entryFormat
  const { get, takePage, zero } = frames
  const { put: putSlot, read } = area
  const { claim, disclaim, publish } = tables
  const { reach, walk } = pageTables
  const { set } = leaves
  const { bringIn } = swap
  const { unshare } = copyOnWrite
  const { zeroFrame: HAS_ZERO, sharers: SHARERS } = core.boot
  const ZERO = layout.zeroFrame
  const REFERENCES = layout.references
  const PART = layout.framePart

  /** A page of private memory. Whether it could; then the processor can make the access. */
  function makePrivate(root: number, page: number, kind: number, protection: number) {
    const entry = walk(root, page)
    if (entry === NONE || (words[entry] | words[entry + 1]) === 0) return begin(root, page, kind, protection)
    if (isSwapped(words[entry])) return bringIn(entry, protection, kind === STORE)
    return kind !== STORE || (words[entry] & WRITABLE) !== 0 || unshare(entry, protection)
  }

  /** The first touch of a page: zeros, its own or those of all. */
  function begin(root: number, page: number, kind: number, protection: number) {
    const entry = reach(root, page)
    if (entry === NONE) return false
    claim(entry)
    if (HAS_ZERO && kind !== STORE) {
      const allowed = withoutWrite(protection)
      set(entry, lowFor(ZERO, allowed) | SPECIAL, highFor(ZERO, allowed))
      return true
    }
    const frame = takePage()
    if (frame === NONE) {
      disclaim(entry)
      return false
    }
    zero(frame)
    set(entry, lowFor(frame, protection), highFor(frame, protection))
    return true
  }

  /** A page of an object; `part` is the word that says where the object has it. */
  function makeShared(root: number, page: number, kind: number, part: number, protection: number) {
    const present = walk(root, page)
    if (present !== NONE && (words[present] | words[present + 1]) !== 0) {
      return kind !== STORE || raise(present, protection)
    }
    const entry = reach(root, page)
    if (entry === NONE) return false
    claim(entry)
    const frame = frameOfPart(part)
    if (frame === NONE) {
      disclaim(entry)
      return false
    }
    get(frame)
    set(entry, lowFor(frame, protection), highFor(frame, protection))
    return true
  }

  /** Gives an entry all the rights of its region: shared memory is written where it is. */
  function raise(entry: number, protection: number) {
    const low = words[entry]
    const frame = heldFrameOf(low, words[entry + 1])
    if ((low & WRITABLE) === 0) publish(entry, lowFor(frame, protection) | low, highFor(frame, protection))
    return true
  }

  /** The frame that an object has a page in, brought there if it must be, with room for one more reference; or NONE. */
  function frameOfPart(part: number) {
    const at = words[part]
    if (at > 0) return words[REFERENCES + at - 1] < SHARERS ? at - 1 : NONE
    const frame = takePage()
    if (frame === NONE) return NONE
    if (at === 0) zero(frame)
    else {
      read(~at, frame)
      putSlot(~at)
    }
    words[part] = frame + 1
    words[PART + frame] = part
    return frame
  }

  return { makePrivate, makeShared }
}
