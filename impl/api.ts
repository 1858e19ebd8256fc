// What can be asked of a machine. Processes are whole numbers from 0; addresses and lengths are in bytes; flags are bits
// whose names are exported beside each call's chapter. Every call on a process that is not alive answers ESRCH and
// changes nothing. Refusals come in the order of the specification; a refused call changed nothing, one that `failed`
// (answers.ts) left what its rule lists.

import type { Settings } from './boot.js'
import type { Frames } from './frames/frames.js'
import type { Inspect } from './inspect.js'
import type { Layout } from './layout.js'
import type { PageTables } from './page-tables/page-tables.js'

export interface Machine {
  readonly boot: Settings
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
  /** Starts a process whose memory is a copy, made page by page when it is written. 0; otherwise as spawn. */
  fork(process: number, child: number): number
  /** Makes a process another user's; any but user 0 loses all capabilities. 0; EPERM. */
  setuid(process: number, user: number): number
  /** Gives up capabilities (bits of `capabilities`) for good. 0. */
  dropcap(process: number, capabilityBits: number): number
  /** Sets how many pages a process may lock or map (`resources`); `unlimited` is no limit. 0. */
  rlimit(process: number, resource: number, pages: number): number

  /** Takes a free frame out of use for good. 0; EPERM if it is already; EBUSY. */
  reserveFrame(frame: number): number
  /** A cleared frame for the kernel itself. Its number; ENOMEM. */
  allocateFrame(): number
  /** Gives such a frame back. 0; EPERM, EINVAL if it is free already, EBUSY. */
  freeFrame(frame: number): number

  /**
   * Maps anonymous memory (`mapFlags`); without `fixed` or `noreplace` an address is a wish, and null is anywhere. The
   * address. Lengths are rounded up to pages.
   */
  mmap(process: number, address: number | null, length: number, protection: number, flags?: number): number
  /** Removes all mappings in a range. 0; EINVAL; ENOMEM when a split is one region too many. */
  munmap(process: number, address: number, length: number): number
  /** Changes what a range allows; knows two requests more than mmap, `guard` and `rw+cow` of `protectionBits`. 0. */
  mprotect(process: number, address: number, length: number, request: number): number
  /** Grows, shrinks or moves a mapping (`remapFlags`). The address it then has. */
  mremap(process: number, address: number, old: number, length: number, flags?: number, to?: number): number
  /** Which pages of a range are resident: bit k for page k, and a one above the last. */
  mincore(process: number, address: number, length: number): number

  /** Reads a word. 0 to 2^32-1; EINVAL for an address that is no multiple of 4; ENOMEM, SEGV_MAPERR, SEGV_ACCERR. */
  load(process: number, address: number): number
  /** Writes the low 32 bits of a word. 0; otherwise as load. */
  store(process: number, address: number, word: number): number
  /** Fetches an instruction at any address. 0; otherwise as load. */
  fetch(process: number, address: number): number
  /** Handles one page fault of a kind (LOAD 0, STORE 1, FETCH 2) without the access that caused it. 0; as load. */
  handlePageFault(process: number, address: number, kind: number): number

  /** Finds or makes a segment of shared memory (`shmFlags` creat, excl); key 0 makes one. Its id. */
  shmget(process: number, key: number, bytes: number, flags: number, mode: number): number
  /** Maps a whole segment (`shmFlags` rdonly, rnd, remap, exec); null is anywhere. The address. */
  shmat(process: number, id: number, address: number | null, flags?: number): number
  /** Unmaps the segment that is attached at an address. 0; EINVAL. */
  shmdt(process: number, address: number): number
  /** Destroys a segment once nobody has it attached. 0; EINVAL, EIDRM, EPERM. */
  shmremove(process: number, id: number): number
  /** Changes owner and mode. 0; as shmremove. */
  shmset(process: number, id: number, user: number, mode: number): number
  /** Size, attachments, mode and whether it is marked, as one number (`statusOf`). EINVAL, EIDRM, EACCES. */
  shmstat(process: number, id: number): number
  /** Keeps a segment's pages resident, or lets them go. 0; as shmremove. */
  shmlock(process: number, id: number): number
  shmunlock(process: number, id: number): number

  /** Locks the pages that a range touches. 0; EPERM, ENOMEM; failed EAGAIN where a page could not be made resident. */
  mlock(process: number, address: number, length: number): number
  /** The same, or with `lockFlags.onfault` each page once it is touched. EINVAL for an unknown flag. */
  mlock2(process: number, address: number, length: number, flags: number): number
  munlock(process: number, address: number, length: number): number
  /** Locks all that is mapped (`lockFlags.current`), all that will be (`future`), or both. 0; EINVAL, EPERM, ENOMEM. */
  mlockall(process: number, flags: number): number
  munlockall(process: number): number

  /** Moves the page at any of its addresses to a swap area. 0; ENOSPC; EINVAL or EBUSY where it cannot go. */
  swapOut(process: number, address: number): number
  /** Brings the page at any of its addresses back. 0; ENOMEM; EINVAL where it is not swapped. */
  swapIn(process: number, address: number): number
  /** Writes the header of a swap area; removes a swap file; starts and stops using an area. EPERM without sys_admin. */
  mkswap(process: number, area: number): number
  rmswap(process: number, area: number): number
  swapon(process: number, area: number, priority: number): number
  swapoff(process: number, area: number): number

  /** The page tables of a process as text, '' if it is not alive. */
  dumpPageTable(process: number): string
  /** Free frames, free frames for tables, and free slots. */
  stats(): { readonly frames: number; readonly tables: number; readonly slots: number }
  /** A copy of the whole state. */
  snapshot(): ArrayBuffer
  /** Makes a snapshot of a machine of the same boot values the state. Throws a RangeError for another size. */
  restore(from: ArrayBuffer): void
}
