// swapoff: all that is in the slots of an area comes back, slot by slot, and the area is not used any more. That there
// are frames enough is seen to first: nothing is evicted to make room. Rule: spec/swap.md#swapoff.

import { enterKernel, isAtRest } from '../concurrency/locks.js'
import { readOnly, rightsDecision } from '../faults/rights.js'
import { letGo, putFrame, takeFrame } from '../frames/frames.js'
import { block, concurrent, go, ids, need, optional, refuse, weak, when } from '../kit/index.js'
import { fits } from '../page-tables/page-tables.js'
import {
  type Area,
  area,
  type Cpu,
  Entry,
  type Frame,
  frame,
  type M,
  operation,
  Part,
  process,
  type Slot,
  severalCpus,
  slot,
} from '../state.js'
import { administer, inHand, leaveArea } from './areas.js'
import { partSwappedTo, swappedTo } from './mappings.js'
import { areaOf, putSlot } from './swap.js'

export const swapoff = operation('swapoff', {
  rule: 'swap.md#swapoff',
  answers: [refuse('EPERM'), refuse('EINVAL'), refuse('ENOMEM')],
  args: { process, area },
  locals: { from: optional(weak(slot)), frame: optional(frame), source: when(severalCpus, optional(slot)) },
}).steps(
  {
    enter: enterKernel(inHand),
    look: administer,
    check: (m, my) => {
      if (!m.areas[my.area].on) return refuse('EINVAL')
      const used = usedSlots(m, my.area)
      if (!fits(m, used.filter(s => m.slots[s].cached === null).length)) return refuse('ENOMEM')
      if (used.some(s => !joins(m, s))) return refuse('ENOMEM')
    },
    // From here on nothing goes there any more.
    close: concurrent((m: M, my: Emptying) => {
      m.areas[my.area].emptying = true
    }),
    next: (m, my) => {
      const from = usedSlots(m, my.area).at(0) ?? null
      if (from !== null && m.slots[from].busy) return block
      my.from = from
      return from === null ? go('off') : undefined
    },
    // The slot stays what it is until it is read and nobody names it.
    hold: concurrent((m: M, my: Emptying) => {
      const from = need(my.from)
      if (m.slots[from].references === 0) return go('next')
      m.slots[from].references++
      my.source = from
    }),
    frame: takeFrame(
      (m, my: Emptying) => m.slots[need(my.from)].cached === null,
      () => go('short'),
    ),
    read: (m, my) => {
      if (my.frame !== null) m.frames[my.frame].content = m.slots[need(my.from)].content
    },
    restore: (m, my) => {
      const from = need(my.from)
      if (m.limits.concurrent) {
        if (!swappedTo(m, from).every(({ space }) => isAtRest(m, space))) return block
        if (isOvertaken(m, my, from)) return go('giveBack')
        if (!joins(m, from)) return go('short')
      }
      if (my.frame === null) restoreCached(m, from)
      else restore(m, from, my.frame)
      my.frame = null
      return m.limits.concurrent ? undefined : go('next')
    },
    giveBack: concurrent((m: M, my: Emptying) => {
      letGoOfAll(m, my)
      return go('next')
    }),
    short: concurrent((m: M, my: Emptying) => {
      letGoOfAll(m, my)
      return refuse('ENOMEM')
    }),
    off: (m, my) => {
      const { priority } = m.areas[my.area]
      m.areas[my.area].on = false
      m.areas[my.area].priority = 0
      for (const it of m.areas) if (it.on && it.priority < priority && priority < 0) it.priority++
    },
    leave: leaveArea(),
  },
  ['leave'],
)
interface Emptying {
  readonly cpu: Cpu
  readonly area: Area
  from: Slot | null
  frame: Frame | null
  source: Slot | null
}
/**
 * Whether faults have brought the page back meanwhile, or the cache has got to know a frame, or lost it. A slot that only
 * the cache names has not been overtaken: the cache lets it go.
 */
function isOvertaken(m: M, my: Emptying, s: Slot): boolean {
  if (m.slots[s].cached !== null) return my.frame !== null
  const isNamed = swappedTo(m, s).length > 0 || partSwappedTo(m, s) !== null
  return my.frame === null || !isNamed
}

function letGoOfAll(m: M, my: Emptying): void {
  if (my.frame !== null) putFrame(m, my.frame)
  if (my.source !== null) putSlot(m, my.source)
  my.frame = null
  my.source = null
  my.from = null
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
