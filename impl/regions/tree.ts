// Ordered trees of regions as treaps (Seidel and Aragon 1996): ordered by where a region starts, heap-ordered by a
// priority. The priority is a hash of the node's own position, so it needs no word, no randomness at run time, and the
// same operations always give the same tree. Split and join are loops of a few lines without parent links.
//
// Links are numbers of words in the buffer, 0 for none. A *hole* is the word that holds a link, so that the root of a
// tree and the child of a node are changed by the same code.
//
// For the search for a free place each node also knows of the tree below it: the lowest page that its regions keep
// others away from (a stack keeps a gap below itself), where the last of them ends, and the widest gap between them.

import type { Core } from '../core.js'
import { userPages } from '../geometry.js'
import * as layouts from '../layout.js'
import type { Nodes } from './nodes.js'

export type Tree = ReturnType<typeof createTree>

export function createTree(core: Core, nodes: Nodes) {
  const { words, doubles } = core
  const { NO_NODE, nodeField } = layouts
  const { low: LOW, high: HIGH, gap: GAP, left: LEFT, right: RIGHT } = nodeField
  const LOW_DOUBLE = LOW / 2
  const HIGH_DOUBLE = HIGH / 2
  const GAP_DOUBLE = GAP / 2
  const { stackGap: STACK_GAP, lowestPage: LOWEST } = core.boot
  const USER_PAGES = userPages(core.boot.geometry)
  /** No place. Page numbers are not negative. */
  const NOWHERE = -1
  const { startOf, endOf, growsOf, give } = nodes
  /** Scratch: the nodes on the way to one, the root first. Nothing is remembered from one call to the next. */
  const path = new Int32Array(core.layout.nodeCount)

  const lowOf = (node: number) => doubles[(node >> 1) + LOW_DOUBLE]
  const highOf = (node: number) => doubles[(node >> 1) + HIGH_DOUBLE]
  const gapOf = (node: number) => doubles[(node >> 1) + GAP_DOUBLE]
  /** The lowest page that this region keeps others away from. */
  const reachOf = (node: number) => (growsOf(node) ? startOf(node) - STACK_GAP : startOf(node))

  /** The region that covers a page. */
  function find(hole: number, page: number) {
    let node = words[hole]
    while (node !== NO_NODE) {
      if (page < startOf(node)) node = words[node + LEFT]
      else if (page >= endOf(node)) node = words[node + RIGHT]
      else return node
    }
    return NO_NODE
  }

  /** The lowest region that ends behind a page: the one that covers it, or else the next one above. */
  function findFrom(hole: number, page: number) {
    let node = words[hole]
    let best = NO_NODE
    while (node !== NO_NODE) {
      if (page < endOf(node)) {
        best = node
        node = words[node + LEFT]
      } else node = words[node + RIGHT]
    }
    return best
  }

  /** Adds a filled node whose region overlaps no other. */
  function insert(root: number, node: number) {
    const start = startOf(node)
    let hole = root
    let depth = 0
    // Once: V8 does not take what is always the same out of a loop.
    const rank = priority(node)
    for (let above = words[hole]; above !== NO_NODE && priority(above) > rank; above = words[hole]) {
      path[depth++] = above
      hole = above + (start < startOf(above) ? LEFT : RIGHT)
    }
    const below = words[hole]
    words[hole] = node
    split(below, start, node + LEFT, node + RIGHT)
    sumSpine(words[node + LEFT], RIGHT)
    sumSpine(words[node + RIGHT], LEFT)
    sum(node)
    sumUp(depth)
  }

  /** Removes a region that is in the tree, and gives its node back. */
  function remove(root: number, node: number) {
    const start = startOf(node)
    let hole = root
    let depth = 0
    for (let above = words[hole]; above !== node; above = words[hole]) {
      path[depth++] = above
      hole = above + (start < startOf(above) ? LEFT : RIGHT)
    }
    join(hole, words[node + LEFT], words[node + RIGHT], depth)
    give(node)
    sumUp(depth)
  }

  /** After a region's ends have moved: sums up what depends on them. */
  function refresh(root: number, node: number) {
    const start = startOf(node)
    let depth = 0
    for (let above = words[root]; above !== node; ) {
      path[depth++] = above
      above = words[above + (start < startOf(above) ? LEFT : RIGHT)]
    }
    sum(node)
    sumUp(depth)
  }

  /** Cuts a tree in two: what starts before `page` goes into one hole, the rest into the other. */
  function split(tree: number, page: number, lowHole: number, highHole: number) {
    let node = tree
    let low = lowHole
    let high = highHole
    while (node !== NO_NODE) {
      if (startOf(node) < page) {
        words[low] = node
        low = node + RIGHT
        node = words[low]
      } else {
        words[high] = node
        high = node + LEFT
        node = words[high]
      }
    }
    words[low] = words[high] = NO_NODE
  }

  /** Puts two trees, all of `lower` before all of `upper`, into one hole, below so many nodes of the path. */
  function join(into: number, lower: number, upper: number, above: number) {
    let hole = into
    let low = lower
    let high = upper
    let depth = above
    while (low !== NO_NODE && high !== NO_NODE) {
      if (priority(low) > priority(high)) {
        words[hole] = path[depth++] = low
        hole = low + RIGHT
        low = words[hole]
      } else {
        words[hole] = path[depth++] = high
        hole = high + LEFT
        high = words[hole]
      }
    }
    words[hole] = low === NO_NODE ? high : low
    while (depth > above) sum(path[--depth])
  }

  /** Sums up a spine along which a tree was split: from a node on, always to this side. */
  function sumSpine(node: number, side: number) {
    if (node === NO_NODE) return
    sumSpine(words[node + side], side)
    sum(node)
  }

  /** Sums up the path to what was changed, from below, as far as anything is different. */
  function sumUp(depth: number) {
    let at = depth
    while (at > 0 && sum(path[at - 1])) at--
  }

  /** What a node knows of the tree below it. Whether that is new. */
  function sum(node: number) {
    const left = words[node + LEFT]
    const right = words[node + RIGHT]
    let low = reachOf(node)
    let high = endOf(node)
    let gap = 0
    if (right !== NO_NODE) {
      gap = larger(gapOf(right), lowOf(right) - high)
      low = smaller(low, lowOf(right))
      high = highOf(right)
    }
    if (left !== NO_NODE) {
      // Wider than it is where a stack further up reaches below the whole subtree: the search looks again.
      gap = larger(larger(gap, gapOf(left)), low - highOf(left))
      low = smaller(low, lowOf(left))
    }
    if (low === lowOf(node) && high === highOf(node) && gap === gapOf(node)) return false
    doubles[(node >> 1) + LOW_DOUBLE] = low
    doubles[(node >> 1) + HIGH_DOUBLE] = high
    doubles[(node >> 1) + GAP_DOUBLE] = gap
    return true
  }

  /** The highest page from which so many are free, or NOWHERE. */
  function highest(hole: number, count: number) {
    const root = words[hole]
    const inside = highestBelow(root, USER_PAGES, count)
    const page = inside !== NOWHERE ? inside : (root === NO_NODE ? USER_PAGES : lowOf(root)) - count
    return page >= LOWEST ? page : NOWHERE
  }

  /** The same above the first region of a subtree, where nothing above it keeps others away from below `limit`. */
  function highestBelow(node: number, limit: number, count: number): number {
    if (node === NO_NODE || Math.max(gapOf(node), limit - highOf(node)) < count) return NOWHERE
    const right = words[node + RIGHT]
    const above = highestBelow(right, limit, count)
    if (above !== NOWHERE) return above
    const end = right === NO_NODE ? limit : Math.min(limit, lowOf(right))
    if (end - endOf(node) >= count) return end - count
    return highestBelow(words[node + LEFT], Math.min(end, reachOf(node)), count)
  }

  return { find, findFrom, insert, remove, refresh, highest }
}

/** As Math.max and Math.min, which take care of zeros with a sign, and cost more than all else here. */
function larger(a: number, b: number) {
  if (a > b) return a
  return b
}
function smaller(a: number, b: number) {
  if (a < b) return a
  return b
}

/** A well-mixed number that no other node has: the finalizer of MurmurHash3, which is a bijection. */
function priority(node: number) {
  let mixed = Math.imul(node ^ (node >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
