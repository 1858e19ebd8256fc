// What was taken away and must not be used again until every CPU has forgotten it: frames, each with the reference of
// the entry that named it, and page tables, which another CPU may be walking through. When there is no more room in hand,
// or the operation has taken all that it wants, every CPU forgets, and then all of it is given back (Linux, mmu_gather).

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import * as layouts from '../layout.js'

export type Gather = ReturnType<typeof createGather>

export function createGather(core: Core, cpus: Cpus, { put, giveTable }: Frames) {
  const { words, layout, cpu: CPU } = core
  const { NONE } = answers
  const { cpuField, cpuWords, gatheredFrames: ROOM } = layouts
  const { forgetPageEverywhere, forgetSpaceEverywhere } = cpus
  const COUNT = layout.cpus + CPU * cpuWords + cpuField.gathered
  const STALE = layout.cpus + CPU * cpuWords + cpuField.stale
  const GATHERED = layout.gathered + CPU * ROOM
  const EVICTING = layout.evicting
  const PARENT = layout.parent
  const { levels: LEVELS } = core.boot.geometry

  /** Some CPU may know what is not so any more. */
  function mark() {
    words[STALE] = 1
  }

  /** A frame that an entry named. */
  function gather(frame: number) {
    words[GATHERED + words[COUNT]++] = frame
    mark()
  }

  /** A page table that no entry points at any more. */
  function gatherTable(table: number) {
    gather(~table)
  }

  /** Whether what one entry leads to has room in hand: a frame, and a table on each level. */
  const hasRoom = () => words[COUNT] + LEVELS < ROOM

  /** Sees to it that there is room. */
  function makeRoom(space: number) {
    if (!hasRoom()) forgetSpace(space)
  }

  /** What is on its way to a slot is gone from the tables already, but not yet forgotten by all. */
  const isStale = () => words[STALE] !== 0 || Atomics.load(words, EVICTING) !== 0

  /** Makes every CPU forget a space, if there is something stale, and gives all back. */
  function forgetSpace(space: number) {
    if (isStale()) forgetSpaceEverywhere(space, false)
    giveAll()
  }

  /** The same for the pages from `first` up to `end`, which may be one. */
  function forgetPages(space: number, first: number, end: number) {
    if (end - first !== 1) return forgetSpace(space)
    if (isStale()) forgetPageEverywhere(space, first)
    giveAll()
  }

  /** The same for a space that ends: every CPU that has its tables loaded leaves them. */
  function forgetForGood(space: number) {
    forgetSpaceEverywhere(space, true)
    giveAll()
  }

  function giveAll() {
    const end = GATHERED + words[COUNT]
    for (let at = GATHERED; at < end; at++) {
      if (words[at] >= 0) put(words[at])
      else giveTableBack(~words[at])
    }
    words[COUNT] = words[STALE] = 0
  }

  function giveTableBack(table: number) {
    words[PARENT + table] = NONE
    giveTable(table)
  }

  return { mark, gather, gatherTable, hasRoom, makeRoom, giveAll, forgetSpace, forgetPages, forgetForGood }
}
