// store: a processor writes a byte. Rule: spec/faults.md#store.

import { done, fault, need, optional, range, refuse, size, step } from '../kit/index.js'
import { Content, frame, operation, page, process, spaceOf } from '../state.js'
import { lookUp, pageOf, residentSteps } from './faults.js'

export const store = operation('store', {
  rule: 'faults.md#store',
  answers: [refuse('ENOMEM'), fault('SIGSEGV MAPERR'), fault('SIGSEGV ACCERR')],
  args: { process, page, byte: range(1, b => size(b, 'value')) },
  locals: { frame: optional(frame) },
}).steps({
  look: lookUp('store', 'write'),
  ...residentSteps(),
  write: step(
    (m, my) => {
      const { entry } = pageOf(m, my)
      if (entry.is === 'present') m.frames[entry.frame].content = Content.stored({ byte: my.byte })
      return done()
    },
    (m, my) => {
      m.ghost.spaces[need(spaceOf(m, my.process))].pages[my.page].byte = my.byte
    },
  ),
})
