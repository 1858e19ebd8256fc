// reserve: a free frame is taken out of use for good, as firmware and devices do. Rule: spec/frames.md#reserve.

import { lookingAgain } from '../concurrency/again.js'
import { refuse, weak } from '../kit/index.js'
import { type Frame, frame, type M, operation } from '../state.js'

interface Reserving {
  readonly frame: Frame
}
function look(m: M, my: Reserving) {
  const { reserved, references } = m.frames[my.frame]
  if (reserved) return refuse('EPERM')
  if (references > 0) return refuse('EBUSY')
}

export const reserve = operation('reserve', {
  rule: 'frames.md#reserve',
  answers: [refuse('EPERM'), refuse('EBUSY')],
  args: { frame: weak(frame) },
}).steps({
  look,
  reserve: lookingAgain<Reserving>(look, (m, my) => {
    m.frames[my.frame].reserved = true
  }),
})
