// Page tables as objects: taking and giving back a table, and changing one entry in the order that keeps a walker
// on another CPU from ever acting on half an entry. Every table's frame knows how many of its entries are in use
// (present or swapped) and which entry points at it, so that an empty table is found and given back without a walk.
// An entry is named by the number of its low word in the buffer; its high word follows.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import * as entryFormat from './entry.js'

export type Tables = ReturnType<typeof createTables>

export function createTables(core: Core, frames: Frames) {
  const { words, layout, preempt, chose } = core
  const { takeTable, giveTable, zero } = frames
  const { NONE } = answers
  const { ACCESSED, PRESENT, presentHigh, presentLow, USER, WRITABLE } = entryFormat
  // What an entry that points at a table allows: everything, for the last entry of the walk decides. It is born
  // accessed, as Linux's `_PAGE_TABLE` is, so that the hardware never has to write it.
  const TABLE_RIGHTS = PRESENT | WRITABLE | USER | ACCESSED
  const ENTRIES = layout.entries
  const PARENT = layout.parent
  const RAM = layout.ram
  const TABLE_SHIFT = 31 - Math.clz32(layout.pageWords)

  function format() {
    words.fill(0, ENTRIES, ENTRIES + layout.allFrames)
    words.fill(NONE, PARENT, PARENT + layout.poolFrames)
  }

  /** The table that an entry lies in. */
  const tableOf = (entry: number) => (entry - RAM) >> TABLE_SHIFT

  /** Takes an empty table that hangs below an entry, or below nothing (NONE) for a root. Its frame, or NONE. */
  function take(parent: number) {
    const table = takeTable()
    chose('table', table === NONE ? NONE : 0)
    if (table === NONE) return NONE
    zero(table)
    words[PARENT + table] = parent
    return table
  }

  function give(table: number) {
    words[PARENT + table] = NONE
    giveTable(table)
  }

  /** Takes a table and lets an absent entry point at it. Its frame, or NONE. */
  function grow(entry: number) {
    const table = take(entry)
    if (table !== NONE) fill(entry, presentLow(table, TABLE_RIGHTS), presentHigh(table, 0))
    return table
  }

  /** Gives an absent entry its first meaning. */
  function fill(entry: number, low: number, high: number) {
    words[ENTRIES + tableOf(entry)]++
    publish(entry, low, high)
  }

  /** Gives an entry a new meaning: not present, then the high word, then the low word, which holds the present bit. */
  function publish(entry: number, low: number, high: number) {
    words[entry] = 0
    words[entry + 1] = high
    preempt('page-tables.publish')
    words[entry] = low
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
    const count = ENTRIES + tableOf(entry)
    words[count]--
    return words[count]
  }

  /** Gives back the table an absent entry lies in if it is empty, and what that empties above it. The root stays. */
  function prune(entry: number) {
    let table = tableOf(entry)
    while (words[ENTRIES + table] === 0) {
      const parent = words[PARENT + table]
      if (parent === NONE) return
      clear(parent)
      give(table)
      table = tableOf(parent)
    }
  }

  return { format, tableOf, take, give, grow, fill, publish, hide, clear, prune }
}
