// reserve: a free frame is taken out of use for good, as firmware and devices do. Rule: spec/frames.md#reserve.

import { refuse, weak } from '../kit/index.js'
import { frame, operation } from '../state.js'

export const reserve = operation('reserve', {
  rule: 'frames.md#reserve',
  answers: [refuse('EPERM'), refuse('EBUSY')],
  args: { frame: weak(frame) },
}).steps({
  look: (m, my) => {
    const { reserved, references } = m.frames[my.frame]
    if (reserved) return refuse('EPERM')
    if (references > 0) return refuse('EBUSY')
  },
  reserve: (m, my) => {
    m.frames[my.frame].reserved = true
  },
})
