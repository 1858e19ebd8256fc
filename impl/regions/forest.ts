// The regions of all spaces as they are kept: a tree of nodes for each, and the counters that follow every change, which
// are regions, mapped and locked pages of the space, attachments of an object, and users of a chain. Single steps only;
// what operations do to ranges of pages is in regions.ts.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import type { Objects } from '../shared-memory/objects.js'
import { createAgreement } from './agreement.js'
import * as attributeBits from './attributes.js'
import { createChains } from './chains.js'
import { createNodes } from './nodes.js'
import { createTree } from './tree.js'

export type Forest = ReturnType<typeof createForest>

export function createForest(core: Core, objects: Objects) {
  const { words, doubles, layout } = core
  const { NO_NODE, nodeField, spaceField, spaceWords } = layouts
  const { NONE } = answers
  const { INHERITED, LOCK_BITS } = attributeBits
  const { tree: TREE, regions: REGIONS, mapped: MAPPED, locked: LOCKED } = spaceField
  const SPACES = layout.spaces
  const CHAIN = nodeField.chain
  const nodes = createNodes(core)
  const tree = createTree(core, nodes)
  const chains = createChains(core)
  const agreement = createAgreement(core, nodes)
  const { startOf, endOf, attributesOf, objectOf, chainOf, offsetAt, setBounds, setAttributes } = nodes
  const { agree } = agreement
  const { attach, detach } = objects

  const rootOf = (space: number) => SPACES + space * spaceWords + TREE
  const countOf = (space: number) => words[SPACES + space * spaceWords + REGIONS]

  function format() {
    nodes.format()
    chains.format()
  }

  /** The region that covers a page, or NO_NODE. */
  function find(space: number, page: number) {
    return tree.find(rootOf(space), page)
  }

  /** The lowest region that ends behind a page: the one that covers it, or else the next one above; or NO_NODE. */
  function findFrom(space: number, page: number) {
    return tree.findFrom(rootOf(space), page)
  }

  /** So many more pages of these attributes, or fewer. */
  function countPages(space: number, attributes: number, pages: number) {
    const record = (SPACES + space * spaceWords) >> 1
    doubles[record + MAPPED / 2] += pages
    if ((attributes & LOCK_BITS) !== 0) doubles[record + LOCKED / 2] += pages
  }

  /** Covers pages that no region covers, without a look at the neighbours. The new region's node. */
  function add(
    space: number,
    start: number,
    end: number,
    offset: number,
    attributes: number,
    object: number,
    chain: number,
  ) {
    const node = nodes.take()
    nodes.fill(node, start, end, offset, attributes, object)
    words[node + CHAIN] = chain
    tree.insert(rootOf(space), node)
    words[SPACES + space * spaceWords + REGIONS]++
    countPages(space, attributes, end - start)
    attach(object)
    chains.hold(chain)
    return node
  }

  function drop(space: number, node: number) {
    const object = objectOf(node)
    const chain = chainOf(node)
    countPages(space, attributesOf(node), startOf(node) - endOf(node))
    tree.remove(rootOf(space), node)
    words[SPACES + space * spaceWords + REGIONS]--
    chains.drop(chain)
    detach(object)
  }

  /** Moves a region's ends. */
  function resize(space: number, node: number, start: number, end: number) {
    countPages(space, attributesOf(node), end - start - (endOf(node) - startOf(node)))
    setBounds(node, start, end)
    tree.refresh(rootOf(space), node)
  }

  /** Cuts a region in two before a page inside it. The upper one's node. */
  function split(space: number, node: number, page: number) {
    const end = endOf(node)
    resize(space, node, startOf(node), page)
    return add(space, page, end, offsetAt(node, page), attributesOf(node), objectOf(node), chainOf(node))
  }

  /** Makes the regions on both sides of the start of a page one, if they agree. */
  function mergeAt(space: number, page: number) {
    const right = find(space, page)
    if (right !== NO_NODE && startOf(right) === page) merge(space, find(space, page - 1), right, page)
  }

  /** Makes two regions that touch one, if they are there and agree. The node of the region that ends up below. */
  function merge(space: number, left: number, right: number, page: number) {
    if (left === NO_NODE || right === NO_NODE || !agree(left, right, page)) return right
    if (chainOf(left) === NONE) takeChain(left, chainOf(right), attributesOf(right))
    const end = endOf(right)
    drop(space, right)
    resize(space, left, startOf(left), end)
    return left
  }

  /** Gives a region without a chain this one. */
  function takeChain(node: number, chain: number, attributes: number) {
    words[node + CHAIN] = chain
    setAttributes(node, (attributesOf(node) & ~INHERITED) | (attributes & INHERITED))
    chains.hold(chain)
  }

  /** Takes a region's chain away. */
  function leaveChain(node: number) {
    chains.drop(chainOf(node))
    words[node + CHAIN] = NONE
  }

  /** Gives what lies of a region in a range these attributes. The node of that piece. */
  function setPiece(space: number, node: number, first: number, end: number, attributes: number) {
    const piece = startOf(node) < first ? split(space, node, first) : node
    if (endOf(piece) > end) split(space, piece, end)
    const pages = endOf(piece) - startOf(piece)
    countPages(space, attributesOf(piece), -pages)
    setAttributes(piece, attributes)
    countPages(space, attributes, pages)
    return piece
  }

  /** Removes every region of a space. */
  function removeAll(space: number) {
    const root = rootOf(space)
    while (words[root] !== NO_NODE) drop(space, words[root])
  }

  /** The highest page from which so many pages are free, or NONE. */
  const highest = (space: number, count: number) => tree.highest(rootOf(space), count)

  return {
    ...nodes,
    ...agreement,
    format,
    find,
    findFrom,
    countOf,
    highest,
    add,
    drop,
    resize,
    setPiece,
    mergeAt,
    merge,
    freshChain: chains.fresh,
    takeChain,
    leaveChain,
    removeAll,
  }
}
