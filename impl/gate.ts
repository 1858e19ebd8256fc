// The gate of a machine: every call from outside finds its space, turns byte addresses and lengths into pages, and asks
// the chapter. A call on a process that is not alive ends here (ESRCH).

import * as answers from './answers.js'
import { pageBytes, userPages } from './geometry.js'
import type { Chapters } from './machine.js'
import * as processor from './page-tables/mmu.js'
import * as limitBits from './processes/limits.js'
import { mapFlags } from './regions/mapping.js'
import { remapFlags } from './regions/mremap.js'
import { shmFlags } from './shared-memory/segments.js'

export type Gate = ReturnType<typeof createGate>

export function createGate(chapters: Chapters) {
  const { core, frames, limits, memory, locking, mapping, segments, attach, processes } = chapters
  const { words, layout, boot } = core
  const { FETCH, LOAD, STORE } = processor
  const { EINVAL, EPERM, ESRCH, NONE, OK, SEGV_ACCERR, SEGV_MAPERR } = answers
  const { SYS_ADMIN } = limitBits
  const SEVERAL = boot.cpus > 1
  const PAGE_BYTES = pageBytes(boot.geometry)
  const PAGE_FRACTION = 1 / PAGE_BYTES
  const OFFSET_MASK = PAGE_BYTES - 1
  const USER_PAGES = userPages(boot.geometry)
  /** The upper half of 64-bit addresses is the kernel's as far down as the user's goes up. */
  const KERNEL_END = 2 ** 64
  const KERNEL_START = KERNEL_END - USER_PAGES * PAGE_BYTES
  const RAM = layout.ram
  const FRAME_SHIFT = 31 - Math.clz32(layout.pageWords)
  const EXACT = mapFlags.fixed | mapFlags.noreplace
  const { fixed: MOVE_FIXED } = remapFlags
  const { rnd: ROUNDED } = shmFlags
  const { spaceOf } = processes
  const { access, handle } = memory.faults

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

  /** Pages that so many bytes need; a length below zero is as long as nothing can be. */
  const pagesFor = (length: number) => (length < 0 ? Number.POSITIVE_INFINITY : Math.ceil(length * PAGE_FRACTION))
  const addressOf = (page: number) => (page < 0 ? page : page * PAGE_BYTES)
  const outside = (address: number) => (address >= KERNEL_START && address < KERNEL_END ? SEGV_ACCERR : SEGV_MAPERR)

  function mmap(process: number, address: number | null, length: number, protection: number, flags = 0) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const isExact = (flags & EXACT) !== 0
    const page = isExact ? pageAt(address ?? 0) : address === null ? NONE : pageOf(address)
    if (isExact && page === NONE) return EINVAL
    return addressOf(mapping.map(space, page, pagesFor(length), protection, flags))
  }

  function munmap(process: number, address: number, length: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageAt(address)
    return page === NONE ? EINVAL : mapping.unmap(space, page, pagesFor(length))
  }

  function mprotect(process: number, address: number, length: number, request: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageAt(address)
    return page === NONE ? EINVAL : chapters.mprotect(space, page, pagesFor(length), request)
  }

  function mremap(process: number, address: number, old: number, length: number, flags = 0, to = 0) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageAt(address)
    const place = (flags & MOVE_FIXED) === 0 ? 0 : pageAt(to)
    if (page === NONE || place === NONE) return EINVAL
    return addressOf(chapters.mremap(space, page, pagesFor(old), pagesFor(length), flags, place))
  }

  function mincore(process: number, address: number, length: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageAt(address)
    return page === NONE ? EINVAL : chapters.mincore(space, page, pagesFor(length))
  }

  /** The number of the word in the buffer that an access reaches, or why it reaches none. */
  function wordAt(process: number, address: number, kind: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    // Cut off once: every bit operation on a double would do it again.
    const low32 = address | 0
    if ((low32 & 3) !== 0) return EINVAL
    const page = pageOf(address)
    if (page === NONE) return outside(address)
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

  function fetch(process: number, address: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageOf(address)
    if (page === NONE) return outside(address)
    const frame = access(space, page, FETCH)
    return frame < 0 ? frame : OK
  }

  function handlePageFault(process: number, address: number, kind: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageOf(address)
    return page === NONE ? outside(address) : handle(space, page, kind)
  }

  function shmget(process: number, key: number, bytes: number, flags: number, mode: number) {
    // A key is kept as a signed word (Linux: key_t), and must be looked for as one.
    return spaceOf(process) === NONE ? ESRCH : segments.get(process, key | 0, bytes, flags, mode)
  }

  function shmat(process: number, id: number, address: number | null, flags = 0) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    if (address === null) return addressOf(attach.shmat(process, space, id, NONE, flags))
    const page = pageAt((flags & ROUNDED) === 0 ? address : Math.floor(address * PAGE_FRACTION) * PAGE_BYTES)
    return page === NONE ? EINVAL : addressOf(attach.shmat(process, space, id, page, flags))
  }

  function shmdt(process: number, address: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageAt(address)
    return page === NONE ? EINVAL : attach.shmdt(space, page)
  }

  const ofAlive =
    (call: (process: number, id: number) => number) =>
    (process: number, id: number): number =>
      spaceOf(process) === NONE ? ESRCH : call(process, id)

  function shmset(process: number, id: number, user: number, mode: number) {
    return spaceOf(process) === NONE ? ESRCH : segments.set(process, id, user, mode)
  }

  /** The first page of a range that is rounded to pages on both sides. */
  const floorOf = (address: number) => Math.floor(address * PAGE_FRACTION)
  /** And how many it has: none only where no bytes were asked for. */
  function pagesFrom(address: number, length: number) {
    if (length <= 0) return pagesFor(length)
    return pagesFor(address - floorOf(address) * PAGE_BYTES + length)
  }

  function mlock(process: number, address: number, length: number) {
    return mlock2(process, address, length, 0)
  }

  function mlock2(process: number, address: number, length: number, flags: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    return locking.lock2(space, floorOf(address), pagesFrom(address, length), flags)
  }

  function munlock(process: number, address: number, length: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    return locking.unlock(space, floorOf(address), pagesFrom(address, length))
  }

  function mlockall(process: number, flags: number) {
    const space = spaceOf(process)
    return space === NONE ? ESRCH : locking.lockAll(space, flags)
  }

  function munlockall(process: number) {
    const space = spaceOf(process)
    return space === NONE ? ESRCH : locking.unlockAll(space)
  }

  function swapOut(process: number, address: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageOf(address)
    return page === NONE ? EINVAL : memory.swap.swapOut(space, page)
  }

  function swapIn(process: number, address: number) {
    const space = spaceOf(process)
    if (space === NONE) return ESRCH
    const page = pageOf(address)
    return page === NONE ? EINVAL : SEVERAL ? memory.faults.bringIn(space, page) : memory.swap.swapIn(space, page)
  }

  /** What only an administrator may do with a swap area that there is. OK, ESRCH, EPERM or EINVAL. */
  function administers(process: number, area: number) {
    if (spaceOf(process) === NONE) return ESRCH
    if (!limits.has(process, SYS_ADMIN)) return EPERM
    return area >= 0 && area < boot.areas.length ? OK : EINVAL
  }

  function mkswap(process: number, area: number) {
    const answer = administers(process, area)
    return answer === OK ? memory.areas.mkswap(area) : answer
  }

  function rmswap(process: number, area: number) {
    const answer = administers(process, area)
    return answer === OK ? memory.areas.rmswap(area) : answer
  }

  function swapon(process: number, area: number, priority: number) {
    const answer = administers(process, area)
    return answer === OK ? memory.areas.swapon(area, priority) : answer
  }

  function swapoff(process: number, area: number) {
    const answer = administers(process, area)
    return answer === OK ? memory.areas.swapoff(area) : answer
  }

  function dumpPageTable(process: number) {
    const space = spaceOf(process)
    return space === NONE ? '' : memory.dump(space)
  }

  return {
    spawn: processes.spawn,
    exit: processes.exit,
    fork: processes.fork,
    setuid: processes.setuid,
    dropcap: processes.dropcap,
    rlimit: processes.rlimit,
    reserveFrame: frames.reserve,
    allocateFrame: frames.allocateKernel,
    freeFrame: frames.freeKernel,
    mmap,
    munmap,
    mprotect,
    mremap,
    mincore,
    load,
    store,
    fetch,
    handlePageFault,
    shmget,
    shmat,
    shmdt,
    shmremove: ofAlive(segments.remove),
    shmset,
    shmstat: ofAlive(segments.stat),
    shmlock: ofAlive((process, id) => segments.keep(process, id, 1)),
    shmunlock: ofAlive((process, id) => segments.keep(process, id, 0)),
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
    dumpPageTable,
  }
}
