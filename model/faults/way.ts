// How a page becomes resident for an access: what the tables of the chapters say, asked for one page. It is asked again
// after each eviction, for that may change the answer. Rule: spec/faults.md#resident.

import { copyOnWriteDecision, othersOf } from '../copy-on-write/copy-on-write.js'
import { need } from '../kit/index.js'
import { originOf, partOf } from '../shared-memory/objects.js'
import { type Frame, type M, type Page, type Slot, type Space, spaceOf } from '../state.js'
import { cacheFor, swapInDecision } from '../swap/bring-in.js'
import { demandDecision } from './demand.js'
import type { Resident } from './resident.js'
import { isWritable } from './rights.js'

/** Which page it is about. */
export const spotOf = (m: M, my: Resident): { space: Space; page: Page } => ({
  space: need(spaceOf(m, my.process)),
  page: need(my.at),
})

export function wayOf(m: M, my: Resident) {
  const { space, page } = spotOf(m, my)
  const it = m.spaces[space].pages[page]
  const store = my.access === 'store'
  switch (it.entry.is) {
    case 'absent':
      // A copy is in hand of what the entry named, which is gone since every CPU has forgotten it.
      if (my.source !== null) return 'fresh'
      return demandDecision({ part: partAt(m, space, page), store, zeroFrame: m.limits.zeroFrame })
    case 'swapped':
      return swapInDecision({ store, cache: cacheFor(m, it.entry.slot) })
    case 'zero':
      return store ? copyOnWriteDecision({ shared: false, frame: 'zeros' }) : 'nothing'
    case 'present': {
      if (!store || isWritable(it.entry.rights)) return 'nothing'
      const shared = it.object !== null
      return copyOnWriteDecision({ shared, frame: shared ? 'others' : othersOf(m, it.entry.frame) })
    }
  }
}
export type Way = ReturnType<typeof wayOf>

const partAt = (m: M, space: Space, page: Page): 'none' | 'absent' | 'resident' | 'swapped' =>
  originOf(m, space, page) === null ? 'none' : partOf(m, space, page).is

/** Whether it takes a frame that nobody has yet. */
export function takesFrame(way: Way): boolean {
  switch (way) {
    case 'fresh':
    case 'bring the object in':
    case 'bring in':
    case 'bring in and keep':
    case 'copy the cached':
    case 'copy':
      return true
    case 'nothing':
    case 'frame of zeros':
    case 'show the object':
    case 'share the cached':
    case 'allow':
    case 'let go and allow':
      return false
  }
}

/**
 * The frame that is there already and gets one more name on this way. A copy of a cached frame counts as well: it is as
 * if the frame were shared first, and copied then.
 */
export function joinedFrame(m: M, my: Resident, way: Way): Frame | null {
  const { space, page } = spotOf(m, my)
  const { entry } = m.spaces[space].pages[page]
  if (entry.is === 'swapped') return way === 'bring in' ? null : m.slots[entry.slot].cached
  if (way !== 'show the object') return null
  const part = partOf(m, space, page)
  return part.is === 'resident' ? part.frame : null
}

/** The slot that the content comes from. */
export function sourceSlot(m: M, my: Resident): Slot | null {
  const { space, page } = spotOf(m, my)
  const { entry } = m.spaces[space].pages[page]
  if (entry.is === 'swapped') return entry.slot
  const part = entry.is === 'absent' && originOf(m, space, page) !== null ? partOf(m, space, page) : null
  return part?.is === 'swapped' ? part.slot : null
}
/** The frame that the content comes from. */
export function sourceFrame(m: M, my: Resident): Frame | null {
  const { space, page } = spotOf(m, my)
  const { entry } = m.spaces[space].pages[page]
  return entry.is === 'present' ? entry.frame : null
}
