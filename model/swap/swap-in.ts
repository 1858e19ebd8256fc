// swapIn: a swapped page comes back before anyone touches it, as read-ahead does, whatever its region allows. The steps
// are those of a fault. Rule: spec/swap.md#swap-in.

import { fillSteps, frameSteps, installSteps, needSteps, residentLocals } from '../faults/resident.js'
import { disabled, done, refuse } from '../kit/index.js'
import { operation, page, process, spaceOf } from '../state.js'

const lacking = () => refuse('ENOMEM')

export const swapIn = operation('swapIn', {
  rule: 'swap.md#swap-in',
  answers: [refuse('ENOMEM')],
  args: { process, page },
  locals: residentLocals,
}).steps({
  look: (m, my) => {
    const space = spaceOf(m, my.process)
    if (space === null || m.spaces[space].pages[my.page].entry.is !== 'swapped') return disabled
    my.at = my.page
  },
  // The tables are there, and what was swapped out has all that a region gets with its first frame.
  ...needSteps(done(), lacking),
  ...frameSteps(lacking),
  ...fillSteps(),
  ...installSteps(done()),
})
