// Emptying a range of pages by walking the tables that exist, never the pages that might: to unmap all of a 47-bit
// address space costs what is in it. Where a table is missing, the sweep jumps over all pages that it would describe;
// a table that the sweep empties is given back at once, and what its entries held loses a reference.

import type { Core } from '../core.js'
import { indexBits } from '../geometry.js'
import type { Gather } from '../tlb/gather.js'
import * as entryFormat from './entry.js'
import type { Leaves } from './leaves.js'
import type { Tables } from './tables.js'

export type Sweep = ReturnType<typeof createSweep>['sweep']

export function createSweep(core: Core, tables: Tables, leaves: Leaves, { makeRoom, forgetPages }: Gather) {
  const { words, layout } = core
  const { geometry } = core.boot
  const { emptyFrom, tableOf, prune } = tables
  const { drop } = leaves
  const { frameOf, FRAME_SHIFT, LOW_FRAMES, PRESENT } = entryFormat
  const RAM = layout.ram
  const ENTRIES = layout.entries
  const PARENT = layout.parent
  const SEVERAL = core.boot.cpus > 1
  const NARROW = layout.allFrames <= LOW_FRAMES
  const TABLE_SHIFT = 31 - Math.clz32(layout.pageWords)
  const INDEX_BITS = indexBits(geometry)
  const TABLE_ENTRIES = 1 << INDEX_BITS
  const INDEX_MASK = TABLE_ENTRIES - 1
  const TABLE_FRACTION = 1 / TABLE_ENTRIES
  const TOP_FRACTION = TABLE_FRACTION ** (geometry.levels - 1)
  const SECOND_SHIFT = INDEX_BITS * (geometry.levels - 2)

  /** Makes all entries of the pages from `first` up to `end` absent and lets go what they held. The root stays. */
  function sweep(root: number, first: number, end: number) {
    clearRange(root, first, end)
    // A root's parent is its space, inverted.
    if (SEVERAL) forgetPages(~words[PARENT + root], first, end)
  }

  /** The same, but where other CPUs run, what the entries held is still in hand. */
  function clearRange(root: number, first: number, end: number) {
    let page = first
    while (page < end && words[ENTRIES + root] > 0) {
      // Down to the page's entry or to the first that leads nowhere.
      const low32 = page | 0
      let entry = (RAM + (root << TABLE_SHIFT) + (((page * TOP_FRACTION) & INDEX_MASK) << 1)) | 0
      let shift = SECOND_SHIFT
      while (shift >= 0 && (words[entry] & PRESENT) !== 0) {
        const table = NARROW ? words[entry] >>> FRAME_SHIFT : frameOf(words[entry], words[entry + 1])
        entry = (RAM + (table << TABLE_SHIFT) + (((low32 >>> shift) & INDEX_MASK) << 1)) | 0
        shift -= INDEX_BITS
      }
      if (shift >= 0) page = behindEmpty(page, entry, shift)
      else {
        const stop = Math.min(end, (Math.floor(page * TABLE_FRACTION) + 1) * TABLE_ENTRIES)
        sweepEntries(root, entry, stop - page)
        page = stop
      }
    }
  }

  /** The first page behind those below an entry of an upper table that leads nowhere, and below others like it. */
  function behindEmpty(page: number, entry: number, shift: number) {
    const span = (1 << shift) * TABLE_ENTRIES
    return (Math.floor(page / span) + emptyFrom(entry)) * span
  }

  /** So many entries of one bottom table, from this one on. */
  function sweepEntries(root: number, first: number, count: number) {
    const table = tableOf(first)
    const end = first + count * 2
    for (let entry = first; entry < end && words[ENTRIES + table] > 0; entry += 2) {
      if ((words[entry] | words[entry + 1]) === 0) continue
      if (SEVERAL) makeRoom(~words[PARENT + root])
      drop(entry)
    }
    prune(first)
  }

  return { sweep, clearRange }
}
