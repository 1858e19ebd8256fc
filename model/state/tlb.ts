// What CPUs keep of tables, what they ask each other to forget, and the tags that their translations bear. None of it counts
// a reference: it is no reason for a frame not to be free. Rules: spec/tlb.md.

import { bool, list, members, oneOf, optional, range, record, union, weak, when } from '../kit/index.js'
import { flushPages, tagged, walkerBits, walkers } from './scope.js'
import { cpu, frame, kernelPage, page, space, table, tag, translation, walk } from './sets.js'

/** What a CPU keeps of a walk: of its own, it notices no change of the tables (Intel SDM vol. 3A, 4.10). */
export const Cached = union({
  empty: {},
  zero: { space: weak(space), page: weak(page), rights: oneOf('r', 'rx') },
  present: { space: weak(space), page: weak(page), frame: weak(frame), rights: oneOf('r', 'rw', 'rx', 'rwx') },
  /** Of the kernel half: it serves whatever space is loaded. */
  global: { kernelPage: weak(kernelPage), frame: weak(frame) },
})
/** What a walk has read of a directory: the table that hung there. It counts nothing, and notices no change. */
export const Walk = union({ empty: {}, table: { space: weak(space), table: weak(table), frame: weak(frame) } })
/**
 * What the others shall forget: a page, several in a row, a frame wherever it is mapped, a space, a space that is no more, a
 * page of the kernel half, or everything but that.
 */
export const Flush = union({
  none: {},
  page: { space: weak(space), page: weak(page) },
  range: { space: weak(space), page: weak(page), count: range(2, flushPages) },
  frame: { frame: weak(frame) },
  space: { space: weak(space) },
  leave: { space: weak(space) },
  kernel: { kernelPage: weak(kernelPage) },
  all: {},
})

/** Of a space. */
export const tagsOfSpace = {
  /** The tag that it was given last, and whether that is of the generation that has begun last. */
  tag: optional(weak(tag)),
  current: when(tagged, bool),
  /** CPUs that have its tables loaded or are about to: who is asked to forget (Linux: mm_cpumask). */
  seen: when(tagged, members(cpu)),
}

/** Of a CPU. */
export const translationsOfCpu = {
  /** Whose tables are loaded. */
  active: optional(weak(space)),
  /** The tag that it translates by, and whether that stays with the space when a generation ends: it runs, or is about to. */
  tag: optional(weak(tag)),
  running: when(tagged, bool),
  /** A generation has begun: before it takes a tag of that, it forgets everything. */
  expired: when(tagged, bool),
  /** What it keeps, by which tag, and whether the entry was marked as dirty then. */
  tlb: list(translation, record({ holds: Cached, tag: optional(weak(tag)), dirty: when(walkerBits, bool) })),
  /** Upper parts of walks that it keeps, to begin with them the next time. */
  walks: list(walk, record({ holds: Walk })),
  /** Where a walk of the kernel is that takes no lock; and whether the CPU lets no interrupt in. */
  walking: when(walkers, Walk),
  closed: when(walkers, bool),
}

/** Of a CPU. */
export const requestsOfCpu = {
  /** What it asks others to forget, and who has asked it. */
  flush: Flush,
  asked: members(cpu),
  /** Spaces that changed while it was elsewhere: before it runs them, it forgets what it knows of them. */
  behind: members(space),
}

/** Tags that were given out since the generation began, and the CPU that is about to give one. */
export const tagPool = record({ given: members(tag), lock: when(tagged, optional(cpu)) })
