// What may differ where operations ran side by side from what they do in some order: answers that say a shortage of the
// moment, what is filled ahead, and where pages are (spec/concurrency.md#linearizability).

import type { Result } from '../../model/index.js'
import type { CommandName } from '../../spec/interface.js'

/** What a kernel does by itself: no program asks for it, and none hears how it went. */
const background: readonly string[] = ['swapOut', 'swapIn', 'writeBack', 'dropCache'] satisfies CommandName[]
/** What an operation lacks that another has in hand. */
const shortages: readonly string[] = ['ENOMEM', 'EAGAIN']
/** A frame on its way from one use to another is not the one that somebody means to free. */
const isOnItsWay = (operation: string, errno: string): boolean =>
  operation === 'free' && (errno === 'EBUSY' || errno === 'EINVAL')
/**
 * What another CPU has in hand for a moment may be what an operation lacks; what a kernel does
 * by itself may find that it is done already (spec/concurrency.md#linearizability).
 */
export const spurious = (operation: string, outcome: Result): boolean =>
  background.includes(operation) ||
  ((outcome.is === 'refused' || outcome.is === 'failed') &&
    (shortages.includes(outcome.errno) || isOnItsWay(operation, outcome.errno)))

/**
 * Filling ahead is a part of its own, and so is each page of it: behind the lock that is given back and taken again, and
 * where the next page is looked for.
 */
export const parts: readonly string[] = ['retake', 'populate']
/** What fills ahead and says nothing of the pages that it could not have. */
const silent: readonly string[] = ['mmap', 'mremap', 'mlockall', 'shmat'] satisfies CommandName[]
export const leavesOut = (operation: string): boolean => silent.includes(operation)

/** What CPUs keep, by which tags, and what their walks note. */
export const isHardware = (path: string): boolean =>
  /^(cpus\[|tags\.)|^spaces\[\d+\]\.(tag|current|seen|pages\[\d+\]\.accessed)$/.test(path)
/** Where pages are, and their tables: what they hold is in their ghosts, and claims hold the two together. */
export const isWhereabouts = (path: string): boolean =>
  /^(frames|slots)\[|\.(entry|mapped|tables)$|\.directory\[\d+\]\.frame$|^objects\[\d+\]\.parts\[\d+\]\.(at|saved|dirty)$/.test(
    path,
  )
