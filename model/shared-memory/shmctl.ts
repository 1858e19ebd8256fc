// What is done to a segment without mapping it: shmremove destroys it, at once or with its last attachment; shmset gives
// it another owner and mode; shmstat tells what it is; shmlock and shmunlock say whether its pages may be swapped out.
// Rules: spec/shared-memory.md.

import { statusOf } from '../../spec/interface.js'
import type { Running } from '../concurrency/cpus.js'
import { enterKernel } from '../concurrency/locks.js'
import { go, refuse, step } from '../kit/index.js'
import { operation } from '../state.js'
import { destroyOrphans, forgetObjects } from './objects.js'
import { allows, bitsOf } from './rights.js'
import {
  answerAndLeave,
  bytesOf,
  control,
  inHand,
  leaveSegment,
  look,
  mode,
  type Named,
  named,
  user,
} from './segments.js'

const answers = [refuse('EINVAL'), refuse('EIDRM'), refuse('EPERM')]

export const shmremove = operation('shmremove', { rule: 'shared-memory.md#shmremove', answers, args: named }).steps(
  {
    enter: enterKernel(inHand),
    look,
    control,
    remove: step((m, my) => {
      m.objects[my.segment].marked = true
      m.objects[my.segment].key = 0
      destroyOrphans(m)
    }, forgetObjects),
    leave: leaveSegment(),
  },
  ['leave'],
)

export const shmset = operation('shmset', {
  rule: 'shared-memory.md#shmset',
  answers,
  args: { ...named, user, mode },
}).steps(
  {
    enter: enterKernel(inHand),
    look,
    control,
    set: (m, my) => {
      m.objects[my.segment].owner = my.user
      m.objects[my.segment].mode = my.mode
    },
    leave: leaveSegment(),
  },
  ['leave'],
)

export const shmstat = operation('shmstat', {
  rule: 'shared-memory.md#shmstat',
  answers: [refuse('EINVAL'), refuse('EIDRM'), refuse('EACCES')],
  args: named,
}).steps(
  {
    enter: enterKernel(inHand),
    look,
    rights: (m, my) => (allows(bitsOf(m, my.process, my.segment), 4) ? go('answer') : refuse('EACCES')),
    leave: leaveSegment(),
    answer: answerAndLeave<Named & Running>((m, my) => {
      const { attachments, mode, marked } = m.objects[my.segment]
      return statusOf(bytesOf(m, my.segment), attachments, mode, marked)
    }),
  },
  ['leave'],
)

export const shmlock = operation('shmlock', { rule: 'shared-memory.md#shmlock', answers, args: named }).steps(
  {
    enter: enterKernel(inHand),
    look,
    control,
    set: (m, my) => {
      m.objects[my.segment].held = true
    },
    leave: leaveSegment(),
  },
  ['leave'],
)

export const shmunlock = operation('shmunlock', { rule: 'shared-memory.md#shmlock', answers, args: named }).steps(
  {
    enter: enterKernel(inHand),
    look,
    control,
    set: (m, my) => {
      m.objects[my.segment].held = false
    },
    leave: leaveSegment(),
  },
  ['leave'],
)
