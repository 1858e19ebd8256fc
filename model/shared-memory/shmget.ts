// shmget: find the segment that has a key, or make one. Nobody has it attached yet. Rule: spec/shared-memory.md#shmget.

import { words } from '../../spec/interface.js'
import type { Running } from '../concurrency/cpus.js'
import { enterKernel } from '../concurrency/locks.js'
import {
  block,
  choose,
  disabled,
  go,
  need,
  oneOf,
  optional,
  range,
  refuse,
  size,
  type Then,
  when,
} from '../kit/index.js'
import { count } from '../regions/arguments.js'
import { linux, type ObjectId, object, operation, process, spaceOf } from '../state.js'
import { isFreeObject, someFreeObject } from './objects.js'
import { allows, bitsOf } from './rights.js'
import { answerAndLeave, bytesOf, leaveSegment, leavesRoom, mode, numberOf, withKey } from './segments.js'

interface Asking extends Running {
  readonly short: number
  readonly count: number
}
/** A segment of no pages is not short of one. */
const isMeant = ({ short, count }: Asking): boolean => short === 0 || count > 0

export const shmget = operation('shmget', {
  rule: 'shared-memory.md#shmget',
  answers: [refuse('EEXIST'), refuse('EINVAL'), refuse('EACCES'), refuse('ENOENT'), refuse('ENOSPC')],
  args: {
    process,
    key: range(0, b => Math.max(0, size(b, 'key') - 1)),
    count,
    creation: oneOf(...words.creation),
    mode,
    // spec/profiles.md#bytes-of-a-segment
    short: when(linux, range(0, 4095)),
  },
  locals: { made: optional(object) },
}).steps(
  {
    enter: enterKernel({ allowed: (_m, my: Asking) => isMeant(my) }),
    arguments: (m, my) => {
      if (spaceOf(m, my.process) === null || !isMeant(my)) return disabled
    },
    find: (m, my) => {
      const found = withKey(m, my.key)
      if (found === null) return
      if (my.creation === 'creat|excl') return refuse('EEXIST')
      if (my.count * 4096 - my.short > bytesOf(m, found)) return refuse('EINVAL')
      const asked = ((my.mode >> 6) | (my.mode >> 3) | my.mode) & 7
      if (!allows(bitsOf(m, my.process, found), asked)) return refuse('EACCES')
      if (m.limits.concurrent) {
        if (m.objects[found].holder !== null) return block
        m.objects[found].holder = my.cpu
      }
      my.made = found
      return go('answer')
    },
    limits: (m, my) => {
      // One with the key may have been made since, and is no reason to be short of them.
      if (m.limits.concurrent && withKey(m, my.key) !== null) return go('find')
      if (my.key !== 0 && my.creation === 'none') return refuse('ENOENT')
      if (my.count === 0 || my.count > m.limits.largest) return refuse('EINVAL')
      if (!leavesRoom(m, my.count) || someFreeObject(m) === null) return refuse('ENOSPC')
    },
    make: choose(
      object,
      (m, _my, o) => isFreeObject(m, o),
      (m, my, o): Then<'find' | 'answer'> => {
        // Looked at again: another CPU may have made one with the key, or one too many.
        if (m.limits.concurrent && (withKey(m, my.key) !== null || !leavesRoom(m, my.count))) return go('find')
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
        // In hand until its number is told.
        if (m.limits.concurrent) it.holder = my.cpu
        return go('answer')
      },
      { none: () => go('find') },
    ),
    leave: leaveSegment(),
    answer: answerAndLeave((m, my: Running & { readonly made: ObjectId | null }) => numberOf(m, need(my.made))),
  },
  ['leave'],
)
