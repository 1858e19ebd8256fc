// swapOut: a resident page goes to a slot and its frame is free again. Which page is the caller's choice, as it is a
// reclaimer's. Rule: spec/swap.md#swap-out.

import { disabled, refuse } from '../kit/index.js'
import { operation, page, process, spaceOf } from '../state.js'
import { isWalking } from '../tlb/walks.js'
import { evictSteps, roomLocals } from './eviction.js'
import { isEvictable } from './mappings.js'

export const swapOut = operation('swapOut', {
  rule: 'swap.md#swap-out',
  answers: [refuse('ENOSPC')],
  args: { process, page },
  locals: roomLocals,
}).steps({
  look: (m, my) => {
    const space = spaceOf(m, my.process)
    if (space === null || (m.limits.concurrent && isWalking(m, my.cpu))) return disabled
    const { entry } = m.spaces[space].pages[my.page]
    if (entry.is !== 'present' || !isEvictable(m, entry.frame)) return disabled
    my.victim = entry.frame
  },
  ...evictSteps(() => refuse('ENOSPC')),
})
