// Swap slots hold what a page held when its frame was taken away. A slot counts the entries and pages of objects that
// name it, and one more while the swap cache knows a frame with the same content. Rules: spec/swap.md#slots.

import { ids } from '../kit/index.js'
import { type Area, Content, type Frame, type M, type Slot } from '../state.js'

export const areaOf = (m: M, s: Slot): Area => m.slots[s].area as Area

/** Gives one reference back; the last one frees the slot. */
export function putSlot(m: M, s: Slot): void {
  const it = m.slots[s]
  it.references--
  if (it.references === 0) it.content = Content.stale
}

/** The slot that holds the same as a frame, and says so. */
export function cacheOf(m: M, f: Frame): Slot | null {
  for (const s of ids(m.slots)) if (m.slots[s].cached === f) return s
  return null
}

/** Whether slots of its area are given out: not any more while it is emptied. */
function isUsed(m: M, s: Slot): boolean {
  const { on, emptying } = m.areas[areaOf(m, s)]
  return on && !emptying
}
const isVacant = (m: M, s: Slot): boolean => isUsed(m, s) && m.slots[s].references === 0
/** Nothing needs the slot but the cache, for which it is no loss: the frame holds the same. */
const isSpare = (m: M, s: Slot): boolean => isUsed(m, s) && m.slots[s].references === 1 && m.slots[s].cached !== null

/** Slots that can be had: free ones, and only where there are none, those that nothing but the cache needs. */
function available(m: M): readonly Slot[] {
  const vacant = ids(m.slots).filter(s => isVacant(m, s))
  return vacant.length > 0 ? vacant : ids(m.slots).filter(s => isSpare(m, s))
}

export const hasSlot = (m: M): boolean => available(m).length > 0

/** Whether a slot is among those that are taken next: areas of the highest priority are filled first, and equally. */
export function isPreferred(m: M, s: Slot): boolean {
  const slots = available(m)
  const priority = (of: Slot): number => m.areas[areaOf(m, of)].priority
  return slots.includes(s) && slots.every(other => priority(other) <= priority(s))
}
