// Page tables are created when an entry needs them and freed when they hold none. The model counts them: `tables` of
// a space, where the scope takes tables from the frames; otherwise they come from a pool of their own, and whether a
// table can be had is a free choice. Rules: spec/page-tables.md#tables, spec/concurrency.md#tables-that-count.

import { freeFrames } from '../frames/frames.js'
import { bool, ids, type Of, when } from '../kit/index.js'
import { counted, Entry, type M, type Page, type Space } from '../state.js'

const hasEntry = (m: M, space: Space, page: Page): boolean => m.spaces[space].pages[page].entry.is !== 'absent'

/** Tables below the root that entries for these pages need: each adds those that the entry before it does not have. */
export function tablesOf(m: M, filled: (v: Page) => boolean): number {
  let tables = 0
  let apart = m.limits.levels
  for (const v of ids(m.tree)) {
    if (tables > 0) apart = Math.max(apart, m.tree[v].apart)
    if (!filled(v)) continue
    tables += apart
    apart = 0
  }
  return tables
}

/** Tables below the root that a page needs and no other entry does. */
export function tablesOwned(m: M, space: Space, page: Page): number {
  const others = tablesOf(m, v => v !== page && hasEntry(m, space, v))
  return tablesOf(m, v => v === page || hasEntry(m, space, v)) - others
}
/** Tables that are still to be made before the page can have an entry. */
export const tablesMissing = (m: M, space: Space, page: Page): number =>
  hasEntry(m, space, page) ? 0 : tablesOwned(m, space, page)

/** Whether the frames hold this many more, tables included. */
export function fits(m: M, more: number): boolean {
  let tables = 0
  for (const s of m.spaces) tables += s.tables
  return freeFrames(m) >= tables + more
}

/** Whether a pool of tables is exhausted: free where tables have a pool of their own, never where they are counted or plenty. */
export const exhausted = when(b => !counted(b) && b.switches.tables !== 'plenty', bool)

/** Changes the count of tables where the scope keeps one. */
export function countTables(m: M, space: Space, change: number): void {
  if (m.limits.counted) m.spaces[space].tables += change
}

/** Counts the tables of a space anew, the root with them: those that nothing needs any more are given back together. */
export function giveBackTables(m: M, space: Space): void {
  if (m.limits.counted) m.spaces[space].tables = 1 + tablesOf(m, v => hasEntry(m, space, v))
}

/** Gives a page an entry, or another one in place of what it has, and makes the tables on the way. */
export function setEntry(m: M, space: Space, page: Page, entry: Of<typeof Entry>): void {
  const missing = tablesMissing(m, space, page)
  m.spaces[space].pages[page].entry = entry
  countTables(m, space, missing)
}

/** Nothing is there any more, nor what hardware has noted of its use. What it named is for the caller to give back. */
export function emptyEntry(it: M['spaces'][Space]['pages'][Page]): void {
  it.entry = Entry.absent
  it.accessed = false
}
/** Takes an entry away, and the tables that only it needed. */
export function dropEntry(m: M, space: Space, page: Page): void {
  emptyEntry(m.spaces[space].pages[page])
  countTables(m, space, -tablesOwned(m, space, page))
}
