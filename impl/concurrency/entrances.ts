// The calls where several CPUs run: each enters the kernel with the locks that it needs (entering.ts), and what is
// called behind them is the gate of a machine with one CPU (gate.ts).

import * as answers from '../answers.js'
import type { Machine } from '../api.js'
import type { Gate } from '../gate.js'
import type { Chapters } from '../machine.js'
import * as processor from '../page-tables/mmu.js'
import { createEntering } from './entering.js'

export function createEntrances({ core, cpus, processes, frames, records }: Chapters, gate: Gate) {
  const { ESRCH, FAULT, NEEDS_ALONE, NONE, OK } = answers
  const { FETCH, LOAD, STORE } = processor
  const { load, enterAlone, enterToRead, alone, enter, among } = createEntering(cpus, processes)
  const { poll, activate, takeAlone, giveAlone, giveToRead, leaveSpace, closeSpace, reopenSpace } = cpus
  const { takeProcesses, giveProcesses, takeTables, giveTables, takeSlots, giveSlots, takeFrames, giveFrames } = cpus
  const { spaceOf, settledSpaceOf } = processes
  const { takeArea, giveArea } = cpus
  const { begin } = frames
  const AREAS = core.boot.areas.length
  const { tryToTake, waitFor, letGo } = records

  /** The kernel's part of an access that hardware could not make; the call that it is for has begun. */
  function fault(process: number, address: number, kind: number) {
    const answer = faultAmongOthers(process, address, kind)
    return answer === NEEDS_ALONE ? faultAlone(process, address, kind) : answer
  }
  function faultAmongOthers(process: number, address: number, kind: number) {
    const space = enterToRead(process)
    if (space === NONE) return ESRCH
    const answer = gate.handlePageFault(process, address, kind)
    giveToRead(space)
    return answer
  }
  function faultAlone(process: number, address: number, kind: number) {
    const space = enterAlone(process)
    if (space === NONE) return ESRCH
    const answer = gate.handlePageFault(process, address, kind)
    giveAlone(space)
    return answer
  }

  type Access = (process: number, address: number, word: number) => number

  /** An instruction that hardware could not make: the fault, and the instruction again; the process lives until it is made. */
  function finish(process: number, address: number, kind: number, word: number, access: Access) {
    const space = enter(process)
    if (space === NONE) return ESRCH
    begin()
    const answer = faultUntilMade(process, address, kind, word, access)
    leaveSpace(space)
    return answer
  }
  function faultUntilMade(process: number, address: number, kind: number, word: number, access: Access) {
    for (;;) {
      const answer = fault(process, address, kind)
      if (answer !== OK) return answer
      load(process)
      const made = access(process, address, word)
      if (made !== FAULT) return made
    }
  }

  function handlePageFault(process: number, address: number, kind: number) {
    begin()
    return fault(process, address, kind)
  }

  function loadWord(process: number, address: number) {
    if (!load(process)) return ESRCH
    const word = gate.load(process, address)
    return word === FAULT ? finish(process, address, LOAD, 0, gate.load) : word
  }
  function storeWord(process: number, address: number, word: number) {
    if (!load(process)) return ESRCH
    const stored = gate.store(process, address, word)
    return stored === FAULT ? finish(process, address, STORE, word, gate.store) : stored
  }
  function fetch(process: number, address: number) {
    if (!load(process)) return ESRCH
    const fetched = gate.fetch(process, address)
    return fetched === FAULT ? finish(process, address, FETCH, 0, gate.fetch) : fetched
  }

  function mmap(process: number, address: number | null, length: number, protection: number, flags = 0) {
    return alone(process, () => gate.mmap(process, address, length, protection, flags))
  }

  function munmap(process: number, address: number, length: number) {
    return alone(process, () => gate.munmap(process, address, length))
  }

  function mprotect(process: number, address: number, length: number, request: number) {
    return alone(process, () => gate.mprotect(process, address, length, request))
  }

  function mremap(process: number, address: number, old: number, length: number, flags = 0, to = 0) {
    return alone(process, () => gate.mremap(process, address, old, length, flags, to))
  }

  function mlock(process: number, address: number, length: number) {
    return alone(process, () => gate.mlock(process, address, length))
  }

  function mlock2(process: number, address: number, length: number, flags: number) {
    return alone(process, () => gate.mlock2(process, address, length, flags))
  }

  function munlock(process: number, address: number, length: number) {
    return alone(process, () => gate.munlock(process, address, length))
  }

  function mlockall(process: number, flags: number) {
    return alone(process, () => gate.mlockall(process, flags))
  }

  function munlockall(process: number) {
    return alone(process, () => gate.munlockall(process))
  }

  /** An entry that is in hand is not what it seems. */
  function mincore(process: number, address: number, length: number) {
    const space = enterToRead(process)
    if (space === NONE) return ESRCH
    takeTables(space)
    const answer = gate.mincore(process, address, length)
    giveTables(space)
    giveToRead(space)
    return answer
  }

  /** Takes no lock of a space: the tables stay as long as this CPU has them loaded and answers nobody. */
  function swapOut(process: number, address: number) {
    return load(process) ? gate.swapOut(process, address) : ESRCH
  }

  function swapIn(process: number, address: number) {
    const space = enterToRead(process)
    if (space === NONE) return ESRCH
    const answer = gate.swapIn(process, address)
    giveToRead(space)
    return answer
  }

  /** A call with a swap area in hand. */
  function withArea(process: number, area: number, call: () => number) {
    const space = enter(process)
    if (space === NONE) return ESRCH
    const isOne = area >= 0 && area < AREAS
    if (isOne) takeArea(area)
    const answer = call()
    if (isOne) giveArea(area)
    leaveSpace(space)
    return answer
  }
  function underSlots(process: number, area: number, call: () => number) {
    return withArea(process, area, () => {
      takeSlots()
      const answer = call()
      giveSlots()
      return answer
    })
  }
  function mkswap(process: number, area: number) {
    return underSlots(process, area, () => gate.mkswap(process, area))
  }
  function rmswap(process: number, area: number) {
    return underSlots(process, area, () => gate.rmswap(process, area))
  }
  function swapon(process: number, area: number, priority: number) {
    return underSlots(process, area, () => gate.swapon(process, area, priority))
  }
  /** It takes many steps, and has the slots for some of them. */
  function swapoff(process: number, area: number) {
    return withArea(process, area, () => gate.swapoff(process, area))
  }

  function spawn(process: number) {
    poll()
    return gate.spawn(process)
  }

  function fork(process: number, child: number) {
    return alone(process, () => gate.fork(process, child))
  }

  function exit(process: number) {
    poll()
    for (;;) {
      const space = settledSpaceOf(process)
      if (space === NONE) return ESRCH
      closeSpace(space)
      const isOver = endIn(process, space)
      reopenSpace(space)
      if (isOver) return OK
    }
  }

  /** Ends a process whose space nobody counts on any more. Whether it still has this one. */
  function endIn(process: number, space: number) {
    takeAlone(space)
    const isIts = spaceOf(process) === space
    if (isIts) {
      activate(space)
      gate.exit(process)
    }
    giveAlone(space)
    return isIts
  }

  function underProcesses(process: number, call: () => number) {
    const space = enter(process)
    if (space === NONE) return ESRCH
    takeProcesses()
    const answer = call()
    giveProcesses()
    leaveSpace(space)
    return answer
  }
  function setuid(process: number, user: number) {
    return underProcesses(process, () => gate.setuid(process, user))
  }
  function dropcap(process: number, capabilityBits: number) {
    return underProcesses(process, () => gate.dropcap(process, capabilityBits))
  }
  function rlimit(process: number, resource: number, pages: number) {
    return underProcesses(process, () => gate.rlimit(process, resource, pages))
  }

  function reserveFrame(frame: number) {
    poll()
    takeFrames()
    const answer = frames.reserve(frame)
    giveFrames()
    return answer
  }
  function allocateFrame() {
    poll()
    return frames.allocateKernel()
  }
  function freeFrame(frame: number) {
    poll()
    takeProcesses()
    const answer = frames.freeKernel(frame)
    giveProcesses()
    return answer
  }

  function shmget(process: number, key: number, bytes: number, flags: number, mode: number) {
    return among(process, () => gate.shmget(process, key, bytes, flags, mode))
  }
  /** Takes a space alone, and the record of a segment in hand: nobody has the one who waits for the other. */
  function takeWithSegment(space: number, id: number) {
    takeAlone(space)
    while (!tryToTake(id)) {
      giveAlone(space)
      waitFor(id)
      takeAlone(space)
    }
  }
  function shmat(process: number, id: number, address: number | null, flags = 0) {
    const space = enter(process)
    if (space === NONE) return ESRCH
    takeWithSegment(space, id)
    activate(space)
    const answer = gate.shmat(process, id, address, flags)
    giveAlone(space)
    letGo(id)
    leaveSpace(space)
    return answer
  }
  function shmdt(process: number, address: number) {
    return alone(process, () => gate.shmdt(process, address))
  }
  function shmremove(process: number, id: number) {
    return among(process, () => gate.shmremove(process, id))
  }
  function shmset(process: number, id: number, user: number, mode: number) {
    return among(process, () => gate.shmset(process, id, user, mode))
  }
  function shmstat(process: number, id: number) {
    return among(process, () => gate.shmstat(process, id))
  }
  function shmlock(process: number, id: number) {
    return among(process, () => gate.shmlock(process, id))
  }
  function shmunlock(process: number, id: number) {
    return among(process, () => gate.shmunlock(process, id))
  }

  return {
    shmget,
    shmat,
    shmdt,
    shmremove,
    shmset,
    shmstat,
    shmlock,
    shmunlock,
    spawn,
    exit,
    fork,
    setuid,
    dropcap,
    rlimit,
    reserveFrame,
    allocateFrame,
    freeFrame,
    mmap,
    munmap,
    mprotect,
    mremap,
    mincore,
    mlock,
    mlock2,
    munlock,
    mlockall,
    munlockall,
    swapOut,
    swapIn,
    mkswap,
    rmswap,
    swapon,
    swapoff,
    load: loadWord,
    store: storeWord,
    fetch,
    handlePageFault,
  } satisfies Partial<Machine>
}
