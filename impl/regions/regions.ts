// The regions of a space, always in merged normal form: adjacent regions with equal protection are one region. What an
// operation would leave is counted first, by reading only; a refusal therefore never has anything to take back.

import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import { createTree } from './tree.js'

export type Regions = ReturnType<typeof createRegions>

export function createRegions(core: Core) {
  const { words, layout, preempt } = core
  const SPACES = layout.spaces
  const { NO_NODE, spaceField, spaceWords } = layouts
  const { tree: TREE, regions: REGIONS } = spaceField
  const tree = createTree(core)
  const { findFrom, insert, remove, startOf, endOf, protectionOf, setStart, setEnd } = tree

  const rootOf = (space: number) => SPACES + space * spaceWords + TREE
  const countOf = (space: number) => SPACES + space * spaceWords + REGIONS

  /** The region that covers a page, or NO_NODE. */
  function find(space: number, page: number) {
    return tree.find(rootOf(space), page)
  }

  /** How many regions the space would have with the pages from `first` up to `end` removed. */
  function countWithout(space: number, first: number, end: number) {
    const root = rootOf(space)
    let count = words[countOf(space)]
    let node = findFrom(root, first)
    while (node !== NO_NODE && startOf(node) < end) {
      const pieces = (startOf(node) < first ? 1 : 0) + (endOf(node) > end ? 1 : 0)
      count += pieces - 1
      node = findFrom(root, endOf(node))
    }
    return count
  }

  /** How many it would have with those pages removed and then covered by a region of this protection. */
  function countWith(space: number, first: number, end: number, protection: number) {
    const before = find(space, first - 1)
    const behind = find(space, end)
    let count = countWithout(space, first, end) + 1
    if (before !== NO_NODE && protectionOf(before) === protection) count--
    if (behind !== NO_NODE && protectionOf(behind) === protection) count--
    return count
  }

  /** Removes the pages from `first` up to `end` from all regions, trimming and splitting. Whether there were any. */
  function removeRange(space: number, first: number, end: number) {
    preempt('regions.remove')
    const root = rootOf(space)
    let node = findFrom(root, first)
    let removed = false
    while (node !== NO_NODE && startOf(node) < end) {
      const nodeEnd = endOf(node)
      cut(space, node, first, end)
      removed = true
      node = findFrom(root, nodeEnd)
    }
    return removed
  }

  /** What the range from `first` up to `end` leaves of one region that it touches: one end, both, or nothing. */
  function cut(space: number, node: number, first: number, end: number) {
    const nodeEnd = endOf(node)
    if (startOf(node) < first) {
      setEnd(node, first)
      if (nodeEnd > end) add(space, end, nodeEnd, protectionOf(node))
    } else if (nodeEnd > end) setStart(node, end)
    else drop(space, node)
  }

  /** Covers pages that no region covers, merging with neighbours of equal protection. */
  function insertRange(space: number, first: number, end: number, protection: number) {
    preempt('regions.insert')
    const before = find(space, first - 1)
    const behind = find(space, end)
    const mergesBefore = before !== NO_NODE && protectionOf(before) === protection
    const mergesBehind = behind !== NO_NODE && protectionOf(behind) === protection
    if (mergesBefore && mergesBehind) {
      const behindEnd = endOf(behind)
      drop(space, behind)
      setEnd(before, behindEnd)
    } else if (mergesBefore) setEnd(before, end)
    else if (mergesBehind) setStart(behind, first)
    else add(space, first, end, protection)
  }

  function add(space: number, first: number, end: number, protection: number) {
    insert(rootOf(space), first, end, protection)
    words[countOf(space)]++
  }

  function drop(space: number, node: number) {
    remove(rootOf(space), node)
    words[countOf(space)]--
  }

  /** Removes every region of a space. */
  function removeAll(space: number) {
    const root = rootOf(space)
    while (words[root] !== NO_NODE) drop(space, words[root])
  }

  return {
    format: tree.format,
    find,
    countWithout,
    countWith,
    removeRange,
    insertRange,
    removeAll,
    tree,
    rootOf,
    protectionOf,
  }
}
