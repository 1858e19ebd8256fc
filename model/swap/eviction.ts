// A page leaves its frame for a slot: all that named the frame names the slot, every CPU forgets the frame, and only then is
// the slot written and the frame free. Two pages may go together: both are unmapped first, and what CPUs keep is forgotten
// once, before either frame is touched. The steps stand in swapOut and in every operation that makes room.
// Rules: spec/swap.md#swap-out, spec/swap.md#batches, spec/pins.md#eviction.

import { isInHand } from '../concurrency/locks.js'
import { letGo, putFrame } from '../frames/frames.js'
import { block, bool, choose, go, need, optional, type Then, weak, when } from '../kit/index.js'
import { batches, type Cpu, Flush, type Frame, frame, type M, type Slot, type State, slot } from '../state.js'
import { shootdownSteps } from '../tlb/shootdown.js'
import { isEvictable, mappingsOf, redirect } from './mappings.js'
import { cacheOf, isPreferred, putSlot } from './swap.js'

export const roomLocals = {
  slot: optional(slot),
  victim: optional(weak(frame)),
  /** The victim, from when nothing else names it any more until what it holds is saved. */
  saving: optional(frame),
  /** The same of a page that was unmapped before this one, and waits for the same request to forget. */
  earlierSlot: when(batches, optional(slot)),
  earlier: when(batches, optional(frame)),
  evicted: bool,
}
export interface Room {
  readonly cpu: Cpu
  slot: Slot | null
  victim: Frame | null
  saving: Frame | null
  earlierSlot: Slot | null
  earlier: Frame | null
  evicted: boolean
}

/**
 * Steps that unmap the page in the victim's frame. Without a slot, `noSlot` says how it goes on; a page that `spares` names
 * by then stays where it is.
 */
export const unmapSteps = <T extends Room, const S extends string = never>(
  noSlot: (my: T) => Then<S>,
  spares: (m: M, f: Frame) => boolean = () => false,
) => ({
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
      if (!isEvictable(m, victim) || spares(m, victim)) return my.earlier === null ? go('vacate') : go('evicted')
      // The cache has let go of it since: it needs a slot like any other.
      if (my.slot === null && cacheOf(m, victim) === null) return go('slot')
      if (my.slot === null) holdCached(m, my, victim)
    }
    redirect(m, victim, slotFor(m, my))
    my.saving = victim
  },
})

/** Steps that let every CPU forget what was unmapped, write it to its slots, and give the frames away. */
export const saveSteps = <T extends Room>() => ({
  ...shootdownSteps<T, 'evicted', 'save'>('evicted', (_m, my) => unmapped(my), 'save'),
  save: (m: M, my: T): void => {
    save(m, my.slot, my.saving)
    save(m, my.earlierSlot, my.earlier)
  },
  vacate: (m: M, my: T): void => {
    for (const f of [my.earlier, my.saving]) if (f !== null) putFrame(m, f)
    for (const s of [my.earlierSlot, my.slot]) if (s !== null) vacate(m, s)
    my.slot = null
    my.saving = null
    my.earlierSlot = null
    my.earlier = null
    my.victim = null
    my.evicted = true
  },
})

/** Steps that evict one page, the one that is in the victim's frame. */
export const evictSteps = <T extends Room, const S extends string = never>(noSlot: (my: T) => Then<S>) => ({
  ...unmapSteps<T, S>(noSlot),
  ...saveSteps<T>(),
})

/** One frame wherever it is mapped; for two, one request that names all there is (Linux: arch_tlbbatch_flush). */
function unmapped({ earlier, saving }: Room) {
  if (earlier !== null && saving !== null) return Flush.all
  const one = earlier ?? saving
  return one === null ? Flush.none : Flush.frame({ frame: one })
}
function save(m: M, to: Slot | null, from: Frame | null): void {
  if (to !== null && from !== null) m.slots[to].content = m.frames[from].content
}
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

/** Where the victim goes: to the slot in hand, or where the swap cache knows the same to be. */
const slotFor = (m: M, my: Room): Slot => my.slot ?? need(cacheOf(m, need(my.victim)))
