// allocate: the kernel takes a frame for itself, cleared. Rule: spec/frames.md#allocate.

import { done, go, need, optional, refuse } from '../kit/index.js'
import { Content, frame, operation } from '../state.js'
import { roomLocals } from '../swap/eviction.js'
import { roomForOneSteps } from '../swap/reclaim.js'
import { takeFrame } from './frames.js'

export const allocate = operation('allocate', {
  rule: 'frames.md#allocate',
  answers: [refuse('ENOMEM')],
  args: {},
  locals: { frame: optional(frame), ...roomLocals },
}).steps({
  ...roomForOneSteps(
    'frame',
    () => 1,
    () => refuse('ENOMEM'),
  ),
  frame: takeFrame(
    () => true,
    () => go('room'),
  ),
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
