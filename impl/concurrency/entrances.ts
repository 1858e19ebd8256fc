// The ways into the kernel where several CPUs run: each call finds the space of its process, takes the lock that it
// needs, and looks again, for the process may have ended meanwhile. What is called behind a lock is the gate of a machine
// with one CPU (gate.ts). Between two instructions, which is where each call begins, interrupts are taken.

import * as answers from '../answers.js'
import type { Machine } from '../api.js'
import type { Gate } from '../gate.js'
import type { Chapters } from '../machine.js'
import * as processor from '../page-tables/mmu.js'

export function createEntrances({ cpus, processes, frames }: Chapters, gate: Gate) {
  const { ESRCH, FAULT, NEEDS_ALONE, NONE, OK } = answers
  const { FETCH, LOAD, STORE } = processor
  const { poll, activate, takeAlone, giveAlone, takeToRead, giveToRead } = cpus
  const { useSpace, leaveSpace, closeSpace, reopenSpace } = cpus
  const { takeProcesses, giveProcesses, takeTables, giveTables, takeSlots, giveSlots, takeFrames, giveFrames } = cpus
  const { spaceOf, settledSpaceOf } = processes

  /** Loads the tables of a process's space. Whether it lives: where it is ending, they are not loaded. */
  function load(process: number) {
    poll()
    for (;;) {
      const space = settledSpaceOf(process)
      if (space === NONE) return false
      activate(space)
      // Said before: who ends the process says so first, and then asks those who have its tables loaded.
      if (spaceOf(process) === space) return true
      activate(NONE)
    }
  }

  /** Takes the space of a process alone, or with others to look. It, or NONE where the process does not live. */
  function enterAlone(process: number) {
    poll()
    for (;;) {
      const space = settledSpaceOf(process)
      if (space === NONE) return NONE
      takeAlone(space)
      if (spaceOf(process) === space) {
        activate(space)
        return space
      }
      giveAlone(space)
    }
  }
  function enterToRead(process: number) {
    poll()
    for (;;) {
      const space = settledSpaceOf(process)
      if (space === NONE) return NONE
      takeToRead(space)
      if (spaceOf(process) === space) {
        activate(space)
        return space
      }
      giveToRead(space)
    }
  }

  /** A call that has the space of its process alone. */
  function alone(process: number, call: () => number) {
    const space = enterAlone(process)
    if (space === NONE) return ESRCH
    const answer = call()
    giveAlone(space)
    return answer
  }

  /** Enters the kernel for a process, which does not end until it is left: its space, or NONE. Takes no lock of it. */
  function enter(process: number) {
    poll()
    for (;;) {
      const space = settledSpaceOf(process)
      if (space === NONE) return NONE
      useSpace(space)
      if (spaceOf(process) === space) return space
      leaveSpace(space)
    }
  }

  /** The kernel's part of an access that hardware could not make. */
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

  function mkswap(process: number, area: number) {
    poll()
    takeSlots()
    const answer = gate.mkswap(process, area)
    giveSlots()
    return answer
  }
  function rmswap(process: number, area: number) {
    poll()
    takeSlots()
    const answer = gate.rmswap(process, area)
    giveSlots()
    return answer
  }
  function swapon(process: number, area: number, priority: number) {
    poll()
    takeSlots()
    const answer = gate.swapon(process, area, priority)
    giveSlots()
    return answer
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

  function setuid(process: number, user: number) {
    poll()
    takeProcesses()
    const answer = gate.setuid(process, user)
    giveProcesses()
    return answer
  }
  function dropcap(process: number, capabilityBits: number) {
    poll()
    takeProcesses()
    const answer = gate.dropcap(process, capabilityBits)
    giveProcesses()
    return answer
  }
  function rlimit(process: number, resource: number, pages: number) {
    poll()
    takeProcesses()
    const answer = gate.rlimit(process, resource, pages)
    giveProcesses()
    return answer
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

  /** Calls that are made for one CPU. */
  function refuse(): never {
    throw new RangeError('this call is for a machine with one CPU')
  }

  return {
    swapoff: refuse,
    shmget: refuse,
    shmat: refuse,
    shmdt: refuse,
    shmremove: refuse,
    shmset: refuse,
    shmstat: refuse,
    shmlock: refuse,
    shmunlock: refuse,
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
    load: loadWord,
    store: storeWord,
    fetch,
    handlePageFault: fault,
  } satisfies Partial<Machine>
}
