// Swap slots hold what a page held when its frame was taken away. A slot is free when no entry names it.
// Rules: spec/swap.md.

import { choose, refuse } from '../kit/index.js'
import { Content, type M, type Slot, type State, slot } from '../state.js'

/** A step that takes any free slot; the operation owns the reference. */
export const takeSlot = <T extends { slot: Slot | null }>() =>
  choose<State, T, Slot>(
    slot,
    (m, _my, s) => m.slots[s].references === 0,
    (m, my, s) => {
      m.slots[s].references = 1
      my.slot = s
    },
    { none: () => refuse('ENOSPC') },
  )

/** Gives one reference back; the last one frees the slot. */
export function putSlot(m: M, s: Slot): void {
  const it = m.slots[s]
  it.references--
  if (it.references === 0) it.content = Content.stale
}
