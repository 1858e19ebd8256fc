// load: a processor reads a byte. Rule: spec/faults.md#load.

import { done, fault, optional, refuse } from '../kit/index.js'
import { type Frame, frame, type M, operation, page, process } from '../state.js'
import { lookUp, pageOf, residentSteps } from './faults.js'

/** What a load of memory that nobody cleared answers. No store writes it, so it is never right. */
export const staleByte = 255

export const load = operation('load', {
  rule: 'faults.md#load',
  answers: [refuse('ENOMEM'), fault('SIGSEGV MAPERR'), fault('SIGSEGV ACCERR')],
  args: { process, page },
  locals: { frame: optional(frame) },
}).steps({
  look: lookUp('load', 'read'),
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
