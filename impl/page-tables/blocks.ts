// Going through the entries of a range table by table, skipping what has no tables: the range is cut into blocks, the
// parts of it that lie in one bottom table. What is done to a block may not need memory; between two blocks anything
// may happen, for each is looked up afresh.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import { indexBits } from '../geometry.js'
import * as entryFormat from './entry.js'
import type { Tables } from './tables.js'

export type Blocks = ReturnType<typeof createBlocks>

export function createBlocks(core: Core, { emptyFrom, pageOf }: Tables) {
  const { words, layout } = core
  const { geometry } = core.boot
  const { NONE } = answers
  const { frameOf, FRAME_SHIFT, LOW_FRAMES, PRESENT } = entryFormat
  const RAM = layout.ram
  const NARROW = layout.allFrames <= LOW_FRAMES
  const TABLE_SHIFT = 31 - Math.clz32(layout.pageWords)
  const INDEX_BITS = indexBits(geometry)
  const TABLE_ENTRIES = 1 << INDEX_BITS
  const INDEX_MASK = TABLE_ENTRIES - 1
  const TOP_SPAN = TABLE_ENTRIES ** (geometry.levels - 1)
  const SECOND_SHIFT = INDEX_BITS * (geometry.levels - 2)

  /** The entry of the first page from `first` up to `end` that has a bottom table, or NONE. */
  function entryFrom(root: number, first: number, end: number) {
    let page = first
    while (page < end) {
      let span = TOP_SPAN
      let entry = (RAM + (root << TABLE_SHIFT) + (((page / TOP_SPAN) & INDEX_MASK) << 1)) | 0
      for (let shift = SECOND_SHIFT; shift >= 0 && (words[entry] & PRESENT) !== 0; shift -= INDEX_BITS) {
        const table = NARROW ? words[entry] >>> FRAME_SHIFT : frameOf(words[entry], words[entry + 1])
        entry = (RAM + (table << TABLE_SHIFT) + (((page >>> shift) & INDEX_MASK) << 1)) | 0
        span /= TABLE_ENTRIES
      }
      if (span === 1) return entry
      page = (Math.floor(page / span) + emptyFrom(entry)) * span
    }
    return NONE
  }

  /** Where the block ends that a page lies in: the first page behind its bottom table. */
  const endOfBlock = (page: number) => (Math.floor(page / TABLE_ENTRIES) + 1) * TABLE_ENTRIES

  /** The first entry in use from `first` up to `end`, or NONE. */
  function inUseFrom(root: number, first: number, end: number) {
    let page = first
    for (;;) {
      const entry = entryFrom(root, page, end)
      if (entry === NONE) return NONE
      const start = pageOf(entry)
      const stop = Math.min(end, endOfBlock(start))
      const found = inUseOf(entry, stop - start)
      if (found !== NONE) return found
      page = stop
    }
  }

  /** The first entry in use among so many of one table, from this one on, or NONE. */
  function inUseOf(first: number, count: number) {
    const end = first + count * 2
    for (let entry = first; entry < end; entry += 2) if ((words[entry] | words[entry + 1]) !== 0) return entry
    return NONE
  }

  return { entryFrom, endOfBlock, inUseFrom }
}
