// fetch: a processor takes an instruction. What it says is none of our business. Rule: spec/faults.md#fetch.

import { leaveKernel, lockToRead } from '../concurrency/locks.js'
import { regionLockSteps, regionStep } from '../concurrency/region-locks.js'
import { done, fail, fault, go, refuse } from '../kit/index.js'
import { operation, page, process } from '../state.js'
import { access, tryAgain } from './access.js'
import { lookUp, reach } from './faults.js'
import { accessSteps, lacking, residentLocals } from './resident.js'

export const fetch = operation('fetch', {
  rule: 'faults.md#fetch',
  answers: [refuse('ENOMEM'), fail('ENOMEM'), fault('SIGSEGV MAPERR'), fault('SIGSEGV ACCERR')],
  args: { process, page, reach },
  locals: residentLocals,
}).steps(
  {
    access: access('fetch', () => done()),
    ...regionLockSteps(),
    lock: lockToRead(),
    look: lookUp('fetch', go('rerun')),
    ...regionStep(),
    ...accessSteps(go('rerun'), lacking),
    rerun: tryAgain('access'),
    unlock: leaveKernel(),
  },
  ['unlock'],
)
