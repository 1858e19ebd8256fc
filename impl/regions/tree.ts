// Ordered trees of regions as treaps (Seidel and Aragon 1996): ordered by where a region starts, heap-ordered by a
// priority. The priority is a hash of the node's own position, so it needs no word, no randomness at run time, and the
// same operations always give the same tree. Split and join are loops of a few lines: no recursion, no parent links.
//
// Links are numbers of words in the buffer, 0 for none. A *hole* is the word that holds a link, so that the root of a
// tree and the child of a node are changed by the same code.

import type { Core } from '../core.js'
import * as layouts from '../layout.js'

export type Tree = ReturnType<typeof createTree>

export function createTree(core: Core) {
  const { words, doubles, layout } = core
  const { NO_NODE, nodeField, nodeWords } = layouts
  const { end: END, left: LEFT, right: RIGHT, protection: PROTECTION } = nodeField
  const END_DOUBLE = END / 2
  const NODES = layout.nodes
  const FREE_NODE = layout.freeNode

  /** Strings all nodes into the free list, through their left links. */
  function format() {
    words[FREE_NODE] = NO_NODE
    for (let node = NODES + (layout.nodeCount - 1) * nodeWords; node >= NODES; node -= nodeWords) {
      words[node + LEFT] = words[FREE_NODE]
      words[FREE_NODE] = node
    }
  }

  const startOf = (node: number) => doubles[node >> 1]
  const endOf = (node: number) => doubles[(node >> 1) + END_DOUBLE]
  const protectionOf = (node: number) => words[node + PROTECTION]

  function setStart(node: number, page: number) {
    doubles[node >> 1] = page
  }
  function setEnd(node: number, page: number) {
    doubles[(node >> 1) + END_DOUBLE] = page
  }

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

  /** Adds a region that overlaps no other. */
  function insert(root: number, start: number, end: number, protection: number) {
    const node = takeNode()
    setStart(node, start)
    setEnd(node, end)
    words[node + PROTECTION] = protection
    let hole = root
    while (words[hole] !== NO_NODE && priority(words[hole]) > priority(node)) {
      hole = words[hole] + (start < startOf(words[hole]) ? LEFT : RIGHT)
    }
    const below = words[hole]
    words[hole] = node
    split(below, start, node + LEFT, node + RIGHT)
  }

  /** Removes a region that is in the tree. */
  function remove(root: number, node: number) {
    let hole = root
    while (words[hole] !== node) hole = words[hole] + (startOf(node) < startOf(words[hole]) ? LEFT : RIGHT)
    join(hole, words[node + LEFT], words[node + RIGHT])
    giveNode(node)
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

  /** Puts two trees, all of `lower` before all of `upper`, into one hole. */
  function join(into: number, lower: number, upper: number) {
    let hole = into
    let low = lower
    let high = upper
    while (low !== NO_NODE && high !== NO_NODE) {
      if (priority(low) > priority(high)) {
        words[hole] = low
        hole = low + RIGHT
        low = words[hole]
      } else {
        words[hole] = high
        hole = high + LEFT
        high = words[hole]
      }
    }
    words[hole] = low === NO_NODE ? high : low
  }

  function takeNode() {
    const node = words[FREE_NODE]
    if (node === NO_NODE) throw new Error('out of region nodes: a region was added that nobody had counted')
    words[FREE_NODE] = words[node + LEFT]
    return node
  }

  /** A free node keeps nothing but its link, so that equal lists of regions leave equal words behind. */
  function giveNode(node: number) {
    setStart(node, 0)
    setEnd(node, 0)
    words[node + RIGHT] = words[node + PROTECTION] = 0
    words[node + LEFT] = words[FREE_NODE]
    words[FREE_NODE] = node
  }

  return { format, find, findFrom, insert, remove, startOf, endOf, protectionOf, setStart, setEnd }
}

/** A well-mixed number that no other node has: the finalizer of MurmurHash3, which is a bijection. */
function priority(node: number) {
  let mixed = Math.imul(node ^ (node >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
