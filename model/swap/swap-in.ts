// swapIn: a swapped page comes back before anyone touches it, as read-ahead and swapoff do. The steps are those of a
// fault. Rule: spec/swap.md#swap-in.

import { residentSteps } from '../faults/faults.js'
import { disabled, optional, refuse } from '../kit/index.js'
import { frame, operation, page, process, spaceOf } from '../state.js'

export const swapIn = operation('swapIn', {
  rule: 'swap.md#swap-in',
  answers: [refuse('ENOMEM')],
  args: { process, page },
  locals: { frame: optional(frame) },
}).steps({
  look: (m, my) => {
    const space = spaceOf(m, my.process)
    if (space === null || m.spaces[space].pages[my.page].entry.is !== 'swapped') return disabled
  },
  ...residentSteps(),
})
