// Processes and their spaces: a process is a number that leads to a space, a space is a root table and a tree of
// regions. Starting one takes a space and a table; ending one gives back everything by walking what exists.

import * as answers from '../answers.js'
import { createBitmap } from '../bitmap.js'
import * as boots from '../boot.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import { userPages } from '../geometry.js'
import * as layouts from '../layout.js'
import type { Memory } from '../memory.js'
import type { Regions } from '../regions/regions.js'
import { IPC_LOCK, IPC_OWNER, isUser, SYS_ADMIN } from './limits.js'

/** What a process may give up, as the bits that `dropcap` takes. */
export const capabilities = { ipc_owner: IPC_OWNER, ipc_lock: IPC_LOCK, sys_admin: SYS_ADMIN } as const
/** What `rlimit` limits. */
export const resources = { memlock: 0, as: 1 } as const

export type Processes = ReturnType<typeof createProcesses>

export function createProcesses(core: Core, cpus: Cpus, memory: Memory, regions: Regions) {
  const { words, layout, chose } = core
  const { EAGAIN, EEXIST, EINVAL, EPERM, ESRCH, NONE, OK } = answers
  const { unlimited: UNLIMITED } = boots
  const { processField, processWords, spaceField, spaceWords } = layouts
  const { space: SPACE, user: USER, dropped: DROPPED, memlock: MEMLOCK, as: AS } = processField
  const { processes: PROCESS_COUNT, spaces: SPACE_COUNT, memlockLimit: MEMLOCK_LIMIT } = core.boot
  const ALL_CAPABILITIES = IPC_OWNER | IPC_LOCK | SYS_ADMIN
  const PROCESSES = layout.processes
  const SPACES = layout.spaces
  const { root: ROOT, process: PROCESS } = spaceField
  const USER_PAGES = userPages(core.boot.geometry)
  const taken = createBitmap(words, layout.spaceBits, SPACE_COUNT)
  const { tables, sweep, clearRange, gather, copyOnWrite } = memory
  const { takeProcesses: lock, giveProcesses: unlock, wait, takeAlone, giveAlone } = cpus
  const SEVERAL = core.boot.cpus > 1
  /** In place of a space: the process is being made, or is ending. */
  const CHANGING = -2

  function format() {
    words.fill(0, PROCESSES, PROCESSES + PROCESS_COUNT * processWords)
    for (let process = 0; process < PROCESS_COUNT; process++) words[recordOf(process) + SPACE] = NONE
    words.fill(0, SPACES, SPACES + SPACE_COUNT * spaceWords)
    for (let space = 0; space < SPACE_COUNT; space++) forgetSpace(space)
    taken.format()
  }

  const recordOf = (process: number) => PROCESSES + process * processWords
  const exists = (process: number) => process >= 0 && process < PROCESS_COUNT

  /** The space of a living process, or NONE. */
  function spaceOf(process: number) {
    if (SEVERAL) return spaceAmongOthers(process)
    return exists(process) ? words[PROCESSES + process * processWords] : NONE
  }

  function spaceAmongOthers(process: number) {
    const space = exists(process) ? Atomics.load(words, PROCESSES + process * processWords) : NONE
    return space === CHANGING ? NONE : space
  }

  /** The same where several CPUs run, once nobody is about to make or to end the process. */
  function settledSpaceOf(process: number) {
    const space = exists(process) ? Atomics.load(words, recordOf(process) + SPACE) : NONE
    return space === CHANGING ? settle(process) : space
  }
  function settle(process: number) {
    for (;;) {
      wait(recordOf(process) + SPACE, CHANGING, 'locks.process')
      const space = Atomics.load(words, recordOf(process) + SPACE)
      if (space !== CHANGING) return space
    }
  }

  /** Takes a process that does not live, which nobody else makes meanwhile. Whether there is one. */
  function begin(process: number) {
    return SEVERAL ? beginAmongOthers(process) : words[recordOf(process) + SPACE] === NONE
  }

  function beginAmongOthers(process: number) {
    for (;;) {
      const seen = Atomics.compareExchange(words, recordOf(process) + SPACE, NONE, CHANGING)
      if (seen === NONE) return true
      if (seen !== CHANGING) return false
      wait(recordOf(process) + SPACE, CHANGING, 'locks.process')
    }
  }

  /** The process lives in this space from now on, or (NONE) does not live. */
  function end(process: number, space: number) {
    if (SEVERAL) Atomics.store(words, recordOf(process) + SPACE, space)
    else words[recordOf(process) + SPACE] = space
  }

  /** A free space keeps nothing of whoever used it. */
  function forgetSpace(space: number) {
    const record = SPACES + space * spaceWords
    words.fill(0, record, record + spaceWords)
    words[record + ROOT] = words[record + PROCESS] = NONE
  }

  /** Takes a space with an empty root table for a process to be. The space, or EAGAIN, ENOMEM (or failed). */
  function takeSpace(process: number) {
    if (SEVERAL) lock()
    const space = taken.lowest()
    if (space !== NONE) taken.set(space)
    if (SEVERAL) unlock()
    chose('space', space)
    if (space === NONE) return EAGAIN
    const root = tables.takeRoot(space)
    if (root < 0) {
      release(space)
      return root
    }
    words[SPACES + space * spaceWords + ROOT] = root
    words[SPACES + space * spaceWords + PROCESS] = process
    return space
  }

  /** Gives back a space that has neither regions nor entries. */
  function giveSpace(space: number) {
    tables.give(words[SPACES + space * spaceWords + ROOT])
    forgetSpace(space)
    release(space)
  }

  function release(space: number) {
    if (SEVERAL) lock()
    taken.clear(space)
    if (SEVERAL) unlock()
  }

  /** Starts a process with an empty space. OK, EAGAIN, ENOMEM; EEXIST for a living one, ESRCH for no process at all. */
  function spawn(process: number) {
    if (!exists(process)) return ESRCH
    if (!begin(process)) return EEXIST
    const space = takeSpace(process)
    if (SEVERAL && space < 0) end(process, NONE)
    if (space < 0) return space
    const record = recordOf(process)
    words[record + USER] = words[record + DROPPED] = 0
    words[record + MEMLOCK] = MEMLOCK_LIMIT
    words[record + AS] = UNLIMITED
    end(process, space)
    return OK
  }

  /** Starts a process whose memory is a copy of another's. As spawn; ESRCH too if the parent is not alive. */
  function fork(process: number, child: number) {
    const from = spaceOf(process)
    if (from === NONE || !exists(child)) return ESRCH
    if (!begin(child)) return EEXIST
    const to = takeSpace(child)
    if (SEVERAL && to < 0) end(child, NONE)
    if (to < 0) return to
    // Nobody enters it yet, but who evicts a page of it must leave its tables alone.
    if (SEVERAL) takeAlone(to)
    regions.copyAll(from, to)
    const answer = copyOnWrite.fork(from, to)
    if (answer !== OK) {
      regions.removeAll(to)
      if (SEVERAL) giveAlone(to)
      giveSpace(to)
      if (SEVERAL) end(child, NONE)
      return answer
    }
    regions.inheritChains(from, to)
    for (let word = SPACE + 1; word < processWords; word++)
      words[recordOf(child) + word] = words[recordOf(process) + word]
    if (SEVERAL) giveAlone(to)
    end(child, to)
    return OK
  }

  /** Ends a process; its frames, slots, regions, tables and space are free again. OK or ESRCH. */
  function exit(process: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    if (SEVERAL) leave(process, space)
    regions.removeAll(space)
    sweep(words[SPACES + space * spaceWords + ROOT], 0, USER_PAGES)
    giveSpace(space)
    words.fill(0, recordOf(process) + SPACE + 1, recordOf(process) + processWords)
    end(process, NONE)
    return OK
  }

  /** From here on nobody enters the space, and every CPU leaves it before anything of it is given back. */
  function leave(process: number, space: number) {
    end(process, CHANGING)
    clearRange(words[SPACES + space * spaceWords + ROOT], 0, USER_PAGES)
    gather.forgetForGood(space)
  }

  /** Makes a process another user's, who has no capabilities unless it is user 0. OK, ESRCH, EPERM, EINVAL. */
  function setuid(process: number, user: number) {
    if (spaceOf(process) === NONE) return ESRCH
    if (!isUser(user)) return EINVAL
    const record = recordOf(process)
    if (words[record + USER] !== 0 && words[record + USER] !== user) return EPERM
    words[record + USER] = user
    if (user !== 0) words[record + DROPPED] = ALL_CAPABILITIES
    return OK
  }

  /** Lets a process give up capabilities for good. OK or ESRCH, EINVAL. */
  function dropcap(process: number, bits: number) {
    if (spaceOf(process) === NONE) return ESRCH
    if ((bits & ~ALL_CAPABILITIES) !== 0) return EINVAL
    words[recordOf(process) + DROPPED] |= bits
    return OK
  }

  /** Sets how many pages a process may lock or map. OK or ESRCH, EINVAL. */
  function rlimit(process: number, resource: number, pages: number) {
    if (spaceOf(process) === NONE) return ESRCH
    if (!(pages >= 0 && pages <= UNLIMITED)) return EINVAL
    if (resource !== resources.memlock && resource !== resources.as) return EINVAL
    words[recordOf(process) + (resource === resources.memlock ? MEMLOCK : AS)] = pages
    return OK
  }

  return { format, spaceOf, settledSpaceOf, spawn, fork, exit, setuid, dropcap, rlimit }
}
