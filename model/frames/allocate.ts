// allocate: the kernel takes a frame for itself, cleared. Rule: spec/frames.md#allocate.

import { done, fail, need, optional, refuse } from '../kit/index.js'
import { Content, frame, operation } from '../state.js'
import { lacking, roomLocals, roomSteps } from '../swap/reclaim.js'
import { takeFrame } from './frames.js'

export const allocate = operation('allocate', {
  rule: 'frames.md#allocate',
  answers: [refuse('ENOMEM'), fail('ENOMEM')],
  args: {},
  locals: { frame: optional(frame), ...roomLocals },
}).steps({
  ...roomSteps('frame', () => 1, lacking),
  frame: takeFrame(() => true),
  clear: (m, my) => {
    m.frames[need(my.frame)].content = Content.zero
  },
  take: (m, my) => {
    const taken = need(my.frame)
    m.frames[taken].kernel = taken
    my.frame = null
    return done(taken)
  },
})
