// Segments where several CPUs run. What looks at the record of a segment, or changes it, has it in hand meanwhile, and does
// so under the lock of regions, which says what objects there are: a segment may lose its last attachment on any CPU. One
// that is in hand stays, and goes when it is let go of (spec/concurrency.md#records).

import { segmentRecords } from '../../spec/interface.js'
import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Objects } from './objects.js'
import type { Segments } from './segments.js'

export type Records = ReturnType<typeof createRecords>

export function createRecords(core: Core, cpus: Cpus, { settle }: Objects, segments: Segments) {
  const { takeObject, giveObject, tryToTakeObject, waitForObject, takeRegions: lock, giveRegions: unlock } = cpus
  const { EINVAL } = answers
  const { objects: COUNT } = core.boot

  const recordOf = (id: number) => id % segmentRecords
  const hasRecord = (id: number) => id >= 0 && recordOf(id) < COUNT

  /** Takes the record that an id names in hand, if nobody has it and there is one. Whether nobody had it. */
  function tryToTake(id: number) {
    return !hasRecord(id) || tryToTakeObject(recordOf(id))
  }
  function waitFor(id: number) {
    waitForObject(recordOf(id))
  }
  function letGo(id: number) {
    if (!hasRecord(id)) return
    lock()
    leave(id)
  }

  function enter(id: number) {
    takeObject(recordOf(id))
    lock()
  }
  function leave(id: number) {
    settle(recordOf(id))
    unlock()
    giveObject(recordOf(id))
  }

  function named(id: number) {
    lock()
    const object = segments.named(id)
    unlock()
    return object
  }

  function get(process: number, key: number, bytes: number, flags: number, mode: number) {
    lock()
    const answer = segments.get(process, key, bytes, flags, mode)
    unlock()
    return answer
  }

  function remove(process: number, id: number) {
    if (!hasRecord(id)) return EINVAL
    enter(id)
    const answer = segments.remove(process, id)
    leave(id)
    return answer
  }

  function set(process: number, id: number, user: number, mode: number) {
    if (!hasRecord(id)) return EINVAL
    enter(id)
    const answer = segments.set(process, id, user, mode)
    leave(id)
    return answer
  }

  function stat(process: number, id: number) {
    if (!hasRecord(id)) return EINVAL
    enter(id)
    const answer = segments.stat(process, id)
    leave(id)
    return answer
  }

  function keep(process: number, id: number, held: number) {
    if (!hasRecord(id)) return EINVAL
    enter(id)
    const answer = segments.keep(process, id, held)
    leave(id)
    return answer
  }

  const guarded: Segments = { ...segments, named, get, remove, set, stat, keep }
  return { tryToTake, waitFor, letGo, segments: core.boot.cpus > 1 ? guarded : segments }
}
