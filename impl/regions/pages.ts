// Pages of a range: how many there are of a kind, and taking them away with all they hold.

import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import type { Memory } from '../memory.js'
import * as protections from '../protection/protection.js'
import * as attributeBits from './attributes.js'
import type { Regions } from './regions.js'

export type Pages = ReturnType<typeof createPages>

export function createPages(core: Core, cpus: Cpus, regions: Regions, memory: Memory) {
  const { words, layout } = core
  const { GUARD } = protections
  const { LOCK_BITS, PROTECTION_BITS } = attributeBits
  const { NO_NODE, spaceField, spaceWords } = layouts
  const ROOT = layout.spaces + spaceField.root
  const { findFrom, startOf, endOf, attributesOf, protectionOf, removeRange } = regions
  const { sweep, protectRange } = memory
  const { giveTables } = cpus
  const SEVERAL = core.boot.cpus > 1

  /** The frame of a space's root table. */
  const rootOf = (space: number) => words[ROOT + space * spaceWords]

  /** How many pages of a range have these bits of their attributes like that. */
  function countIn(space: number, first: number, end: number, bits: number, like: number) {
    let pages = 0
    let node = findFrom(space, first)
    while (node !== NO_NODE && startOf(node) < end) {
      if ((attributesOf(node) & bits) === like) pages += Math.min(endOf(node), end) - Math.max(startOf(node), first)
      node = findFrom(space, endOf(node))
    }
    return pages
  }

  const mappedIn = (space: number, first: number, end: number) => countIn(space, first, end, 0, 0)
  const guardsIn = (space: number, first: number, end: number) => countIn(space, first, end, PROTECTION_BITS, GUARD)
  const lockedIn = (space: number, first: number, end: number) =>
    mappedIn(space, first, end) - countIn(space, first, end, LOCK_BITS, 0)

  /** The first page of a range that no region covers, or its end. */
  function firstHole(space: number, first: number, end: number) {
    let page = first
    let node = findFrom(space, page)
    while (node !== NO_NODE && startOf(node) <= page && page < end) {
      page = endOf(node)
      node = findFrom(space, page)
    }
    return Math.min(page, end)
  }

  /** Unmaps the pages of a range. */
  function removePages(space: number, first: number, end: number) {
    if (SEVERAL) return removeFromAll(space, first, end)
    // Only pages of a region can have entries.
    if (removeRange(space, first, end)) sweep(rootOf(space), first, end)
  }

  /** Where other CPUs run, a page goes only when all have forgotten it: an object may go with its last page. */
  function removeFromAll(space: number, first: number, end: number) {
    sweep(rootOf(space), first, end)
    removeRange(space, first, end)
  }

  /** Where other CPUs run, lets them in to pages that have moved to a range; the first store finds out whose frame it is. */
  function reveal(space: number, first: number, end: number) {
    let node = findFrom(space, first)
    while (node !== NO_NODE && startOf(node) < end) {
      const nodeEnd = endOf(node)
      protectRange(rootOf(space), Math.max(startOf(node), first), Math.min(nodeEnd, end), protectionOf(node), 1)
      node = findFrom(space, nodeEnd)
    }
    giveTables(space)
  }

  return { reveal, rootOf, mappedIn, guardsIn, lockedIn, firstHole, removePages }
}
