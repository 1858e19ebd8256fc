// swapIn: a swapped page comes back before anyone touches it, as read-ahead does, whatever its region allows. The steps
// are those of a fault. Rule: spec/swap.md#swap-in.

import { lacking, residentLocals, residentSteps } from '../faults/resident.js'
import { disabled, done, fail, refuse } from '../kit/index.js'
import { operation, page, process, spaceOf } from '../state.js'

export const swapIn = operation('swapIn', {
  rule: 'swap.md#swap-in',
  answers: [refuse('ENOMEM'), fail('ENOMEM')],
  args: { process, page },
  locals: residentLocals,
}).steps({
  look: (m, my) => {
    const space = spaceOf(m, my.process)
    if (space === null || m.spaces[space].pages[my.page].entry.is !== 'swapped') return disabled
    my.at = my.page
  },
  ...residentSteps('end', lacking),
  end: () => done(),
})
