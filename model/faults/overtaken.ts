// A fault is not alone: between its look and its last step, another CPU may fault on the same page, evict it, or share
// what it names. So it holds on to what it copies from, looks again with the tables in hand, and begins anew where it was
// overtaken. An entry that is replaced is taken away first, and every CPU forgets it: no two may see different frames.
// Rule: spec/faults.md#several-cpus.

import { isInHand, letGoOfEntries } from '../concurrency/locks.js'
import { isFileBusy, keptContent } from '../files/files.js'
import { putFrame } from '../frames/frames.js'
import { block } from '../kit/index.js'
import { lacksTable } from '../page-tables/directory.js'
import { emptyEntry } from '../page-tables/page-tables.js'
import type { M } from '../state.js'
import { putSlot } from '../swap/swap.js'
import type { Resident } from './resident.js'
import { sourceFrame, sourceSlot, spotOf, takesFrame, wayOf } from './way.js'

/** Whether another CPU has entries of the space in hand, or what the page shows: it is being written, or given up. */
export function mustWait(m: M, my: Resident): boolean {
  const { space, page } = spotOf(m, my)
  const slot = sourceSlot(m, my)
  return isInHand(m, { space, page }, my.cpu) || (slot !== null && m.slots[slot].busy) || isFileBusy(m, space, page)
}

/** A step: what the content is taken from stays what it is until it is copied. */
export function holdSource(m: M, my: Resident) {
  if (my.frame === null) return undefined
  if (mustWait(m, my)) return block
  my.source = sourceFrame(m, my)
  my.sourceSlot = sourceSlot(m, my)
  if (my.source !== null) m.frames[my.source].references++
  if (my.sourceSlot !== null) m.slots[my.sourceSlot].references++
  return undefined
}

/** Whether what was looked at is not so any more. */
export const isOvertaken = (m: M, my: Resident): boolean =>
  mustWait(m, my) ||
  lacksTable(m, spotOf(m, my)) ||
  isOutdated(m, my) ||
  takesFrame(wayOf(m, my)) !== (my.frame !== null) ||
  (my.frame !== null && (sourceFrame(m, my) !== my.source || sourceSlot(m, my) !== my.sourceSlot))

/** Whether it takes a frame that is not in hand, or shows a page of a file that is not what it was. */
export function comesTooLate(m: M, my: Resident): boolean {
  const { space, page } = spotOf(m, my)
  const way = wayOf(m, my)
  const shows = way === 'show the object' || way === 'bring the object in'
  return (my.frame === null && takesFrame(way)) || (shows && isFileBusy(m, space, page)) || isOutdated(m, my)
}
/**
 * Whether the frame in hand is not what the object's page holds any more: others have brought the page in, and it went out
 * again to another slot, or its file has kept something else. It is on the same way as before, and yet another page.
 */
function isOutdated(m: M, my: Resident): boolean {
  const { space, page } = spotOf(m, my)
  if (my.frame === null || wayOf(m, my) !== 'bring the object in') return false
  if (sourceSlot(m, my) !== my.sourceSlot) return true
  return my.sourceSlot === null && m.frames[my.frame].content !== keptContent(m, space, page)
}

/** Takes an entry away that will name another frame. */
export function breakEntry(m: M, my: Resident): void {
  const { space, page } = spotOf(m, my)
  const it = m.spaces[space].pages[page]
  const { entry } = it
  if (my.frame === null || (entry.is !== 'present' && entry.is !== 'zero')) return
  if (entry.is === 'present') putFrame(m, entry.frame)
  emptyEntry(it)
  my.stale = true
}

/** Gives back what is in hand, and the tables. */
export function letGoOfAll(m: M, my: Resident): void {
  letGoOfEntries(m, spotOf(m, my).space, my.cpu)
  if (my.frame !== null) putFrame(m, my.frame)
  if (my.source !== null) putFrame(m, my.source)
  if (my.sourceSlot !== null) putSlot(m, my.sourceSlot)
  my.frame = null
  my.source = null
  my.sourceSlot = null
  my.stale = false
}
