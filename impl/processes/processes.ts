// Processes and their spaces: a process is a number that leads to a space, a space is a root table and a tree of
// regions. Starting one takes a space and a table; ending one gives back everything by walking what exists.

import * as answers from '../answers.js'
import { createBitmap } from '../bitmap.js'
import type { Core } from '../core.js'
import { userPages } from '../geometry.js'
import { spaceField, spaceWords } from '../layout.js'
import type { Sweep } from '../page-tables/sweep.js'
import type { Tables } from '../page-tables/tables.js'
import type { Regions } from '../regions/regions.js'

export type Processes = ReturnType<typeof createProcesses>

export function createProcesses(core: Core, tables: Tables, regions: Regions, { sweep }: Sweep) {
  const { words, layout, chose } = core
  const { EAGAIN, EEXIST, ENOMEM, ESRCH, NONE, OK } = answers
  const { processes: PROCESS_COUNT, spaces: SPACE_COUNT } = core.boot
  const PROCESSES = layout.processes
  const SPACES = layout.spaces
  const ROOT = layout.spaces + spaceField.root
  const USER_PAGES = userPages(core.boot.geometry)
  const taken = createBitmap(words, layout.spaceBits, SPACE_COUNT)

  function format() {
    words.fill(NONE, PROCESSES, PROCESSES + PROCESS_COUNT)
    words.fill(0, SPACES, SPACES + SPACE_COUNT * spaceWords)
    for (let space = 0; space < SPACE_COUNT; space++) words[ROOT + space * spaceWords] = NONE
    taken.format()
  }

  /** The space of a living process, or NONE. */
  function spaceOf(process: number) {
    return process >= 0 && process < PROCESS_COUNT ? words[PROCESSES + process] : NONE
  }

  /** Starts a process with an empty space. OK, EAGAIN, ENOMEM; EEXIST for a living process, ESRCH for no process at all. */
  function spawn(process: number) {
    if (!(process >= 0 && process < PROCESS_COUNT)) return ESRCH
    if (words[PROCESSES + process] !== NONE) return EEXIST
    const space = taken.lowest()
    chose('space', space)
    if (space === NONE) return EAGAIN
    const root = tables.take(NONE)
    if (root === NONE) return ENOMEM
    taken.set(space)
    words[ROOT + space * spaceWords] = root
    words[PROCESSES + process] = space
    return OK
  }

  /** Ends a process; its frames, slots, regions, tables and space are free again. OK or ESRCH. */
  function exit(process: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const root = words[ROOT + space * spaceWords]
    regions.removeAll(space)
    sweep(root, 0, USER_PAGES)
    tables.give(root)
    words[ROOT + space * spaceWords] = NONE
    taken.clear(space)
    words[PROCESSES + process] = NONE
    return OK
  }

  return { format, spaceOf, spawn, exit }
}
