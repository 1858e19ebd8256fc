// How the kernel is entered where several CPUs run: the space of a process is found, what is needed of it is taken, and
// then it is looked for again, for the process may have ended meanwhile. Whoever finds it gone gives back what it took.
// Between two instructions, which is where each call begins, interrupts are taken.

import * as answers from '../answers.js'
import type { Processes } from '../processes/processes.js'
import type { Cpus } from './cpus.js'

export type Entering = ReturnType<typeof createEntering>

export function createEntering(cpus: Cpus, { spaceOf, settledSpaceOf }: Processes) {
  const { ESRCH, NONE } = answers
  const { poll, activate, takeAlone, giveAlone, takeToRead, giveToRead, useSpace, leaveSpace } = cpus

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

  /** Takes the space of a process alone. It, or NONE where the process does not live. */
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
  /** The same, with others to look. */
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

  /** A call that has no lock of a space, and whose process does not end meanwhile. */
  function among(process: number, call: () => number) {
    const space = enter(process)
    if (space === NONE) return ESRCH
    const answer = call()
    leaveSpace(space)
    return answer
  }

  return { load, enterAlone, enterToRead, alone, enter, among }
}
