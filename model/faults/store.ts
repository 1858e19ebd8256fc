// store: a processor writes a byte. Rule: spec/faults.md#store.

import { disabled, done, fault, go, need, optional, range, refuse, size, step } from '../kit/index.js'
import { Content, frame, operation, page, process, spaceOf } from '../state.js'
import { accessDecision, pageOf, residentSteps } from './faults.js'

export const store = operation('store', {
  rule: 'faults.md#store',
  answers: [refuse('ENOMEM'), fault('SIGSEGV MAPERR'), fault('SIGSEGV ACCERR')],
  args: { process, page, byte: range(1, b => size(b, 'value')) },
  locals: { frame: optional(frame) },
}).steps({
  look: (m, my) => {
    if (spaceOf(m, my.process) === null) return disabled
    const { region, entry } = pageOf(m, my)
    switch (accessDecision({ region, access: 'store', entry: entry.is })) {
      case 'no mapping':
        return fault('SIGSEGV MAPERR')
      case 'not allowed':
        return fault('SIGSEGV ACCERR')
      case 'resident':
        return go('write')
      case 'demand zero':
      case 'swap in':
        return undefined
    }
  },
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
