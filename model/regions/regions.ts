// What regions of a space have in common, whichever operation makes them: where a range may lie, what a page gives
// back when it goes, and the counters that a kernel keeps. Rules: spec/regions.md.

import { putFrame } from '../frames/frames.js'
import { ids, need } from '../kit/index.js'
import { countTables, emptyEntry, tablesOwned } from '../page-tables/page-tables.js'
import { forgetPins } from '../pins/pins.js'
import { destroyOrphans } from '../shared-memory/objects.js'
import { type M, type Page, type Process, type Space, type State, spaceOf } from '../state.js'
import { putSlot } from '../swap/swap.js'
import {
  assign,
  copyOf,
  draw,
  erase,
  isMapped,
  pagesOf,
  type Range,
  regionsOf,
  type Sketch,
  sketchOf,
} from './attributes.js'
import { dropSeams } from './identity.js'
import { nameRegions } from './nodes.js'

/** Whether a range passes the last page of the window. */
export const passesEnd = (m: M, { page, count }: Range): boolean => page + count > m.tree.length
/** Whether it does so where the address space goes on: the model has no such pages, and cannot say what would happen. */
export const leavesWindow = (m: M, range: Range): boolean => passesEnd(m, range) && !m.limits.top

/** Whether some page of a range is mapped, and whether all of its pages in the window are. */
export const someMapped = (m: M, space: Space, range: Range): boolean =>
  pagesOf(m, range).some(v => isMapped(m.spaces[space].pages[v]))
export const allMapped = (m: M, space: Space, range: Range): boolean =>
  pagesOf(m, range).every(v => isMapped(m.spaces[space].pages[v]))
export const mappedIn = (m: M, space: Space, range: Range): number =>
  pagesOf(m, range).filter(v => isMapped(m.spaces[space].pages[v])).length

/** Whether a space that became like this would have more regions than it may. */
export const tooMany = (m: M, after: Sketch): boolean => regionsOf(m, after).length > m.limits.regions

/** Makes the pages of a space what a sketch shows, and keeps all that is counted; objects that nothing keeps go. */
export function become(m: M, space: Space, after: Sketch): void {
  const it = m.spaces[space]
  if (m.objects.length > 0) attach(m, sketchOf(m, space), after)
  it.regions = regionsOf(m, after).length
  it.mapped = after.filter(isMapped).length
  it.locked = after.filter(a => a.lock !== 'none').length
  if (m.limits.linux) dropSeams(m, after)
  nameRegions(m, space, after)
  for (const v of ids(it.pages)) assign(it.pages[v], after[v])
  destroyOrphans(m)
}
/** Objects count the regions that show them. */
function attach(m: M, before: Sketch, after: Sketch): void {
  const [old, now] = [regionsOf(m, before), regionsOf(m, after)]
  for (const o of ids(m.objects)) {
    const count = now.filter(v => after[v].object === o).length - old.filter(v => before[v].object === o).length
    if (count !== 0) m.objects[o].attachments += count
  }
}
/** Unmaps a range whose entries are gone already. */
export function unmapRange(m: M, space: Space, range: Range): void {
  become(m, space, erased(m, space, range))
}
/** What a space would be without what is mapped in a range. */
export function erased(m: M, space: Space, range: Range): Sketch {
  const after = sketchOf(m, space)
  erase(m, after, range)
  return after
}
/**
 * The pages from `from` to `until`, which are not mapped, become pages of the region that starts at `until`. Growing looks
 * at no boundary: where regions keep their identity, it does not become one with what lies below.
 */
export function growDown(m: M, space: Space, from: Page, until: Page): void {
  const after = sketchOf(m, space)
  const first = after[until]
  first.seam = false
  draw(m, after, { page: from, count: until - from }, v => ({
    ...copyOf(first),
    seam: m.limits.linux && v === from,
    offset: m.limits.linux ? first.offset - (until - v) : 0,
  }))
  become(m, space, after)
}
/**
 * A space becomes what another one is, but for locks, which no child inherits. Entries are another matter. Rule:
 * spec/locking.md#inheritance.
 */
export function inherit(m: M, from: Space, to: Space): void {
  become(
    m,
    to,
    sketchOf(m, from).map(it => ({ ...it, lock: 'none' as const })),
  )
}

/**
 * Takes away what a page holds: its frame or its slot, its entry, and the tables that only it needed. Rule:
 * spec/regions.md#munmap-of-a-swapped-page.
 */
export function clearEntry(m: M, space: Space, page: Page): void {
  const it = m.spaces[space].pages[page]
  const { entry } = it
  if (entry.is === 'absent') return
  emptyEntry(it)
  countTables(m, space, -tablesOwned(m, space, page))
  if (entry.is === 'present') putFrame(m, entry.frame)
  if (entry.is === 'swapped') putSlot(m, entry.slot)
}

/** Ghost: pages that are not mapped any more read as zeros once they are mapped again. */
export function forget(m: State, { process }: { readonly process: Process }, range: Range): void {
  const space = need(spaceOf(m, process))
  for (const v of pagesOf(m, range)) m.ghost.spaces[space].pages[v].byte = 0
  forgetPins(m, space, v => v >= range.page && v < range.page + range.count)
}
