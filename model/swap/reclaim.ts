// Where no frame is free, one is made free: a page goes to a slot, and all that named its frame names the slot. Which
// page is a free choice; an implementation that picks the least used one takes one of these. The steps stand in every
// operation that needs frames, and in swapOut. Rules: spec/swap.md#reclaim, spec/swap.md#swap-out.

import { letGo } from '../frames/frames.js'
import { bool, choose, fail, go, need, optional, refuse, type Then, weak } from '../kit/index.js'
import { fits } from '../page-tables/page-tables.js'
import { type Frame, frame, type M, type Slot, type State, slot } from '../state.js'
import { isEvictable, redirect } from './mappings.js'
import { cacheOf, hasSlot, isPreferred, putSlot } from './swap.js'

export const roomLocals = { slot: optional(slot), victim: optional(weak(frame)), evicted: bool }
export interface Room {
  slot: Slot | null
  victim: Frame | null
  evicted: boolean
}

/** The answer for want of memory: refused, or failed where pages were evicted for nothing. */
export const lacking = (my: { readonly evicted: boolean }) => (my.evicted ? fail('ENOMEM') : refuse('ENOMEM'))

/** Steps that evict one page, the one that is in the victim's frame. Without a slot, `noSlot` says how it goes on. */
export const evictSteps = <T extends Room, const S extends string = never>(noSlot: (my: T) => Then<S>) => ({
  slot: choose<State, T, Slot, S>(
    slot,
    (m, my, s) => cacheOf(m, need(my.victim)) === null && isPreferred(m, s),
    (m, my, s) => {
      if (m.slots[s].cached !== null) letGo(m, s)
      m.slots[s].references = 1
      my.slot = s
    },
    { none: (m, my) => (cacheOf(m, need(my.victim)) === null ? noSlot(my) : undefined) },
  ),
  save: (m: M, my: T): void => {
    if (my.slot !== null) m.slots[my.slot].content = m.frames[need(my.victim)].content
  },
  redirect: (m: M, my: T): void => redirect(m, need(my.victim), slotFor(m, my)),
  vacate: (m: M, my: T): void => {
    if (my.slot !== null) putSlot(m, my.slot)
    my.slot = null
    my.victim = null
    my.evicted = true
  },
})
/** Whether there is somewhere for the page in a frame to go. */
const hasPlace = (m: M, f: Frame): boolean => cacheOf(m, f) !== null || hasSlot(m)
/** Where the victim goes: to the slot in hand, or where the swap cache knows the same to be. */
const slotFor = (m: M, my: Room): Slot => my.slot ?? need(cacheOf(m, need(my.victim)))

/**
 * Steps that see to it that a frame is free where `wanted` says one, and go on with `enough`, which is the next step;
 * where the scope reclaims, an eviction makes room. The frame that `spared` names stays.
 */
export const roomForOneSteps = <T extends Room, const E extends string, const S extends string = never>(
  enough: E,
  wanted: (m: M, my: T) => number,
  lacks: (my: T) => Then<S>,
  spared: (m: M, my: T) => Frame | null = () => null,
) => ({
  room: (m: M, my: T) => {
    if (fits(m, wanted(m, my))) return go(enough)
    return m.limits.reclaim ? undefined : lacks(my)
  },
  victim: choose<State, T, Frame, S>(
    frame,
    (m, my, f) => f !== spared(m, my) && isEvictable(m, f) && hasPlace(m, f),
    (_m, my, f) => {
      my.victim = f
    },
    { none: (_m, my) => lacks(my) },
  ),
  ...evictSteps<T, S>(lacks),
})

/** The same for any number of frames, tables included: it evicts until there are enough. */
export const roomSteps = <T extends Room, const E extends string, const S extends string = never>(
  ...given: Parameters<typeof roomForOneSteps<T, E, S>>
) => ({
  ...roomForOneSteps<T, E, S>(...given),
  again: () => go('room'),
})
