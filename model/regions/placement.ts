// Where a mapping goes that names no place: the highest run of pages that is free, below the room that stacks keep to
// grow into. Rule: spec/regions.md#placement.

import { ids, need } from '../kit/index.js'
import type { M, Page, Process, Space } from '../state.js'
import { inRange, isMapped, pagesOf, type Range } from './attributes.js'
import { type Clearing, clear } from './clearing.js'

/** What a command says about the place. */
export interface Placing {
  readonly process: Process
  readonly page: Page
  readonly count: number
  readonly placement: 'fixed' | 'noreplace' | 'hint' | 'anywhere'
  readonly skew: 'aligned' | 'unaligned'
}

/** Where it went, once that is known. */
export interface Started {
  readonly start: Page | null
  readonly count: number
}
export const placed = ({ start, count }: Started): Range => ({ page: need(start), count })

/** Whether the place is the one given or none. */
export const isExact = ({ placement }: Placing): boolean => placement === 'fixed' || placement === 'noreplace'

/** Whether a page is within the gap that a stack above it keeps. */
function belowStack(m: M, space: Space, v: Page): boolean {
  const gap = { page: (v + 1) as Page, count: m.limits.gap }
  return pagesOf(m, gap).some(u => m.spaces[space].pages[u].grows)
}
const isOpen = (m: M, space: Space, v: Page): boolean => !isMapped(m.spaces[space].pages[v]) && !belowStack(m, space, v)

/** The highest place with room for so many pages. */
export function highestGap(m: M, space: Space, count: number): Page | null {
  const places = ids(m.tree).filter(v => v + count <= m.tree.length)
  return places.findLast(v => pagesOf(m, { page: v, count }).every(u => isOpen(m, space, u))) ?? null
}

/** Whether a range lies in the address space and nothing is mapped there. A hint may lie below a stack. */
export const isVacant = (m: M, space: Space, range: Range): boolean =>
  range.page + range.count <= m.tree.length &&
  ids(m.tree).every(v => !inRange(range, v) || !isMapped(m.spaces[space].pages[v]))

/** Whether the place must be searched. */
export const isSearched = (m: M, space: Space, my: Placing): boolean =>
  my.placement === 'anywhere' || (my.placement === 'hint' && !isVacant(m, space, my))

/** Commands that make no sense: nowhere in particular, at a page; or searched where the model sees only a window. */
export const isMisplaced = (m: M, space: Space, my: Placing): boolean =>
  (my.placement === 'anywhere' && (my.page !== 0 || my.skew === 'unaligned')) ||
  (isSearched(m, space, my) && !m.limits.top)

/** A step for each page of the place: what was there goes. */
export const clearPlaced = <T extends Started & Clearing>() => clear<T>((my, v) => inRange(placed(my), v))
