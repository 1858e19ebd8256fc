// Emptying a range of pages by walking the tables that exist, never the pages that might: to unmap all of a 47-bit
// address space costs what is in it. A table that the sweep empties is given back on the way up.

import type { Core } from '../core.js'
import { indexBits } from '../geometry.js'
import { frameOf } from './entry.js'
import type { Tables } from './tables.js'

/** What becomes of an entry's frame or slot once the entry is absent. */
export type Discard = (low: number, high: number) => void

export type Sweep = ReturnType<typeof createSweep>

export function createSweep(core: Core, tables: Tables, discard: Discard) {
  const { words, layout } = core
  const { geometry } = core.boot
  const { clear, give } = tables
  const RAM = layout.ram
  const PAGE_WORDS = layout.pageWords
  const ENTRIES = layout.entries
  const TABLE_ENTRIES = 2 ** indexBits(geometry)
  const TOP = geometry.levels - 1
  /** Pages below one entry of each level. */
  const SPANS = Array.from({ length: geometry.levels }, (_, level) => TABLE_ENTRIES ** level)

  /** Makes all entries of the pages from `first` up to `end` absent and discards what they held. The root stays. */
  function sweep(root: number, first: number, end: number) {
    sweepTable(root, TOP, 0, first, end)
  }

  /** The part of the range that lies below one table, whose first entry stands for page `base`. */
  function sweepTable(table: number, level: number, base: number, first: number, end: number) {
    const span = SPANS[level]
    const from = Math.max(0, Math.floor((first - base) / span))
    const to = Math.min(TABLE_ENTRIES, Math.ceil((end - base) / span))
    for (let index = from; index < to && words[ENTRIES + table] > 0; index++) {
      const entry = RAM + table * PAGE_WORDS + index * 2
      const low = words[entry]
      const high = words[entry + 1]
      if ((low | high) === 0) continue
      if (level > 0) {
        const child = frameOf(low, high)
        sweepTable(child, level - 1, base + index * span, first, end)
        if (words[ENTRIES + child] > 0) continue
        clear(entry)
        give(child)
      } else {
        clear(entry)
        discard(low, high)
      }
    }
  }

  return { sweep }
}
