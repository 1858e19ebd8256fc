// Where no frame is free, one is made free: a page goes to a slot, and all that named its frame names the slot. Which
// page is a free choice; an implementation that picks the least used one takes one of these. The steps stand in every
// operation that needs frames, and in swapOut. Rules: spec/swap.md#reclaim, spec/swap.md#swap-out, spec/pins.md#eviction.

import { isInHand } from '../concurrency/locks.js'
import { letGo, putFrame } from '../frames/frames.js'
import { block, bool, choose, fail, go, need, optional, refuse, type Then, weak } from '../kit/index.js'
import { fits } from '../page-tables/page-tables.js'
import { type Cpu, Flush, type Frame, frame, type M, type Slot, type State, slot } from '../state.js'
import { shootdownSteps } from '../tlb/shootdown.js'
import { isEvictable, mappingsOf, redirect } from './mappings.js'
import { cacheOf, hasSlot, isPreferred, putSlot } from './swap.js'

export const roomLocals = {
  slot: optional(slot),
  victim: optional(weak(frame)),
  /** The victim, from when nothing else names it any more until what it holds is saved. */
  saving: optional(frame),
  evicted: bool,
}
export interface Room {
  readonly cpu: Cpu
  slot: Slot | null
  victim: Frame | null
  saving: Frame | null
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
      if (m.limits.concurrent) m.slots[s].busy = true
      my.slot = s
    },
    { none: (m, my) => (cacheOf(m, need(my.victim)) === null ? noSlot(my) : undefined) },
  ),
  redirect: (m: M, my: T) => {
    const victim = need(my.victim)
    if (m.limits.concurrent) {
      if (isInHandAnywhere(m, victim, my.cpu)) return block
      // Others have had the frame meanwhile: it is not what was looked at, and stays where it is.
      if (!isEvictable(m, victim)) return go('vacate')
      // The cache has let go of it since: it needs a slot like any other.
      if (my.slot === null && cacheOf(m, victim) === null) return go('slot')
      if (my.slot === null) holdCached(m, my, victim)
    }
    redirect(m, victim, slotFor(m, my))
    my.saving = victim
  },
  ...shootdownSteps<T, 'evicted', 'save'>(
    'evicted',
    (_m, my) => (my.saving === null ? Flush.none : Flush.frame({ frame: my.saving })),
    'save',
  ),
  save: (m: M, my: T): void => {
    if (my.slot !== null && my.saving !== null) m.slots[my.slot].content = m.frames[my.saving].content
  },
  vacate: (m: M, my: T): void => {
    if (my.saving !== null) putFrame(m, my.saving)
    if (my.slot !== null) vacate(m, my.slot)
    my.slot = null
    my.saving = null
    my.victim = null
    my.evicted = true
  },
})
/** Nobody takes anything from the slot that the cache knows, before all have forgotten the frame. */
function holdCached(m: M, my: Room, victim: Frame): void {
  const s = need(cacheOf(m, victim))
  m.slots[s].references++
  m.slots[s].busy = true
  my.slot = s
}
/** The slot is written, and the operation needs it no more. */
function vacate(m: M, s: Slot): void {
  if (m.limits.concurrent) m.slots[s].busy = false
  putSlot(m, s)
}
/** Whether another CPU has entries in hand that name the frame. */
export const isInHandAnywhere = (m: M, f: Frame, cpu: Cpu): boolean => mappingsOf(m, f).some(at => isInHand(m, at, cpu))

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
