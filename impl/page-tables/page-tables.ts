// The radix tree of page tables: from a page number to the entry that describes the page. Tables come into being on
// the way to a page that needs them and go as soon as they are empty; the root lives as long as its space.
//
//   root ──▶ ┌ top index ┐ ──▶ ┌ … ┐ ──▶ ┌ bottom index ┐ ──▶ the page's entry
//
// A page number of a 48-bit address has 36 bits, four more than JavaScript's bit operators keep. The top index is
// therefore cut off by a multiplication, and the others come from the low 32 bits, which hold all of them.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import { indexBits } from '../geometry.js'
import * as entryFormat from './entry.js'
import type { Tables } from './tables.js'

export type PageTables = ReturnType<typeof createPageTables>

export function createPageTables(core: Core, tables: Tables) {
  const { words, layout, chose } = core
  const { EEXIST, ENOMEM, NONE, OK } = answers
  const { frameOf, isPresent, PRESENT, lowFor, highFor, LOW_FRAMES, FRAME_SHIFT } = entryFormat
  const { geometry } = core.boot
  const { grow, point, fill, clear, prune } = tables
  const RAM = layout.ram
  /** Where all frame numbers fit the low word of an entry, the high one says nothing about a table. */
  const NARROW = layout.allFrames <= LOW_FRAMES
  const TABLE_SHIFT = 31 - Math.clz32(layout.pageWords)
  const INDEX_BITS = indexBits(geometry)
  const INDEX_MASK = (1 << INDEX_BITS) - 1
  const TOP_FRACTION = 2 ** (-INDEX_BITS * (geometry.levels - 1))
  const SECOND_SHIFT = INDEX_BITS * (geometry.levels - 2)

  /** The entry of a page, or NONE where a table on the way is missing. The entry itself may be absent. */
  function walk(root: number, page: number) {
    // Cut off once: every bit operation on a double would do it again.
    const low32 = page | 0
    let entry = (RAM + (root << TABLE_SHIFT) + (((page * TOP_FRACTION) & INDEX_MASK) << 1)) | 0
    for (let shift = SECOND_SHIFT; shift >= 0; shift -= INDEX_BITS) {
      const low = words[entry]
      if ((low & PRESENT) === 0) return NONE
      const table = NARROW ? low >>> FRAME_SHIFT : frameOf(low, words[entry + 1])
      entry = (RAM + (table << TABLE_SHIFT) + (((low32 >>> shift) & INDEX_MASK) << 1)) | 0
    }
    return entry
  }

  /**
   * The same, making missing tables, and reporting whether all could be had. NONE when one cannot; the others made on the
   * way are then gone again.
   */
  function reach(root: number, page: number) {
    // Nearly always nothing is missing, and a walk that makes nothing is the faster one.
    const entry = walk(root, page)
    return entry === NONE ? build(root, page) : entry
  }

  function build(root: number, page: number) {
    let entry = (RAM + (root << TABLE_SHIFT) + (((page * TOP_FRACTION) & INDEX_MASK) << 1)) | 0
    for (let shift = SECOND_SHIFT; shift >= 0; shift -= INDEX_BITS) {
      const low = words[entry]
      const table = (low & PRESENT) === 0 ? grow(entry) : frameOf(low, words[entry + 1])
      if (table === NONE) {
        prune(entry)
        chose('table', NONE)
        return NONE
      }
      entry = (RAM + (table << TABLE_SHIFT) + (((page >>> shift) & INDEX_MASK) << 1)) | 0
    }
    chose('table', 0)
    return entry
  }

  /** How many tables are missing on the way to a page. */
  function missing(root: number, page: number) {
    let entry = (RAM + (root << TABLE_SHIFT) + (((page * TOP_FRACTION) & INDEX_MASK) << 1)) | 0
    for (let shift = SECOND_SHIFT, left = geometry.levels - 1; shift >= 0; shift -= INDEX_BITS, left--) {
      if ((words[entry] & PRESENT) === 0) return left
      const table = frameOf(words[entry], words[entry + 1])
      entry = (RAM + (table << TABLE_SHIFT) + (((page >>> shift) & INDEX_MASK) << 1)) | 0
    }
    return 0
  }

  /** Hangs a table in where the first one is missing on the way to a page. */
  function hang(root: number, page: number, table: number) {
    let entry = (RAM + (root << TABLE_SHIFT) + (((page * TOP_FRACTION) & INDEX_MASK) << 1)) | 0
    for (let shift = SECOND_SHIFT; (words[entry] & PRESENT) !== 0; shift -= INDEX_BITS) {
      const below = frameOf(words[entry], words[entry + 1])
      entry = (RAM + (below << TABLE_SHIFT) + (((page >>> shift) & INDEX_MASK) << 1)) | 0
    }
    point(entry, table)
  }

  /** Maps a page to a frame, where nothing was, and keeps no books of it: for measurements. OK, ENOMEM without a table, EEXIST where the entry is in use. */
  function map(root: number, page: number, frame: number, protection: number) {
    const entry = reach(root, page)
    if (entry === NONE) return ENOMEM
    if ((words[entry] | words[entry + 1]) !== 0) return EEXIST
    fill(entry, lowFor(frame, protection), highFor(frame, protection))
    return OK
  }

  /** Removes such a mapping of a page, and tables that this empties. The frame it named, or NONE where it was not present. */
  function unmap(root: number, page: number) {
    const entry = walk(root, page)
    if (entry === NONE) return NONE
    const low = words[entry]
    if (!isPresent(low)) return NONE
    const frame = frameOf(low, words[entry + 1])
    if (clear(entry) === 0) prune(entry)
    return frame
  }

  return { walk, reach, missing, hang, map, unmap }
}
