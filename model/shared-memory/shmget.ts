// shmget: find the segment that has a key, or make one. Nobody has it attached yet. Rule: spec/shared-memory.md#shmget.

import { words } from '../../spec/interface.js'
import { choose, disabled, done, need, oneOf, optional, range, refuse, size, when } from '../kit/index.js'
import { count } from '../regions/arguments.js'
import { linux, object, operation, process, spaceOf } from '../state.js'
import { isFreeObject, someFreeObject } from './objects.js'
import { allows, bitsOf } from './rights.js'
import { bytesOf, leavesRoom, mode, numberOf, withKey } from './segments.js'

export const shmget = operation('shmget', {
  rule: 'shared-memory.md#shmget',
  answers: [refuse('EEXIST'), refuse('EINVAL'), refuse('EACCES'), refuse('ENOENT'), refuse('ENOSPC')],
  args: {
    process,
    key: range(0, b => Math.max(0, size(b, 'key') - 1)),
    count,
    creation: oneOf(...words.creation),
    mode,
    short: when(linux, range(0, 4095)),
  },
  locals: { made: optional(object) },
}).steps({
  arguments: (m, my) => {
    if (spaceOf(m, my.process) === null || (my.short > 0 && my.count === 0)) return disabled
  },
  find: (m, my) => {
    const found = withKey(m, my.key)
    if (found === null) return
    if (my.creation === 'creat|excl') return refuse('EEXIST')
    if (my.count * 4096 - my.short > bytesOf(m, found)) return refuse('EINVAL')
    const asked = ((my.mode >> 6) | (my.mode >> 3) | my.mode) & 7
    return allows(bitsOf(m, my.process, found), asked) ? done(numberOf(m, found)) : refuse('EACCES')
  },
  limits: (m, my) => {
    if (my.key !== 0 && my.creation === 'none') return refuse('ENOENT')
    if (my.count === 0 || my.count > m.limits.largest) return refuse('EINVAL')
    if (!leavesRoom(m, my.count) || someFreeObject(m) === null) return refuse('ENOSPC')
  },
  make: choose(
    object,
    (m, _my, o) => isFreeObject(m, o),
    (m, my, o) => {
      const it = m.objects[o]
      const { user } = m.processes[my.process]
      it.kind = 'segment'
      it.key = my.key
      it.size = my.count
      it.short = my.short
      it.owner = user
      it.creator = user
      it.mode = my.mode
      my.made = o
    },
  ),
  answer: (m, my) => done(numberOf(m, need(my.made))),
})
