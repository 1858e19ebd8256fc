// Who names a frame or a slot: entries of any space, and pages of objects. Whoever takes a frame away, or brings a slot
// back, has to find all of them. Rules: spec/swap.md#swap-out, spec/swap.md#swapoff.

import { putFrame } from '../frames/frames.js'
import { ids } from '../kit/index.js'
import { dropEntry } from '../page-tables/page-tables.js'
import {
  Entry,
  type Frame,
  type M,
  type ObjectId,
  type Page,
  Part,
  type PartId,
  type Place,
  type Slot,
  type Space,
} from '../state.js'
import { cacheOf } from './swap.js'

const places = (m: M, where: (at: M['spaces'][Space]['pages'][Page]) => boolean): readonly Place[] =>
  ids(m.spaces).flatMap(space =>
    ids(m.spaces[space].pages)
      .filter(page => where(m.spaces[space].pages[page]))
      .map(page => ({ space, page })),
  )
/** The pages whose entries name a frame, and those whose entries name a slot. */
export const mappingsOf = (m: M, f: Frame): readonly Place[] =>
  places(m, ({ entry }) => entry.is === 'present' && entry.frame === f)
export const swappedTo = (m: M, s: Slot): readonly Place[] =>
  places(m, ({ entry }) => entry.is === 'swapped' && entry.slot === s)

export interface PartPlace {
  readonly object: ObjectId
  readonly part: PartId
}
function partWhere(m: M, where: (at: M['objects'][ObjectId]['parts'][PartId]['at']) => boolean): PartPlace | null {
  for (const object of ids(m.objects)) {
    for (const part of ids(m.objects[object].parts)) {
      if (where(m.objects[object].parts[part].at)) return { object, part }
    }
  }
  return null
}
/** The page of an object that is in a frame, and the one that is in a slot. */
export const partIn = (m: M, f: Frame): PartPlace | null => partWhere(m, at => at.is === 'resident' && at.frame === f)
export const partSwappedTo = (m: M, s: Slot): PartPlace | null =>
  partWhere(m, at => at.is === 'swapped' && at.slot === s)

/**
 * Whether somebody who locks no space is changing what a page has: it is on its way to a slot, or a page of a file is being
 * saved or given up. The entry says so already, and CPUs may not have forgotten yet what it said before.
 */
export function isLeaving(m: M, space: Space, page: Page): boolean {
  const { entry, object, file, offset } = m.spaces[space].pages[page]
  const origin = object ?? file
  if (origin !== null && m.objects[origin].parts[offset as PartId].busy) return true
  const at = object === null ? entry : m.objects[object].parts[offset as PartId].at
  return at.is === 'swapped' && m.slots[at.slot].busy
}

/**
 * A frame can be evicted if only pages and the cache name it, none of them is locked, and the slot that the cache knows
 * can count them all.
 */
export function isEvictable(m: M, f: Frame): boolean {
  const mappings = mappingsOf(m, f)
  const part = partIn(m, f)
  const known = mappings.length + (part === null ? 0 : 1) + (cacheOf(m, f) === null ? 0 : 1)
  return (
    known > 0 &&
    known === m.frames[f].references &&
    mappings.every(({ space, page }) => m.spaces[space].pages[page].lock === 'none') &&
    countable(m, f, mappings.length) &&
    (part === null || isSwappable(m, part.object))
  )
}

/** What a file holds has a place of its own, and needs no slot. */
const isSwappable = (m: M, o: ObjectId): boolean => m.objects[o].kind !== 'file' && !m.objects[o].held

/** What names a cached frame will name the slot, in place of the cache. */
function countable(m: M, f: Frame, names: number): boolean {
  const slot = cacheOf(m, f)
  return slot === null || m.slots[slot].references + names - 1 <= m.limits.sharers
}

/**
 * All that names the frame names the slot. A page of an object is swapped once, for everybody: it names the slot, and
 * the entries that showed it are gone.
 */
export function redirect(m: M, f: Frame, s: Slot): void {
  // The operation has the frame in hand until what it holds is in the slot.
  m.frames[f].references++
  const part = partIn(m, f)
  for (const { space, page } of mappingsOf(m, f)) {
    if (part !== null) dropEntry(m, space, page)
    else swapEntry(m, space, page, s)
    putFrame(m, f)
  }
  if (part === null) return
  m.objects[part.object].parts[part.part].at = Part.swapped({ slot: s })
  m.slots[s].references++
  putFrame(m, f)
}
function swapEntry(m: M, space: Space, page: Page, s: Slot): void {
  const it = m.spaces[space].pages[page]
  it.entry = Entry.swapped({ slot: s })
  it.accessed = false
  m.slots[s].references++
}
