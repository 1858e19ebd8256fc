// store: a processor writes a byte. Rule: spec/faults.md#store.

import { leaveKernel, lockToRead } from '../concurrency/locks.js'
import { regionLockSteps, regionStep } from '../concurrency/region-locks.js'
import { concurrent, done, fail, fault, go, range, refuse, size, step } from '../kit/index.js'
import { isMapped } from '../regions/attributes.js'
import { placeOf } from '../shared-memory/objects.js'
import { Content, type M, operation, page, process, type State } from '../state.js'
import { access, tryAgain } from './access.js'
import { lookUp, reach } from './faults.js'
import { grow } from './growth.js'
import {
  chainSteps,
  contentHeld,
  fillSteps,
  growSteps,
  holdSteps,
  lacking,
  memorySteps,
  needSteps,
  type Resident,
  residentLocals,
  settleSteps,
} from './resident.js'
import { spotOf } from './way.js'

export const store = operation('store', {
  rule: 'faults.md#store',
  answers: [refuse('ENOMEM'), fail('ENOMEM'), fault('SIGSEGV MAPERR'), fault('SIGSEGV ACCERR')],
  args: { process, page, byte: range(1, b => size(b, 'value')), reach },
  locals: residentLocals,
}).steps(
  {
    access: access(
      'store',
      (m, my, at) => {
        if (at !== 'zero') m.frames[at].content = Content.stored({ byte: my.byte })
        return done()
      },
      (m, my) => remember(m, my, my.byte),
    ),
    ...regionLockSteps(),
    lock: lockToRead(),
    look: lookUp('store', go('rerun')),
    ...regionStep(),
    ...needSteps(go('rerun'), lacking),
    ...memorySteps(lacking),
    ...holdSteps(),
    grow,
    ...chainSteps(),
    // The byte is all that a page holds here: nobody sees what was there before, unless another CPU looks.
    fill: concurrent(fillSteps<Resident>(contentHeld).fill),
    ...settleSteps(go('rerun')),
    ...growSteps(),
    rerun: tryAgain('access'),
    unlock: leaveKernel(),
    write: step(
      (m: M, my) => {
        const { space, page } = spotOf(m, my)
        const { entry } = m.spaces[space].pages[page]
        if (entry.is === 'present') m.frames[entry.frame].content = Content.stored({ byte: my.byte })
        return done()
      },
      (m, my) => remember(m, my, my.byte),
    ),
  },
  ['unlock'],
)

/**
 * Ghost: what the page reads as from now on; the page of an object does so wherever it is shown. A page that was detached,
 * and that a CPU still reaches, reads as nothing.
 */
function remember(m: State, my: Resident, byte: number): void {
  const { space, page } = spotOf(m, my)
  if (!isMapped(m.spaces[space].pages[page])) return
  const place = placeOf(m, space, page)
  if (place === null) m.ghost.spaces[space].pages[page].byte = byte
  else m.ghost.objects[place.object].parts[place.part].byte = byte
}
