// What can be asked of a machine. Processes, frames and areas are whole numbers from 0, users whole numbers from 0 to
// 2^31-1, keys 32 bits; addresses and lengths are in bytes; flags are bits whose names are exported beside each call's
// chapter, and so are protections (`protectionBits`). A call on a process that is not alive answers ESRCH and changes
// nothing. Errors stand here in the order in which they are asked for, as far as one order can say it; the
// specification has it in full. A refused call changed nothing, one that `failed` (answers.ts) left what its rule
// lists. Wherever a frame is needed and pages can be evicted, ENOMEM may be such a failure: what was evicted stays so.

import type { Settings } from './boot.js'
import type { Frames } from './frames/frames.js'
import type { Inspect } from './inspect.js'
import type { Layout } from './layout.js'
import type { PageTables } from './page-tables/page-tables.js'

export interface Machine {
  readonly boot: Settings
  readonly layout: Layout
  /** The whole state. Words are in the order of `layout`. */
  readonly memory: ArrayBufferLike
  readonly inspect: Inspect
  /** Chapters, for measurements and tests that go below the system calls. */
  readonly frames: Pick<Frames, 'allocate' | 'free'>
  readonly pageTables: Pick<PageTables, 'walk' | 'map' | 'unmap'>

  /** Starts a process. 0; ESRCH no process at all; EEXIST alive already; EAGAIN no free space; ENOMEM no root table. */
  spawn(process: number): number
  /** Ends a process and gives back all it holds. 0. */
  exit(process: number): number
  /** Starts a process whose memory is a copy, made page by page when it is written. 0; as spawn of `child`. */
  fork(process: number, child: number): number
  /** Makes a process another user's; any but user 0 loses all capabilities. 0; EINVAL; EPERM for all but user 0. */
  setuid(process: number, user: number): number
  /** Gives up capabilities (bits of `capabilities`) for good. 0; EINVAL for other bits. */
  dropcap(process: number, capabilityBits: number): number
  /** Sets how many pages a process may lock or map (`resources`); `unlimited`, the most, is no limit. 0; EINVAL. */
  rlimit(process: number, resource: number, pages: number): number

  /** Takes a free frame out of use for good. 0; EINVAL for no frame at all; EPERM if it is already; EBUSY in use. */
  reserveFrame(frame: number): number
  /** A cleared frame for the kernel itself. Its number; ENOMEM. */
  allocateFrame(): number
  /** Gives such a frame back. 0; EPERM reserved; EINVAL free already, or no frame at all; EBUSY in other use. */
  freeFrame(frame: number): number

  /**
   * Maps anonymous memory (`mapFlags`); without `fixed` or `noreplace` an address is a wish, and null is anywhere (with
   * them it is address 0). Here and below, lengths are rounded up to pages, and addresses must be multiples of a page
   * unless a call says otherwise. The address; EINVAL, EACCES, EEXIST, EPERM, EAGAIN, ENOMEM.
   */
  mmap(process: number, address: number | null, length: number, protection: number, flags?: number): number
  /** Removes all mappings in a range; holes are fine. 0; EINVAL; ENOMEM when a split is one region too many. */
  munmap(process: number, address: number, length: number): number
  /**
   * Changes what a range allows; knows two requests more than mmap, `guard` and `rw+cow`. 0; EINVAL, EACCES, EBUSY for
   * a guard over locked pages, ENOMEM for a hole or one region too many. Under `linux` failed where a part was changed.
   */
  mprotect(process: number, address: number, length: number, request: number): number
  /**
   * Grows, shrinks or moves a mapping of `old` bytes to one of `length` (`remapFlags`); `to` counts only with `fixed`.
   * Shared memory of 0 old bytes is mapped once more. The address it then has; EINVAL, EFAULT, EAGAIN, ENOMEM.
   */
  mremap(process: number, address: number, old: number, length: number, flags?: number, to?: number): number
  /** Which pages of a range, 52 at most, are resident: bit k for page k, a one above the last. EINVAL, ENOMEM. */
  mincore(process: number, address: number, length: number): number

  /** Reads a word. 0 to 2^32-1; EINVAL for an address that is no multiple of 4; SEGV_MAPERR, SEGV_ACCERR; ENOMEM. */
  load(process: number, address: number): number
  /** Writes the low 32 bits of a word. 0; otherwise as load. */
  store(process: number, address: number, word: number): number
  /** Fetches an instruction at any address. 0; otherwise as load. */
  fetch(process: number, address: number): number
  /** Handles one page fault of a kind (LOAD 0, STORE 1, FETCH 2) without the access that caused it. 0; as load. */
  handlePageFault(process: number, address: number, kind: number): number

  /**
   * Finds or makes a segment of shared memory (`shmFlags` creat, excl; nine bits of mode); key 0 always makes one. Its
   * id; EEXIST, EINVAL, EACCES of one that is found; ENOENT, EINVAL, ENOSPC where there is none.
   */
  shmget(process: number, key: number, bytes: number, flags: number, mode: number): number
  /**
   * Maps a whole segment (`shmFlags` rdonly, rnd, remap, exec); null is anywhere; `rnd` rounds an address down. The
   * address; EINVAL, EIDRM, EACCES, EAGAIN, ENOMEM.
   */
  shmat(process: number, id: number, address: number | null, flags?: number): number
  /** Unmaps the segment that is attached at an address. 0; EINVAL. */
  shmdt(process: number, address: number): number
  /** Destroys a segment once nobody has it attached. 0; EINVAL, EIDRM, EPERM. */
  shmremove(process: number, id: number): number
  /** Changes owner and mode. 0; as shmremove; EINVAL for no user. */
  shmset(process: number, id: number, user: number, mode: number): number
  /** Size, attachments, mode and whether it is marked, as one number (`statusParts`). EINVAL, EIDRM, EACCES. */
  shmstat(process: number, id: number): number
  /** Keeps a segment's pages resident, or lets them go. 0; as shmremove. */
  shmlock(process: number, id: number): number
  shmunlock(process: number, id: number): number

  /**
   * Locks the pages that a range of any bytes touches. 0; EPERM, ENOMEM; failed EAGAIN where a page could not be made
   * resident; under `linux` failed ENOMEM where what lies before a hole was locked.
   */
  mlock(process: number, address: number, length: number): number
  /** The same, or with `lockFlags.onfault` each page once it is touched. EINVAL for an unknown flag. */
  mlock2(process: number, address: number, length: number, flags: number): number
  /** Undoes any number of locks of the pages that a range touches. 0; ENOMEM, failed as mlock. */
  munlock(process: number, address: number, length: number): number
  /** Locks all that is mapped (`lockFlags.current`), all that will be (`future`), or both. 0; EINVAL, EPERM, ENOMEM. */
  mlockall(process: number, flags: number): number
  /** Unlocks all that is mapped, and all that will be. 0. */
  munlockall(process: number): number

  /** Moves the page at any of its addresses to a swap area. 0; EINVAL not resident; EBUSY kept; ENOSPC no slot. */
  swapOut(process: number, address: number): number
  /** Brings the page at any of its addresses back. 0; EINVAL where it is not swapped; ENOMEM. */
  swapIn(process: number, address: number): number
  /** Writes the header of a swap area. 0; EPERM without sys_admin and EINVAL for no area, as below; EBUSY in use. */
  mkswap(process: number, area: number): number
  /** Removes a swap file. 0; EINVAL a partition; ENOENT no file; EBUSY in use. */
  rmswap(process: number, area: number): number
  /** Starts to use an area; below all others with a priority below 0. 0; EINVAL no header, or holes; ENOENT; EBUSY. */
  swapon(process: number, area: number, priority: number): number
  /** Brings all pages of an area back and stops using it. 0; EINVAL not in use; ENOMEM, never by evicting. */
  swapoff(process: number, area: number): number

  /** The page tables of a process as text, '' if it is not alive. */
  dumpPageTable(process: number): string
  /** Free frames, free frames for tables, and free slots. */
  stats(): { readonly frames: number; readonly tables: number; readonly slots: number }
  /** One of several CPUs that has nothing to do answers who asks it to forget; and whether anybody does. */
  poll(): void
  hasMail(): boolean
  /** A copy of the whole state. */
  snapshot(): ArrayBuffer
  /** Makes a snapshot of a machine of the same boot values the state. Throws a RangeError for another size. */
  restore(from: ArrayBuffer): void
}
