// What operations do to the regions of a range: take away, cover, change. In the textbook's profile always in merged
// normal form: regions that touch and agree are one. Under `linux` a boundary between regions that agree stays until an
// operation looks at it (regions.md#identity). Acting only: whether an operation may be done, and how many regions it
// would leave, is asked in count.ts before.

import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import type { Objects } from '../shared-memory/objects.js'
import { createAttributes } from './attributes.js'
import { createForest } from './forest.js'
import { createIdentity } from './identity.js'

export type Regions = ReturnType<typeof createRegions>

export function createRegions(core: Core, objects: Objects) {
  const { preempt } = core
  const { NO_NODE } = layouts
  const LINUX = core.boot.profile === 'linux'
  const forest = createForest(core, objects)
  const { changed } = createAttributes(core)
  const { find, findFrom, startOf, endOf, attributesOf, objectOf, chainOf, offsetAt } = forest
  const { add, drop, resize, setPiece, mergeAt, merge } = forest

  /** Looks at both ends of a range and at every boundary inside it, from left to right. */
  function mergeWithin(space: number, first: number, end: number) {
    mergeAt(space, first)
    let node = findFrom(space, first)
    while (node !== NO_NODE && endOf(node) <= end) {
      const boundary = endOf(node)
      mergeAt(space, boundary)
      node = findFrom(space, boundary)
    }
  }

  /** Removes the pages from `first` up to `end` from all regions, trimming and splitting. Whether there were any. */
  function removeRange(space: number, first: number, end: number) {
    preempt('regions.remove')
    let node = findFrom(space, first)
    let removed = false
    while (node !== NO_NODE && startOf(node) < end) {
      const nodeEnd = endOf(node)
      cut(space, node, first, end)
      removed = true
      node = nodeEnd < end ? findFrom(space, nodeEnd) : NO_NODE
    }
    return removed
  }

  /** Removes those regions of a range that are meant. */
  function removePieces(space: number, first: number, end: number, isMeant: (node: number) => boolean) {
    let node = findFrom(space, first)
    while (node !== NO_NODE && startOf(node) < end) {
      const nodeEnd = endOf(node)
      if (isMeant(node)) removeRange(space, startOf(node), nodeEnd)
      node = findFrom(space, nodeEnd)
    }
  }

  /** What the range from `first` up to `end` leaves of one region that it touches: one end, both, or nothing. */
  function cut(space: number, node: number, first: number, end: number) {
    const start = startOf(node)
    const nodeEnd = endOf(node)
    if (start >= first && nodeEnd <= end) return drop(space, node)
    if (start >= first) return resize(space, node, end, nodeEnd)
    resize(space, node, start, first)
    if (nodeEnd > end) {
      add(space, end, nodeEnd, offsetAt(node, end), attributesOf(node), objectOf(node), chainOf(node))
    }
  }

  /** Covers pages that no region covers, merging at both ends. */
  function insertRange(
    space: number,
    first: number,
    end: number,
    offset: number,
    attributes: number,
    object: number,
    chain: number,
  ) {
    preempt('regions.insert')
    const node = add(space, first, end, offset, attributes, object, chain)
    const merged = merge(space, find(space, first - 1), node, first)
    merge(space, merged, find(space, end), end)
  }

  /** Changes the attributes of a range (attributes.ts), splitting at its ends and merging wherever it looks. */
  function changeRange(space: number, first: number, end: number, change: number) {
    changeApart(space, first, end, change)
    mergeWithin(space, first, end)
  }

  /** The same without merging. */
  function changeApart(space: number, first: number, end: number, change: number) {
    let node = findFrom(space, first)
    while (node !== NO_NODE && startOf(node) < end) {
      const nodeEnd = endOf(node)
      const after = changed(attributesOf(node), objectOf(node), chainOf(node), change)
      if (after !== attributesOf(node)) setPiece(space, node, first, end, after)
      node = findFrom(space, nodeEnd)
    }
  }

  /** Lets a region end further up, where nothing is mapped. */
  function growUp(space: number, node: number, end: number) {
    preempt('regions.insert')
    resize(space, node, startOf(node), end)
    mergeAt(space, end)
  }

  /** Lets a region start further down, where nothing is mapped. */
  function growDown(space: number, node: number, page: number) {
    preempt('regions.insert')
    resize(space, node, page, endOf(node))
    if (!LINUX) mergeAt(space, page)
  }

  return {
    ...forest,
    ...createIdentity(core, forest, mergeWithin),
    changed,
    removeRange,
    removePieces,
    insertRange,
    changeRange,
    growUp,
    growDown,
  }
}
