// swapIn: a swapped page comes back before anyone touches it, as read-ahead does, whatever its region allows. The steps
// are those of a fault. Rule: spec/swap.md#swap-in.

import { enterToRead, leaveKernel } from '../concurrency/locks.js'
import { fillSteps, frameSteps, holdSteps, needSteps, residentLocals, settleSteps } from '../faults/resident.js'
import { disabled, done, need, refuse } from '../kit/index.js'
import { type M, operation, type Placed, page, process, spaceOf } from '../state.js'

const lacking = () => refuse('ENOMEM')

export const swapIn = operation('swapIn', {
  rule: 'swap.md#swap-in',
  answers: [refuse('ENOMEM')],
  args: { process, page },
  locals: residentLocals,
}).steps(
  {
    enter: enterToRead({ allowed: (m, my) => isSwapped(m, my) }),
    look: (m, my) => {
      if (!m.limits.concurrent && (spaceOf(m, my.process) === null || !isSwapped(m, my))) return disabled
      my.at = my.page
    },
    // The tables are there, and what was swapped out has all that a region gets with its first frame.
    ...needSteps(done(), lacking),
    ...frameSteps(lacking),
    ...holdSteps(),
    ...fillSteps(),
    ...settleSteps(done()),
    leave: leaveKernel(),
  },
  ['leave'],
)

/** Another CPU may have brought it back by the time it is looked at: then nothing is needed. */
function isSwapped(m: M, my: Placed): boolean {
  return m.spaces[need(spaceOf(m, my.process))].pages[my.page].entry.is === 'swapped'
}
