// Segments have a record, a number that says which of those that used the record this is, and perhaps a key. Rules:
// spec/shared-memory.md#segments.

import { type Errno, segmentRecords } from '../../spec/interface.js'
import { disabled, ids, range, refuse, size } from '../kit/index.js'
import { type M, type ObjectId, object, type Process, process, spaceOf } from '../state.js'
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

/** The first step of commands that name a segment. */
export const look = (m: M, my: Named) => {
  if (spaceOf(m, my.process) === null) return disabled
  const error = unknown(m, my)
  return error === null ? undefined : refuse(error)
}
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
