// Regions are maximal runs of pages with equal protection. They are not stored; how many there are is, as a kernel
// stores it, against a limit. Rules: spec/regions.md.

import { putFrame } from '../frames/frames.js'
import { each, ids, need, type Of } from '../kit/index.js'
import { countTables, tablesOwned } from '../page-tables/page-tables.js'
import {
  Entry,
  type M,
  type Page,
  type Process,
  page,
  type regionKind,
  type Space,
  type State,
  spaceOf,
} from '../state.js'
import { putSlot } from '../swap/swap.js'

export type RegionKind = Of<typeof regionKind>
export interface Range {
  readonly page: Page
  readonly count: number
}
/** Whether a range passes the last page of the window. */
export const passesEnd = (m: M, { page, count }: Range): boolean => page + count > m.tree.length
/** Whether it does so where the address space goes on: the model has no such pages, and cannot say what would happen. */
export const leavesWindow = (m: M, range: Range): boolean => passesEnd(m, range) && !m.limits.top
export const inRange = ({ page, count }: Range, v: Page): boolean => v >= page && v < page + count

/** How many regions a space has once the range is of the given kind. */
export function regionsAfter(m: M, space: Space, range: Range, kind: RegionKind): number {
  const { pages } = m.spaces[space]
  let regions = 0
  let before: RegionKind = 'unmapped'
  for (const v of ids(pages)) {
    const here = inRange(range, v) ? kind : pages[v].region
    if (here !== 'unmapped' && here !== before) regions++
    before = here
  }
  return regions
}

/** Takes away what a page holds: its frame or its slot, its entry, and the tables that only it needed. */
export function clearEntry(m: M, space: Space, page: Page): void {
  const it = m.spaces[space].pages[page]
  const { entry } = it
  if (entry.is === 'absent') return
  it.entry = Entry.absent
  countTables(m, space, -tablesOwned(m, space, page))
  if (entry.is === 'present') putFrame(m, entry.frame)
  if (entry.is === 'swapped') putSlot(m, entry.slot)
}

/** Ghost: a page that is not mapped any more reads as zeros once it is mapped again. */
export function forget(m: State, { process }: { readonly process: Process }, page: Page): void {
  m.ghost.spaces[need(spaceOf(m, process))].pages[page].byte = 0
}

/** A step for each page of the range: what it holds goes. */
export const clearRange = <T extends Range & { readonly process: Process }>() =>
  each<State, T, 'page'>(page, (m, my, v) => clearEntry(m, need(spaceOf(m, my.process)), v), {
    where: inRange,
    ghost: forget,
  })

/** Makes the pages of a range one kind, and counts the regions. */
export function setRange(m: M, space: Space, range: Range, kind: RegionKind): void {
  m.spaces[space].regions = regionsAfter(m, space, range, kind)
  for (const v of ids(m.spaces[space].pages)) if (inRange(range, v)) m.spaces[space].pages[v].region = kind
}
