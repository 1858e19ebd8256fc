// The machine: puts the chapters together over one buffer and is their gate to the outside. Callers speak of processes
// and byte addresses; behind the gate there are only spaces and page numbers. All answers are plain numbers: zero and
// above is success, negative is one of the constants in answers.ts.

import * as answers from './answers.js'
import type { BootInfo } from './boot.js'
import { alone, createCore, type Hooks } from './core.js'
import { createFaults } from './faults/faults.js'
import { createFrames, type Frames } from './frames/frames.js'
import { pageBytes, userPages } from './geometry.js'
import { createInspect, type Inspect } from './inspect.js'
import type { Layout } from './layout.js'
import * as processor from './page-tables/mmu.js'
import { createPageTables, type PageTables } from './page-tables/page-tables.js'
import { createSweep } from './page-tables/sweep.js'
import { createTables } from './page-tables/tables.js'
import { createProcesses } from './processes/processes.js'
import { createMapping } from './regions/mapping.js'
import { createRegions } from './regions/regions.js'
import { createArea } from './swap/area.js'
import { createDiscard, createSwap } from './swap/swap.js'

/**
 * A machine. Processes are whole numbers from 0; addresses and lengths are in bytes, addresses below half of the
 * geometry's address space. Every call on a process that is not alive answers ESRCH and changes nothing.
 */
export interface Machine {
  readonly boot: BootInfo
  readonly layout: Layout
  /** The whole state. Words are in the order of `layout`. */
  readonly memory: ArrayBuffer
  readonly inspect: Inspect
  /** Chapters, for measurements and tests that go below the system calls. */
  readonly frames: Pick<Frames, 'allocate' | 'free'>
  readonly pageTables: Pick<PageTables, 'walk' | 'map' | 'unmap'>

  /** Starts a process. 0; EAGAIN without a free space; ENOMEM without a frame for its root table; EEXIST if it is alive. */
  spawn(process: number): number
  /** Ends a process and gives back all it holds. 0. */
  exit(process: number): number
  /**
   * Maps private anonymous memory at a fixed address, replacing what is there. The address; EINVAL for an address that
   * is no multiple of the page size, a length of 0, or bits that are no request; EACCES for writable and executable;
   * ENOMEM past the end of the user half or above the region limit. The length is rounded up to pages.
   */
  mmap(process: number, address: number, length: number, protection: number): number
  /** Removes all mappings in a range. 0; EINVAL as for mmap and past the end; ENOMEM when a split is one region too many. */
  munmap(process: number, address: number, length: number): number
  /** Reads a word. 0 to 2^32-1; EINVAL for an address that is no multiple of 4; ENOMEM, SEGV_MAPERR, SEGV_ACCERR. */
  load(process: number, address: number): number
  /** Writes the low 32 bits of a word. 0; otherwise as load. */
  store(process: number, address: number, word: number): number
  /** Moves the page at any of its addresses to the swap area. 0; ENOSPC; EINVAL where it is not resident. */
  swapOut(process: number, address: number): number
  /** Brings the page at any of its addresses back. 0; ENOMEM; EINVAL where it is not swapped. */
  swapIn(process: number, address: number): number

  /** A copy of the whole state. */
  snapshot(): ArrayBuffer
  /** Makes a snapshot of a machine of the same boot values the state. Throws a RangeError for another size. */
  restore(from: ArrayBuffer): void
}

/** Builds a machine in its first state: no process, everything free. Throws a RangeError for impossible values. */
export function createMachine(boot: BootInfo, hooks: Hooks = alone): Machine {
  const core = createCore(boot, hooks)
  const { words, memory, layout } = core
  const frames = createFrames(core)
  const tables = createTables(core, frames)
  const pageTables = createPageTables(core, tables)
  const mmu = processor.createMmu(core, pageTables)
  const area = createArea(core)
  const regions = createRegions(core)
  const sweep = createSweep(core, tables, createDiscard(frames, area))
  const mapping = createMapping(core, regions, sweep)
  const swap = createSwap(core, { frames, tables, pageTables, regions, area })
  const faults = createFaults(core, { frames, tables, pageTables, mmu, regions, swap })
  const processes = createProcesses(core, tables, regions, sweep)
  for (const chapter of [tables, frames, area, regions, processes]) chapter.format()

  const { LOAD, STORE } = processor
  const { EINVAL, ESRCH, NONE, OK, SEGV_MAPERR } = answers
  const PAGE_BYTES = pageBytes(boot.geometry)
  const PAGE_FRACTION = 1 / PAGE_BYTES
  const OFFSET_MASK = PAGE_BYTES - 1
  const USER_PAGES = userPages(boot.geometry)
  const RAM = layout.ram
  const FRAME_SHIFT = 31 - Math.clz32(layout.pageWords)
  const { spaceOf } = processes
  const { access } = faults

  /** The page of an address, or NONE outside the user half. */
  function pageOf(address: number) {
    const page = Math.floor(address * PAGE_FRACTION)
    return page >= 0 && page < USER_PAGES ? page : NONE
  }

  /** The page that starts at an address, or NONE where none does. */
  function pageAt(address: number) {
    const page = address * PAGE_FRACTION
    return page >= 0 && Math.floor(page) === page ? page : NONE
  }

  const pagesFor = (length: number) => Math.ceil(length * PAGE_FRACTION)

  function mmap(process: number, address: number, length: number, protection: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageAt(address)
    if (page === NONE) return EINVAL
    const answer = mapping.map(space, page, pagesFor(length), protection)
    return answer === OK ? address : answer
  }

  function munmap(process: number, address: number, length: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageAt(address)
    return page === NONE ? EINVAL : mapping.unmap(space, page, pagesFor(length))
  }

  /** The number of the word in the buffer that an access reaches, or why it reaches none. */
  function wordAt(process: number, address: number, kind: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    // Cut off once: every bit operation on a double would do it again.
    const low32 = address | 0
    if ((low32 & 3) !== 0) return EINVAL
    const page = pageOf(address)
    if (page === NONE) return SEGV_MAPERR
    const frame = access(space, page, kind)
    return frame < 0 ? frame : (RAM + (frame << FRAME_SHIFT) + ((low32 & OFFSET_MASK) >>> 2)) | 0
  }

  function load(process: number, address: number) {
    const at = wordAt(process, address, LOAD)
    return at < 0 ? at : words[at] >>> 0
  }

  function store(process: number, address: number, word: number) {
    const at = wordAt(process, address, STORE)
    if (at < 0) return at
    words[at] = word
    return OK
  }

  function swapOut(process: number, address: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageOf(address)
    return page === NONE ? EINVAL : swap.swapOut(space, page)
  }

  function swapIn(process: number, address: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageOf(address)
    return page === NONE ? EINVAL : swap.swapIn(space, page)
  }

  function restore(from: ArrayBuffer) {
    if (from.byteLength !== memory.byteLength) {
      throw new RangeError(`a snapshot of this machine has ${memory.byteLength} bytes, not ${from.byteLength}`)
    }
    words.set(new Int32Array(from))
  }

  return {
    boot,
    layout,
    memory,
    inspect: createInspect(core),
    frames,
    pageTables,
    spawn: processes.spawn,
    exit: processes.exit,
    mmap,
    munmap,
    load,
    store,
    swapOut,
    swapIn,
    snapshot: () => memory.slice(0),
    restore,
  }
}
