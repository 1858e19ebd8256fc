// Emptying a range of pages by walking the tables that exist, never the pages that might: to unmap all of a 47-bit
// address space costs what is in it. Where a table is missing, the sweep jumps over all pages that it would describe;
// a table that the sweep empties is given back at once, and what its
// entries held loses a reference.

import type { Core } from '../core.js'
import { indexBits } from '../geometry.js'
import * as entryFormat from './entry.js'
import type { Leaves } from './leaves.js'
import type { Tables } from './tables.js'

export type Sweep = ReturnType<typeof createSweep>['sweep']

export function createSweep(core: Core, tables: Tables, leaves: Leaves) {
  const { words, layout } = core
  const { geometry } = core.boot
  const { emptyFrom, tableOf, prune } = tables
  const { drop } = leaves
  const { frameOf, FRAME_SHIFT, LOW_FRAMES, PRESENT } = entryFormat
  const RAM = layout.ram
  const ENTRIES = layout.entries
  const NARROW = layout.allFrames <= LOW_FRAMES
  const TABLE_SHIFT = 31 - Math.clz32(layout.pageWords)
  const INDEX_BITS = indexBits(geometry)
  const TABLE_ENTRIES = 1 << INDEX_BITS
  const INDEX_MASK = TABLE_ENTRIES - 1
  const TOP_SPAN = TABLE_ENTRIES ** (geometry.levels - 1)
  const SECOND_SHIFT = INDEX_BITS * (geometry.levels - 2)

  /** Makes all entries of the pages from `first` up to `end` absent and lets go what they held. The root stays. */
  function sweep(root: number, first: number, end: number) {
    let page = first
    while (page < end && words[ENTRIES + root] > 0) {
      // Down to the page's entry or to the first that leads nowhere; `span` is how many pages lie below that entry.
      let span = TOP_SPAN
      let entry = (RAM + (root << TABLE_SHIFT) + (((page / TOP_SPAN) & INDEX_MASK) << 1)) | 0
      for (let shift = SECOND_SHIFT; shift >= 0 && (words[entry] & PRESENT) !== 0; shift -= INDEX_BITS) {
        const table = NARROW ? words[entry] >>> FRAME_SHIFT : frameOf(words[entry], words[entry + 1])
        entry = (RAM + (table << TABLE_SHIFT) + (((page >>> shift) & INDEX_MASK) << 1)) | 0
        span /= TABLE_ENTRIES
      }
      if (span > 1) page = (Math.floor(page / span) + emptyFrom(entry)) * span
      else {
        const stop = Math.min(end, (Math.floor(page / TABLE_ENTRIES) + 1) * TABLE_ENTRIES)
        sweepEntries(entry, stop - page)
        page = stop
      }
    }
  }

  /** So many entries of one bottom table, from this one on. */
  function sweepEntries(first: number, count: number) {
    const table = tableOf(first)
    const end = first + count * 2
    for (let entry = first; entry < end && words[ENTRIES + table] > 0; entry += 2) {
      if ((words[entry] | words[entry + 1]) !== 0) drop(entry)
    }
    prune(first)
  }

  return { sweep }
}
