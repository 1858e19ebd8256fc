// Where no frame is free, one is made free: a page goes to a slot, and all that named its frame names the slot. Which
// page is a free choice; an implementation that picks the least used one takes one of these. The steps stand in every
// operation that needs frames. Rules: spec/swap.md#reclaim, spec/swap.md#second-chance, spec/swap.md#batches.

import { choose, fail, go, ids, provided, refuse, type Then } from '../kit/index.js'
import { fits } from '../page-tables/page-tables.js'
import { batches, type Frame, frame, type M, type State } from '../state.js'
import { ageStep, wasUsed } from './ageing.js'
import { type Room, saveSteps, unmapSteps } from './eviction.js'
import { isEvictable } from './mappings.js'
import { cacheOf, hasSlot } from './swap.js'

/** The answer for want of memory: refused, or failed where pages were evicted for nothing. */
export const lacking = (my: { readonly evicted: boolean }) => (my.evicted ? fail('ENOMEM') : refuse('ENOMEM'))

/** Whether there is somewhere for the page in a frame to go. */
const hasPlace = (m: M, f: Frame): boolean => cacheOf(m, f) !== null || hasSlot(m)

/**
 * Steps that see to it that a frame is free where `wanted` says one, and go on with `enough`, which is the next step;
 * where the scope reclaims, an eviction makes room. The frame that `spared` names stays.
 */
export const roomForOneSteps = <T extends Room, const E extends string, const S extends string = never>(
  enough: E,
  wanted: (m: M, my: T) => number,
  lacks: (my: T) => Then<S>,
  spared: (m: M, my: T) => Frame | null = () => null,
) => {
  const mayGo = (m: M, my: T, f: Frame): boolean => f !== spared(m, my) && isEvictable(m, f) && hasPlace(m, f)
  /** Who has unmapped a page already goes on with that one. */
  const noMore = (my: T) => (my.earlier === null ? lacks(my) : go('evicted'))
  return {
    room: (m: M, my: T) => {
      if (fits(m, wanted(m, my))) return go(enough)
      return m.limits.reclaim ? undefined : lacks(my)
    },
    victim: choose<State, T, Frame, S | 'evicted'>(
      frame,
      mayGo,
      (_m, my, f) => {
        my.victim = f
      },
      { none: (_m, my) => noMore(my) },
    ),
    ...ageStep<T>(),
    ...unmapSteps<T, S | 'evicted'>(noMore, wasUsed),
    more: provided(batches, (m: M, my: T) => {
      if (my.earlier !== null || !ids(m.frames).some(f => mayGo(m, my, f))) return undefined
      my.earlier = my.saving
      my.earlierSlot = my.slot
      my.saving = null
      my.slot = null
      my.victim = null
      return go('victim')
    }),
    ...saveSteps<T>(),
  }
}

/** The same for any number of frames, tables included: it evicts until there are enough. */
export const roomSteps = <T extends Room, const E extends string, const S extends string = never>(
  ...given: Parameters<typeof roomForOneSteps<T, E, S>>
) => ({
  ...roomForOneSteps<T, E, S>(...given),
  again: () => go('room'),
})
