// What a process may do: its user, the capabilities that it did not give up, and how many pages it may map and lock.
// Reading only; whoever acts has asked here before (processes.md#limits, locking.md#may-lock).

import * as boots from '../boot.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'

/** Users are kept as signed words: a larger number would come back as another user, perhaps as user 0. */
const mostUser = 2 ** 31 - 1
export const isUser = (user: number) => user >= 0 && user <= mostUser

/** Capabilities, as bits of what a process gave up. */
export const IPC_OWNER = 1
export const IPC_LOCK = 2
export const SYS_ADMIN = 4

export type Limits = ReturnType<typeof createLimits>

export function createLimits(core: Core) {
  const { words, doubles, layout } = core
  const { processField, processWords, spaceField, spaceWords } = layouts
  const { unlimited: UNLIMITED } = boots
  const LOCKER = IPC_LOCK
  const { processes: PROCESSES, spaces: SPACES } = layout
  const USER = PROCESSES + processField.user
  const DROPPED = PROCESSES + processField.dropped
  const MEMLOCK = PROCESSES + processField.memlock
  const AS = PROCESSES + processField.as
  const PROCESS = SPACES + spaceField.process
  const MAPPED = SPACES + spaceField.mapped
  const LOCKED = SPACES + spaceField.locked

  const userOf = (process: number) => words[USER + process * processWords]

  /** Whether a process still has a capability. */
  function has(process: number, capability: number) {
    return (words[DROPPED + process * processWords] & capability) === 0
  }

  const recordOf = (space: number) => words[PROCESS + space * spaceWords] * processWords
  const mappedOf = (space: number) => doubles[(MAPPED + space * spaceWords) >> 1]
  const lockedOf = (space: number) => doubles[(LOCKED + space * spaceWords) >> 1]
  const locksFreely = (space: number) => (words[DROPPED + recordOf(space)] & LOCKER) === 0

  /** Whether so many more mapped pages are more than the space's process may map. */
  function exceedsMapped(space: number, more: number) {
    const limit = words[AS + recordOf(space)]
    return limit !== UNLIMITED && mappedOf(space) + more > limit
  }

  /** Whether so many more locked pages are more than the space's process may lock. */
  function exceedsLocked(space: number, more: number) {
    return exceedsLockedInAll(space, lockedOf(space) + more)
  }

  /** Whether so many locked pages in all are more than it may lock. */
  function exceedsLockedInAll(space: number, locked: number) {
    const limit = words[MEMLOCK + recordOf(space)]
    return limit !== UNLIMITED && locked > limit && !locksFreely(space)
  }

  /** Whether the space's process may lock pages at all. */
  function mayLock(space: number) {
    return words[MEMLOCK + recordOf(space)] > 0 || locksFreely(space)
  }

  return { userOf, has, mappedOf, lockedOf, exceedsMapped, exceedsLocked, exceedsLockedInAll, mayLock }
}
