// free: the kernel gives a frame back that it took for itself. Freeing twice is noticed. Rule: spec/frames.md#free.

import { refuse, weak } from '../kit/index.js'
import { frame, operation } from '../state.js'
import { putFrame } from './frames.js'

export const free = operation('free', {
  rule: 'frames.md#free',
  answers: [refuse('EPERM'), refuse('EINVAL'), refuse('EBUSY')],
  args: { frame: weak(frame) },
}).steps({
  look: (m, my) => {
    const { reserved, references, kernel } = m.frames[my.frame]
    if (reserved) return refuse('EPERM')
    if (references === 0) return refuse('EINVAL')
    if (kernel === null) return refuse('EBUSY')
  },
  free: (m, my) => {
    m.frames[my.frame].kernel = null
    putFrame(m, my.frame)
  },
})
