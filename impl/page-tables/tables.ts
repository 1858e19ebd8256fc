// Page tables as objects: taking and giving back a table, and changing one entry in the order that keeps a walker
// on another CPU from ever acting on half an entry. Every table's frame knows how many of its entries are in use
// (naming a frame or a slot) and which entry points at it, so that an empty table is found and given back without a walk.
// An entry is named by the number of its low word in the buffer; its high word follows. A root's parent is its space,
// inverted: so an entry alone leads back to the page and the space it belongs to.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import { indexBits } from '../geometry.js'
import type { Gather } from '../tlb/gather.js'
import * as entryFormat from './entry.js'
import { createKernelHalf } from './kernel-half.js'

export type Tables = ReturnType<typeof createTables>

export function createTables(core: Core, frames: Frames, { gatherTable }: Gather) {
  const { words, layout, preempt, chose } = core
  const { begin, lacks, takeTable, giveTable, zero } = frames
  const { NONE } = answers
  const INDEX_BITS = indexBits(core.boot.geometry)
  const TABLE_ENTRIES = 1 << INDEX_BITS
  const { ACCESSED, PRESENT, presentHigh, presentLow, USER, WRITABLE } = entryFormat
  // What an entry that points at a table allows: everything, for the last entry of the walk decides. It is born
  // accessed, as Linux's `_PAGE_TABLE` is, so that the hardware never has to write it.
  const TABLE_RIGHTS = PRESENT | WRITABLE | USER | ACCESSED
  const ENTRIES = layout.entries
  const PARENT = layout.parent
  const RAM = layout.ram
  const TABLE_SHIFT = 31 - Math.clz32(layout.pageWords)
  const PAGE_MASK = layout.pageWords - 1
  const kernelHalf = createKernelHalf(core)
  const SEVERAL = core.boot.cpus > 1

  function format() {
    words.fill(0, ENTRIES, ENTRIES + layout.allFrames)
    words.fill(NONE, PARENT, PARENT + layout.poolFrames)
    words.fill(NONE, PARENT + layout.zeroFrame, PARENT + layout.allFrames)
    kernelHalf.format()
  }

  /** The table that an entry lies in. */
  const tableOf = (entry: number) => (entry - RAM) >> TABLE_SHIFT

  const indexOf = (entry: number) => (entry & PAGE_MASK) >> 1

  /** The page that an entry of a bottom table describes. */
  function pageOf(entry: number) {
    let page = indexOf(entry)
    let span = TABLE_ENTRIES
    for (let above = words[PARENT + tableOf(entry)]; above >= 0; above = words[PARENT + tableOf(above)]) {
      page += indexOf(above) * span
      span *= TABLE_ENTRIES
    }
    return page
  }

  /** The space that an entry belongs to. */
  function spaceOf(entry: number) {
    let above = words[PARENT + tableOf(entry)]
    while (above >= 0) above = words[PARENT + tableOf(above)]
    return ~above
  }

  /** How many entries, from one of an upper table that leads nowhere up to the next of that table that leads on. */
  function emptyFrom(entry: number) {
    let at = entry + 2
    while ((at & PAGE_MASK) !== 0 && (words[at] & PRESENT) === 0) at += 2
    return (at - entry) >> 1
  }

  /** Takes an empty table that hangs below an entry, or below a space (inverted) for a root. Its frame, or NONE. */
  function take(parent: number) {
    const table = takeTable()
    if (table === NONE) return NONE
    zero(table)
    words[PARENT + table] = parent
    return table
  }

  function give(table: number) {
    words[PARENT + table] = NONE
    giveTable(table)
  }

  /** Takes a root for a space: nothing in the user half, and the kernel's half. Its frame; ENOMEM, failed if it evicted. */
  function takeRoot(space: number) {
    begin()
    const root = take(~space)
    chose('table', root === NONE ? NONE : 0)
    if (root === NONE) return lacks()
    kernelHalf.link(root)
    return root
  }

  /** Lets an absent entry point at a table that is in hand, and empty. */
  function point(entry: number, table: number) {
    words[PARENT + table] = entry
    fill(entry, presentLow(table, TABLE_RIGHTS), presentHigh(table, 0))
  }

  /** Takes a table and lets an absent entry point at it. Its frame, or NONE. */
  function grow(entry: number) {
    // Claimed before the table is taken: an eviction on the way must not find the table of this entry empty.
    claim(entry)
    const table = take(entry)
    if (table === NONE) count(entry, -1)
    else publish(entry, presentLow(table, TABLE_RIGHTS), presentHigh(table, 0))
    return table
  }

  /** Counts an absent entry as in use, so that its table stays until the entry is published, or no longer claimed. */
  function claim(entry: number) {
    count(entry, 1)
  }

  /** One entry more in use of the table that it lies in, or one less. */
  function count(entry: number, by: number) {
    if (SEVERAL) Atomics.add(words, ENTRIES + tableOf(entry), by)
    else words[ENTRIES + tableOf(entry)] += by
  }

  /** Takes a claim back, and with it tables that nothing else needs. */
  function disclaim(entry: number) {
    count(entry, -1)
    prune(entry)
  }

  /** Gives an absent entry its first meaning. */
  function fill(entry: number, low: number, high: number) {
    count(entry, 1)
    publish(entry, low, high)
  }

  /** Gives an entry a new meaning: not present, then the high word, then the low word, which holds the present bit. */
  function publish(entry: number, low: number, high: number) {
    words[entry] = 0
    words[entry + 1] = high
    preempt('page-tables.publish')
    if (SEVERAL) Atomics.store(words, entry, low)
    else words[entry] = low
  }

  /** Hides an entry from walkers until it is published again. It still counts as in use. */
  function hide(entry: number) {
    preempt('page-tables.clear')
    words[entry] = 0
  }

  /** Makes an entry absent. Its table stays, even when that was its last one. How many the table has left. */
  function clear(entry: number) {
    hide(entry)
    words[entry + 1] = 0
    count(entry, -1)
    return words[ENTRIES + tableOf(entry)]
  }

  /** Gives back the table an absent entry lies in if it is empty, and what that empties above it. The root stays. */
  function prune(entry: number) {
    let table = tableOf(entry)
    while (words[ENTRIES + table] === 0) {
      const parent = words[PARENT + table]
      if (parent < 0) return
      clear(parent)
      // Another CPU may be walking through it.
      if (SEVERAL) gatherTable(table)
      else give(table)
      table = tableOf(parent)
    }
  }

  return {
    format,
    tableOf,
    pageOf,
    spaceOf,
    emptyFrom,
    takeRoot,
    give,
    grow,
    point,
    claim,
    disclaim,
    fill,
    publish,
    hide,
    clear,
    prune,
  }
}
