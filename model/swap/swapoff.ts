// swapoff: all that is in the slots of an area comes back, slot by slot, and the area is not used any more. That there
// are frames enough is seen to first: nothing is evicted to make room. Rule: spec/swap.md#swapoff.

import { readOnly, rightsDecision } from '../faults/rights.js'
import { letGo, takeFrame } from '../frames/frames.js'
import { go, ids, need, optional, refuse, weak } from '../kit/index.js'
import { fits } from '../page-tables/page-tables.js'
import {
  type Area,
  area,
  Entry,
  type Frame,
  frame,
  type M,
  operation,
  Part,
  process,
  type Slot,
  slot,
} from '../state.js'
import { administer } from './areas.js'
import { partSwappedTo, swappedTo } from './mappings.js'
import { areaOf, putSlot } from './swap.js'

export const swapoff = operation('swapoff', {
  rule: 'swap.md#swapoff',
  answers: [refuse('EPERM'), refuse('EINVAL'), refuse('ENOMEM')],
  args: { process, area },
  locals: { from: optional(weak(slot)), frame: optional(frame) },
}).steps({
  look: administer,
  check: (m, my) => {
    if (!m.areas[my.area].on) return refuse('EINVAL')
    const used = usedSlots(m, my.area)
    if (!fits(m, used.filter(s => m.slots[s].cached === null).length)) return refuse('ENOMEM')
    if (used.some(s => !joins(m, s))) return refuse('ENOMEM')
  },
  next: (m, my) => {
    my.from = usedSlots(m, my.area).at(0) ?? null
    return my.from === null ? go('off') : undefined
  },
  frame: takeFrame((m, my: Emptying) => m.slots[need(my.from)].cached === null),
  read: (m, my) => {
    if (my.frame !== null) m.frames[my.frame].content = m.slots[need(my.from)].content
  },
  restore: (m, my) => {
    if (my.frame === null) restoreCached(m, need(my.from))
    else restore(m, need(my.from), my.frame)
    my.frame = null
    return go('next')
  },
  off: (m, my) => {
    const { priority } = m.areas[my.area]
    m.areas[my.area].on = false
    m.areas[my.area].priority = 0
    for (const it of m.areas) if (it.on && it.priority < priority && priority < 0) it.priority++
  },
})
interface Emptying {
  from: Slot | null
  frame: Frame | null
}

const usedSlots = (m: M, a: Area): readonly Slot[] =>
  ids(m.slots).filter(s => areaOf(m, s) === a && m.slots[s].references > 0)

/** Whether the frame that the swap cache knows can count all that name the slot, in place of the cache. */
function joins(m: M, s: Slot): boolean {
  const { cached } = m.slots[s]
  return cached === null || m.frames[cached].references + swappedTo(m, s).length - 1 <= m.limits.sharers
}

/** The frame that the swap cache knows is shown to all that named the slot. */
function restoreCached(m: M, s: Slot): void {
  showAll(m, s, need(m.slots[s].cached), false)
  letGo(m, s)
}
/**
 * The frame in hand goes to all that named the slot: to a page of an object, or to entries. Each of them counts for
 * itself, so the reference in hand goes first.
 */
function restore(m: M, s: Slot, f: Frame): void {
  m.frames[f].references--
  const part = partSwappedTo(m, s)
  if (part === null) showAll(m, s, f, swappedTo(m, s).length === 1)
  else {
    m.objects[part.object].parts[part.part].at = Part.resident({ frame: f })
    m.frames[f].references++
    putSlot(m, s)
  }
}
function showAll(m: M, s: Slot, f: Frame, alone: boolean): void {
  for (const { space, page } of swappedTo(m, s)) {
    const it = m.spaces[space].pages[page]
    const rights = rightsDecision({ region: it.region })
    it.entry = Entry.present({ frame: f, rights: alone ? rights : readOnly(rights) })
    m.frames[f].references++
    putSlot(m, s)
  }
}
