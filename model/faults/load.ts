// load: a processor reads a byte. Rule: spec/faults.md#load.

import { leaveKernel, lockToRead } from '../concurrency/locks.js'
import { regionLockSteps, regionStep } from '../concurrency/region-locks.js'
import { done, fail, fault, go, refuse } from '../kit/index.js'
import { type Frame, type M, operation, page, process } from '../state.js'
import { access, tryAgain } from './access.js'
import { lookUp, reach } from './faults.js'
import { accessSteps, lacking, residentLocals } from './resident.js'
import { spotOf } from './way.js'

/** What a load of memory that nobody cleared answers. No store writes it, so it is never right. */
export const staleByte = 255

export const load = operation('load', {
  rule: 'faults.md#load',
  answers: [refuse('ENOMEM'), fail('ENOMEM'), fault('SIGSEGV MAPERR'), fault('SIGSEGV ACCERR')],
  args: { process, page, reach },
  locals: residentLocals,
}).steps(
  {
    access: access('load', (m, _my, at) => done(at === 'zero' ? 0 : byteOf(m, at))),
    ...regionLockSteps(),
    lock: lockToRead(),
    look: lookUp('load', go('rerun')),
    ...regionStep(),
    ...accessSteps(go('rerun'), lacking),
    rerun: tryAgain('access'),
    unlock: leaveKernel(),
    read: (m: M, my) => {
      const { space, page } = spotOf(m, my)
      const { entry } = m.spaces[space].pages[page]
      if (entry.is === 'zero') return done(0)
      return done(entry.is === 'present' ? byteOf(m, entry.frame) : staleByte)
    },
  },
  ['unlock'],
)

function byteOf(m: M, f: Frame): number {
  const { content } = m.frames[f]
  if (content.is === 'stored') return content.byte
  return content.is === 'zero' ? 0 : staleByte
}
