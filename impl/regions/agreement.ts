// When two regions that touch are one: in all attributes, and, where offsets run on, in where their memory comes from.
// Counts what an operation would leave before anything is changed: the pieces of the final state are met from left to
// right, and each is a region of its own or continues the one before it.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import { objectKind } from '../shared-memory/objects.js'
import * as attributeBits from './attributes.js'
import type { Nodes } from './nodes.js'

export type Agreement = ReturnType<typeof createAgreement>

/** What is kept of the piece met last. */
const edgeField = { end: 0, attributes: 1, object: 2, offset: 3, chain: 4 } as const

export function createAgreement(core: Core, nodes: Nodes) {
  const { words, layout } = core
  const { NONE } = answers
  const { NO_NODE, objectField } = layouts
  const { INHERITED } = attributeBits
  const { end: END, attributes: ATTRIBUTES, object: OBJECT, offset: OFFSET, chain: CHAIN } = edgeField
  const KIND = layout.objects + objectField.kind
  const OBJECT_WORDS = layout.objectWords
  const { segment: SEGMENT } = objectKind
  const LINUX = core.boot.profile === 'linux'
  const { endOf, attributesOf, objectOf, chainOf, offsetAt, runsOn } = nodes
  /** Scratch: nothing is remembered from one count to the next. */
  const edge = new Float64Array(5)

  /** Whether the chains of two regions allow them to be one. */
  function chainsAgree(chain: number, attributes: number, nextChain: number, nextAttributes: number) {
    if (chain === nextChain) return true
    if (chain !== NONE && nextChain !== NONE) return false
    return ((chain === NONE ? nextAttributes : attributes) & INHERITED) === 0
  }

  /** Live kernels never merge regions of a segment: unmapping one half must find it (Linux: vm_ops->close). */
  const keepsApart = (object: number) => LINUX && object !== NONE && words[KIND + object * OBJECT_WORDS] === SEGMENT

  /** Whether two nodes whose regions touch, `right` from `page` on, are to be one. */
  function agree(left: number, right: number, page: number) {
    const object = objectOf(left)
    if (((attributesOf(left) ^ attributesOf(right)) & ~INHERITED) !== 0 || object !== objectOf(right)) return false
    if (runsOn(object) && offsetAt(left, page) !== offsetAt(right, page)) return false
    return !keepsApart(object) && chainsAgree(chainOf(left), attributesOf(left), chainOf(right), attributesOf(right))
  }

  /** Starts a count behind a region, or behind nothing (NO_NODE). */
  function begin(node: number, end: number) {
    if (node === NO_NODE) edge[END] = NONE
    else setEdge(end, offsetAt(node, end), attributesOf(node), objectOf(node), chainOf(node))
  }

  function setEdge(end: number, offset: number, attributes: number, object: number, chain: number) {
    edge[END] = end
    edge[OFFSET] = offset
    edge[ATTRIBUTES] = attributes
    edge[OBJECT] = object
    edge[CHAIN] = chain
  }

  /** The next piece: how many regions more there are with it, 0 or 1. */
  function meet(start: number, end: number, offset: number, attributes: number, object: number, chain: number) {
    const behind = runsOn(object) ? offset + (end - start) : offset
    if (!continues(start, offset, attributes, object, chain)) {
      setEdge(end, behind, attributes, object, chain)
      return 1
    }
    // As one region they have the chain that one of them had.
    if (edge[CHAIN] === NONE) setEdge(end, behind, attributes, object, chain)
    else setEdge(end, behind, edge[ATTRIBUTES], object, edge[CHAIN])
    return 0
  }

  function continues(start: number, offset: number, attributes: number, object: number, chain: number) {
    if (edge[END] !== start || edge[OBJECT] !== object) return false
    if (((edge[ATTRIBUTES] ^ attributes) & ~INHERITED) !== 0) return false
    if (runsOn(object) && edge[OFFSET] !== offset) return false
    return !keepsApart(object) && chainsAgree(edge[CHAIN], edge[ATTRIBUTES], chain, attributes)
  }

  /** The pages of a node from `start` on as they are; none for NO_NODE. */
  function meetNode(node: number, start: number) {
    if (node === NO_NODE) return 0
    return meet(start, endOf(node), offsetAt(node, start), attributesOf(node), objectOf(node), chainOf(node))
  }

  return { agree, begin, meet, meetNode }
}
