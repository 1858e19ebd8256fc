// Page tables are created when an entry needs them and freed when they hold none. The model counts them: `tables` of
// a space, where the scope takes tables from the frames; otherwise they come from a pool of their own, and whether a
// table can be had is a free choice. Rules: spec/page-tables.md.

import { freeFrames } from '../frames/frames.js'
import { bool, choose, ids, refuse, when } from '../kit/index.js'
import { counted, type M, type Page, type Placed, type Space, type State, spaceOf } from '../state.js'

const hasEntry = (m: M, space: Space, page: Page): boolean => m.spaces[space].pages[page].entry.is !== 'absent'

/**
 * Tables below the root that a page needs and no other entry does: to every other entry the tables part at some
 * levels on the way, and the nearest one shares most.
 */
export function tablesOwned(m: M, space: Space, page: Page): number {
  let owned = m.limits.levels
  for (const v of ids(m.tree)) if (v !== page && hasEntry(m, space, v)) owned = Math.min(owned, apart(m, v, page))
  return owned
}
function apart(m: M, one: Page, other: Page): number {
  let levels = 0
  for (const v of ids(m.tree)) {
    if (v > Math.min(one, other) && v <= Math.max(one, other)) levels = Math.max(levels, m.tree[v].apart)
  }
  return levels
}

/** Whether the frames hold this many more, tables included. */
export function fits(m: M, more: number): boolean {
  let tables = 0
  for (const s of m.spaces) tables += s.tables
  return freeFrames(m) >= tables + more
}

/** Whether a pool of tables is exhausted: free where tables have a pool of their own, never where they are counted. */
export const exhausted = when(b => !counted(b), bool)

/** A step that makes sure of the tables for a page, and of one more frame for its content. */
export const tablesFor = <T extends Placed>() =>
  choose<State, T, boolean>(
    exhausted,
    (m, my, none) => !none || needs(m, my) > 0,
    (m, my, none) => (none || (m.limits.counted && !fits(m, 1 + needs(m, my))) ? refuse('ENOMEM') : undefined),
  )
function needs(m: M, { process, page }: Placed): number {
  const space = spaceOf(m, process)
  return space === null || hasEntry(m, space, page) ? 0 : tablesOwned(m, space, page)
}

/** Changes the count of tables where the scope keeps one. */
export function countTables(m: M, space: Space, change: number): void {
  if (m.limits.counted) m.spaces[space].tables += change
}
