// store: a processor writes a byte. Rule: spec/faults.md#store.

import { done, fail, fault, go, range, refuse, size, step } from '../kit/index.js'
import { placeOf } from '../shared-memory/objects.js'
import { Content, type M, operation, page, process, type State } from '../state.js'
import { lookUp, reach } from './faults.js'
import { grow } from './growth.js'
import { chainSteps, installSteps, lacking, memorySteps, needSteps, type Resident, residentLocals } from './resident.js'
import { spotOf } from './way.js'

export const store = operation('store', {
  rule: 'faults.md#store',
  answers: [refuse('ENOMEM'), fail('ENOMEM'), fault('SIGSEGV MAPERR'), fault('SIGSEGV ACCERR')],
  args: { process, page, byte: range(1, b => size(b, 'value')), reach },
  locals: residentLocals,
}).steps({
  look: lookUp('store', go('write')),
  // As in any access, but for filling the frame: the byte is all that a page holds here.
  ...needSteps(go('write'), lacking),
  ...memorySteps(lacking),
  grow,
  ...chainSteps(),
  ...installSteps(go('write')),
  write: step(
    (m: M, my) => {
      const { space, page } = spotOf(m, my)
      const { entry } = m.spaces[space].pages[page]
      if (entry.is === 'present') m.frames[entry.frame].content = Content.stored({ byte: my.byte })
      return done()
    },
    (m, my) => remember(m, my, my.byte),
  ),
})

/** Ghost: what the page reads as from now on; the page of an object does so wherever it is shown. */
function remember(m: State, my: Resident, byte: number): void {
  const { space, page } = spotOf(m, my)
  const place = placeOf(m, space, page)
  if (place === null) m.ghost.spaces[space].pages[page].byte = byte
  else m.ghost.objects[place.object].parts[place.part].byte = byte
}
