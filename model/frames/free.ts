// free: the kernel gives a frame back that it took for itself. Freeing twice is noticed. Rule: spec/frames.md#free.

import { lookingAgain } from '../concurrency/again.js'
import { refuse, weak } from '../kit/index.js'
import { type Frame, frame, type M, operation } from '../state.js'
import { putFrame } from './frames.js'

interface Freeing {
  readonly frame: Frame
}
function look(m: M, my: Freeing) {
  const { reserved, references, kernel } = m.frames[my.frame]
  if (reserved) return refuse('EPERM')
  if (references === 0) return refuse('EINVAL')
  if (kernel === null) return refuse('EBUSY')
}

export const free = operation('free', {
  rule: 'frames.md#free',
  answers: [refuse('EPERM'), refuse('EINVAL'), refuse('EBUSY')],
  args: { frame: weak(frame) },
}).steps({
  look,
  free: lookingAgain<Freeing>(look, (m, my) => {
    m.frames[my.frame].kernel = null
    putFrame(m, my.frame)
  }),
})
