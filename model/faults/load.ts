// load: a processor reads a byte. Rule: spec/faults.md#load.

import { disabled, done, fault, go, optional, refuse } from '../kit/index.js'
import { type Frame, frame, type M, operation, page, process, spaceOf } from '../state.js'
import { accessDecision, pageOf, residentSteps } from './faults.js'

/** What a load of memory that nobody cleared answers. No store writes it, so it is never right. */
export const staleByte = 255

export const load = operation('load', {
  rule: 'faults.md#load',
  answers: [refuse('ENOMEM'), fault('SIGSEGV MAPERR'), fault('SIGSEGV ACCERR')],
  args: { process, page },
  locals: { frame: optional(frame) },
}).steps({
  look: (m, my) => {
    if (spaceOf(m, my.process) === null) return disabled
    const { region, entry } = pageOf(m, my)
    switch (accessDecision({ region, access: 'load', entry: entry.is })) {
      case 'no mapping':
        return fault('SIGSEGV MAPERR')
      case 'not allowed':
        return fault('SIGSEGV ACCERR')
      case 'resident':
        return go('read')
      case 'demand zero':
      case 'swap in':
        return undefined
    }
  },
  ...residentSteps(),
  read: (m: M, my) => {
    const { entry } = pageOf(m, my)
    return entry.is === 'present' ? done(byteOf(m, entry.frame)) : done(staleByte)
  },
})

function byteOf(m: M, f: Frame): number {
  const { content } = m.frames[f]
  if (content.is === 'stored') return content.byte
  return content.is === 'zero' ? 0 : staleByte
}
