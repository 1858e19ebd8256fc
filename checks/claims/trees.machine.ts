// Claims about the shape of the implementation's region trees: each is a heap of its nodes' priorities, and each node
// knows of the tree below it what the search for a free place goes by.

import { type Machine, nodeField, nodeWords } from '../../impl/index.js'
import { NO_NODE, spaceField, spaceWords } from '../../impl/layout.js'
import { GROWS } from '../../impl/regions/attributes.js'
import { violated, type Witness } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import { doublesOf, spacesOf, wordsOf } from './memory-walk.js'

type Visit = (node: number, left: number, right: number) => boolean

/** The first node of a tree that a visit finds wrong, those below it before it; or NO_NODE. */
function wrongBelow(words: Int32Array, node: number, visit: Visit): number {
  if (node === NO_NODE) return NO_NODE
  const [left, right] = [words[node + nodeField.left], words[node + nodeField.right]]
  const inLeft = wrongBelow(words, left, visit)
  if (inLeft !== NO_NODE) return inLeft
  const inRight = wrongBelow(words, right, visit)
  if (inRight !== NO_NODE) return inRight
  return visit(node, left, right) ? NO_NODE : node
}

function everyNode(machine: Machine, says: string, visit: Visit): true | Witness {
  const words = wordsOf(machine)
  for (const space of spacesOf(machine)) {
    const wrong = wrongBelow(words, words[machine.layout.spaces + space * spaceWords + spaceField.tree], visit)
    if (wrong === NO_NODE) continue
    const start = doublesOf(machine)[(wrong + nodeField.start) / 2]
    return violated(`the region that starts at page ${start} ${says}`, `space ${space}`)
  }
  return true
}

/** The finalizer of MurmurHash3 over the number of a node's first word. */
function priorityOf(node: number): number {
  const once = Math.imul(node ^ (node >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}

export const treesMachineClaims: readonly MachineClaim[] = [
  {
    id: 'regions/no-node-is-blank',
    says: 'what is read where a tree has no node is a region without pages and without rights',
    rule: 'regions.md#trees',
    also: [],
    holds: machine => {
      const words = wordsOf(machine)
      const { noNode } = machine.layout
      for (let i = noNode; i < noNode + nodeWords; i++)
        if (words[i] !== 0) return violated(`something was written where no node is, to word ${i}`)
      return true
    },
  },
  {
    id: 'regions/trees-are-heaps',
    says: 'a node of a region tree has a higher priority than those below it',
    rule: 'regions.md#trees',
    also: [],
    holds: machine =>
      everyNode(machine, 'lies above one of a higher priority', (node, left, right) => {
        const priority = priorityOf(node)
        return (left === NO_NODE || priority > priorityOf(left)) && (right === NO_NODE || priority > priorityOf(right))
      }),
  },
  {
    id: 'regions/tree-sums-agree',
    says: 'a node knows of its tree the lowest page that is kept free of others, the end, and the widest gap',
    rule: 'regions.md#trees',
    also: [],
    holds: machine => {
      const words = wordsOf(machine)
      const doubles = doublesOf(machine)
      const page = (node: number, field: number) => doubles[(node + field) / 2]
      // Those below are visited first, so what they say is right.
      return everyNode(machine, 'does not know what is below it', (node, left, right) => {
        const gapBelow = (words[node + nodeField.attributes] & GROWS) === 0 ? 0 : machine.boot.stackGap
        const [start, end] = [page(node, nodeField.start) - gapBelow, page(node, nodeField.end)]
        const hasRight = right !== NO_NODE
        const upper = hasRight ? Math.min(start, page(right, nodeField.low)) : start
        const inRight = hasRight ? Math.max(page(right, nodeField.gap), page(right, nodeField.low) - end) : 0
        const hasLeft = left !== NO_NODE
        const lowest = hasLeft ? Math.min(upper, page(left, nodeField.low)) : upper
        // A stack of the right side that reaches below this node makes the gap before it narrower, not only its own.
        const inLeft = hasLeft ? Math.max(page(left, nodeField.gap), upper - page(left, nodeField.high)) : 0
        return (
          page(node, nodeField.low) === lowest &&
          page(node, nodeField.high) === (hasRight ? page(right, nodeField.high) : end) &&
          page(node, nodeField.gap) === Math.max(inRight, inLeft)
        )
      })
    },
  },
]
