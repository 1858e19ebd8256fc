// Segments have a record, a number that says which of those that used the record this is, and perhaps a key. Rules:
// spec/shared-memory.md#segments, spec/concurrency.md#records.

import { type Errno, segmentRecords } from '../../spec/interface.js'
import type { Running } from '../concurrency/cpus.js'
import { leave } from '../concurrency/locks.js'
import { concurrent, disabled, done, ids, range, refuse, type Step, size, step } from '../kit/index.js'
import { type M, type ObjectId, object, type Process, process, type State, spaceOf } from '../state.js'
import { forgetObjects, letGoOfObjects } from './objects.js'
import { mayControl } from './rights.js'

/** How a command names a segment. */
export const named = { process, segment: object, sequence: range(0, b => Math.max(1, size(b, 'sequence')) - 1) }
export interface Named {
  readonly process: Process
  readonly segment: ObjectId
  readonly sequence: number
}
export const user = range(0, b => Math.max(0, size(b, 'user') - 1))
export const mode = range(0, 0o777)

/** Whether there is no such segment: the record holds none, or a later one. */
export function unknown(m: M, { segment, sequence }: Named): Errno | null {
  const it = m.objects[segment]
  if (it.kind !== 'segment') return 'EINVAL'
  return it.sequence === sequence ? null : 'EIDRM'
}

/**
 * What entering does for commands that name a segment: while they look at its record and change it, no other has it in
 * hand, and it does not go.
 */
export const inHand = {
  allowed: (m: M, my: Named & Running): boolean => isFreeFor(m, my),
  mark: (m: M, my: Named & Running): void => {
    if (unknown(m, my) === null) m.objects[my.segment].holder = my.cpu
  },
}
const isFreeFor = (m: M, { segment }: Named): boolean => m.objects[segment].holder === null

/** Why a command that names a segment is refused. What is there by now, and was not when it entered, is not there for it. */
export function absence(m: M, my: Named & Running): Errno | null {
  const error = unknown(m, my)
  if (error !== null || !m.limits.concurrent) return error
  return m.objects[my.segment].holder === my.cpu ? null : 'EINVAL'
}

/** The first step of commands that name a segment, but for entering. */
export const look = (m: M, my: Named & Running) => {
  if (spaceOf(m, my.process) === null) return disabled
  const error = absence(m, my)
  return error === null ? undefined : refuse(error)
}
/** A last step: gives back the record as well. What was removed and is not attached goes now. */
export const leaveSegment = <T extends Running>() =>
  concurrent<State, T>({ kind: 'plain', run: letGoAndLeave, ghost: forgetObjects })
function letGoAndLeave(m: M, my: Running): void {
  letGoOfObjects(m, my.cpu)
  leave(m, my)
}

/** A step behind the last ones: answers what it finds, and leaves in the same instant. */
export const answerAndLeave = <T extends Running>(value: (m: M, my: T) => number): Step<State, T, never> =>
  step(
    (m: M, my: T) => {
      const answer = done(value(m, my))
      if (m.limits.concurrent) letGoAndLeave(m, my)
      return answer
    },
    m => {
      if (m.limits.concurrent) forgetObjects(m)
    },
  )
/** The second step of those that change it. */
export const control = (m: M, my: Named) => (mayControl(m, my.process, my.segment) ? undefined : refuse('EPERM'))

export const numberOf = (m: M, o: ObjectId): number => m.objects[o].sequence * segmentRecords + o
export const bytesOf = (m: M, o: ObjectId): number => m.objects[o].size * 4096 - m.objects[o].short

const live = (m: M): readonly ObjectId[] => ids(m.objects).filter(o => m.objects[o].kind === 'segment')
/** The segment with a key. One that is marked has lost its key. */
export const withKey = (m: M, key: number): ObjectId | null =>
  key === 0 ? null : (live(m).find(o => m.objects[o].key === key && !m.objects[o].marked) ?? null)
/** Whether the segments that there are leave room for one of so many pages. */
export function leavesRoom(m: M, pages: number): boolean {
  const used = live(m).reduce((sum, o) => sum + m.objects[o].size, 0)
  return live(m).length < m.limits.segments && used + pages <= m.limits.segmentPages
}
