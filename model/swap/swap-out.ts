// swapOut: a resident page goes to a slot and its frame is free again. Which page is the caller's choice, as it is a
// reclaimer's. Rule: spec/swap.md#swap-out.

import { releaseFrame } from '../frames/frames.js'
import { disabled, need, optional, refuse } from '../kit/index.js'
import { Entry, frame, operation, page, process, slot, spaceOf } from '../state.js'
import { takeSlot } from './swap.js'

export const swapOut = operation('swapOut', {
  rule: 'swap.md#swap-out',
  answers: [refuse('ENOSPC')],
  args: { process, page },
  locals: { slot: optional(slot), frame: optional(frame) },
}).steps({
  look: (m, my) => {
    const space = spaceOf(m, my.process)
    if (space === null || m.spaces[space].pages[my.page].entry.is !== 'present') return disabled
  },
  slot: takeSlot(),
  write: (m, my) => {
    const { entry } = m.spaces[need(spaceOf(m, my.process))].pages[my.page]
    if (entry.is === 'present') m.slots[need(my.slot)].content = m.frames[entry.frame].content
  },
  unmap: (m, my) => {
    const it = m.spaces[need(spaceOf(m, my.process))].pages[my.page]
    if (it.entry.is === 'present') my.frame = it.entry.frame
    it.entry = Entry.swapped({ slot: need(my.slot) })
    my.slot = null
  },
  free: releaseFrame,
})
