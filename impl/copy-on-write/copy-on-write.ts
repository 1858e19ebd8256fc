// The first store to a page of private memory that it does not have alone. A frame with no other reference is simply
// taken over; so is one that only the swap cache knows besides. Everything else is copied, and the copy is the page's own.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import * as entryFormat from '../page-tables/entry.js'
import type { Leaves } from '../page-tables/leaves.js'
import type { Tables } from '../page-tables/tables.js'
import type { Area } from '../swap/area.js'

export type CopyOnWrite = ReturnType<typeof createCopyOnWrite>

interface Chapters {
  readonly frames: Frames
  readonly area: Area
  readonly tables: Tables
  readonly leaves: Leaves
}

export function createCopyOnWrite(core: Core, { frames, area, tables, leaves }: Chapters) {
  const { words, layout, preempt } = core
  const { NONE } = answers
  const { ACCESSED, DIRTY, heldFrameOf, highFor, isZero, lowFor } = entryFormat
  const { get, takePage, zero } = frames
  const { uncache } = area
  const { publish } = tables
  const { replace } = leaves
  const MARKS = ACCESSED | DIRTY
  const REFERENCES = layout.references
  const SLOT = layout.frameSlot
  const RAM = layout.ram
  const PAGE_WORDS = layout.pageWords

  /** Makes an entry of private memory writable, which names a frame. Whether it could: a copy needs a frame. */
  function unshare(entry: number, protection: number) {
    const low = words[entry]
    if (isZero(low)) return replaceBy(entry, takePage(), NONE, protection)
    const frame = heldFrameOf(low, words[entry + 1])
    if (words[REFERENCES + frame] === 2 && words[SLOT + frame] !== 0) uncache(words[SLOT + frame] - 1)
    if (words[REFERENCES + frame] === 1) {
      publish(entry, lowFor(frame, protection) | (low & MARKS), highFor(frame, protection))
      return true
    }
    return copyOf(entry, frame, protection)
  }

  function copyOf(entry: number, source: number, protection: number) {
    // Held, so that making room for the copy does not evict what is to be copied.
    get(source)
    const copy = takePage()
    words[REFERENCES + source]--
    return replaceBy(entry, copy, source, protection)
  }

  /** Fills a fresh frame with what a source holds, or with zeros (NONE), and lets the entry name it. */
  function replaceBy(entry: number, frame: number, source: number, protection: number) {
    if (frame === NONE) return false
    if (source === NONE) zero(frame)
    else copy(source, frame)
    replace(entry, lowFor(frame, protection), highFor(frame, protection))
    return true
  }

  /** Copies what a frame holds to another. */
  function copy(source: number, frame: number) {
    preempt('copy-on-write.copy')
    const from = RAM + source * PAGE_WORDS
    words.copyWithin(RAM + frame * PAGE_WORDS, from, from + PAGE_WORDS)
  }

  return { unshare, copy }
}
