// The nodes of region trees: a pool in the buffer, and what each word of a node means. Free nodes are strung together
// through their left links.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import * as attributeBits from './attributes.js'

export type Nodes = ReturnType<typeof createNodes>

export function createNodes(core: Core) {
  const { words, doubles, layout } = core
  const { NONE } = answers
  const { NO_NODE, nodeField, nodeWords } = layouts
  const { CEILING_BITS, CEILING_SHIFT, GROWS, LOCK_BITS, LOCK_SHIFT, PROTECTION_BITS } = attributeBits
  const { end: END, offset: OFFSET, left: LEFT, attributes: ATTRIBUTES, object: OBJECT, chain: CHAIN } = nodeField
  const END_DOUBLE = END / 2
  const OFFSET_DOUBLE = OFFSET / 2
  const NODES = layout.nodes
  const FREE_NODE = layout.freeNode
  const LINUX = core.boot.profile === 'linux'

  /** Strings all nodes into the free list. */
  function format() {
    words.fill(0, NODES, NODES + layout.nodeCount * nodeWords)
    words[FREE_NODE] = NO_NODE
    for (let node = NODES + (layout.nodeCount - 1) * nodeWords; node >= NODES; node -= nodeWords) {
      words[node + LEFT] = words[FREE_NODE]
      words[FREE_NODE] = node
    }
  }

  const startOf = (node: number) => doubles[node >> 1]
  const endOf = (node: number) => doubles[(node >> 1) + END_DOUBLE]
  const attributesOf = (node: number) => words[node + ATTRIBUTES]
  const protectionOf = (node: number) => words[node + ATTRIBUTES] & PROTECTION_BITS
  const ceilingOf = (node: number) => (words[node + ATTRIBUTES] & CEILING_BITS) >> CEILING_SHIFT
  const lockOf = (node: number) => (words[node + ATTRIBUTES] & LOCK_BITS) >> LOCK_SHIFT
  const growsOf = (node: number) => (words[node + ATTRIBUTES] & GROWS) !== 0
  const objectOf = (node: number) => words[node + OBJECT]
  const chainOf = (node: number) => words[node + CHAIN]

  /** Whether what maps this object (NONE: private memory) has offsets that run on from page to page. */
  const runsOn = (object: number) => LINUX || object !== NONE

  /** The page of the object that a page of the region shows; of private memory under `linux`, where it once was. */
  function offsetAt(node: number, page: number) {
    const offset = doubles[(node >> 1) + OFFSET_DOUBLE]
    return runsOn(words[node + OBJECT]) ? offset + (page - doubles[node >> 1]) : offset
  }

  /** Moves the region's ends; its pages keep their offsets. */
  function setBounds(node: number, start: number, end: number) {
    doubles[(node >> 1) + OFFSET_DOUBLE] = offsetAt(node, start)
    doubles[node >> 1] = start
    doubles[(node >> 1) + END_DOUBLE] = end
  }

  function setAttributes(node: number, attributes: number) {
    words[node + ATTRIBUTES] = attributes
  }

  /** A free node. Counting before acting leaves enough of them. */
  function take() {
    const node = words[FREE_NODE]
    if (node === NO_NODE) throw new Error('out of region nodes: a region was added that nobody had counted')
    words[FREE_NODE] = words[node + LEFT]
    words[node + LEFT] = NO_NODE
    return node
  }

  function fill(node: number, start: number, end: number, offset: number, attributes: number, object: number) {
    doubles[node >> 1] = start
    doubles[(node >> 1) + END_DOUBLE] = end
    doubles[(node >> 1) + OFFSET_DOUBLE] = offset
    words[node + ATTRIBUTES] = attributes
    words[node + OBJECT] = object
    words[node + CHAIN] = NONE
  }

  /** A free node keeps nothing but its link, so that equal lists of regions leave equal words behind. */
  function give(node: number) {
    // As doubles: half as many stores.
    const end = (node + nodeWords) >> 1
    for (let at = node >> 1; at < end; at++) doubles[at] = 0
    words[node + LEFT] = words[FREE_NODE]
    words[FREE_NODE] = node
  }

  return {
    format,
    startOf,
    endOf,
    attributesOf,
    protectionOf,
    ceilingOf,
    lockOf,
    growsOf,
    objectOf,
    chainOf,
    runsOn,
    offsetAt,
    setBounds,
    setAttributes,
    take,
    fill,
    give,
  }
}
