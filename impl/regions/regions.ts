// The regions of a space, and the counters that follow them: regions, mapped and locked pages of the space, attachments
// of an object, users of a chain. In the textbook's profile always in merged normal form: regions that touch and agree
// are one. Under `linux` a boundary between regions that agree stays until an operation looks at it (regions.md#identity).
// Acting only: whether an operation may be done, and how many regions it would leave, is asked in count.ts before.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import type { Objects } from '../shared-memory/objects.js'
import { createAgreement } from './agreement.js'
import * as attributeBits from './attributes.js'
import { createChains } from './chains.js'
import { createNodes } from './nodes.js'
import { createTree } from './tree.js'

export type Regions = ReturnType<typeof createRegions>

export function createRegions(core: Core, objects: Objects) {
  const { words, doubles, layout, preempt } = core
  const { NO_NODE, nodeField, spaceField, spaceWords } = layouts
  const { NONE } = answers
  const { CEILING_BITS, INHERITED, LOCK_BITS, PROTECTION_BITS } = attributeBits
  const { tree: TREE, regions: REGIONS, mapped: MAPPED, locked: LOCKED } = spaceField
  const SPACES = layout.spaces
  const CHAIN = nodeField.chain
  const LINUX = core.boot.profile === 'linux'
  const nodes = createNodes(core)
  const tree = createTree(core, nodes)
  const chains = createChains(core)
  const agreement = createAgreement(core, nodes)
  const { changed } = attributeBits.createAttributes(core)
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
    tree.refresh(words[rootOf(space)], start)
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
    if (right === NO_NODE || startOf(right) !== page) return
    const left = find(space, page - 1)
    if (left === NO_NODE || !agree(left, right, page)) return
    if (chainOf(left) === NONE) takeChain(left, chainOf(right), attributesOf(right))
    const end = endOf(right)
    drop(space, right)
    resize(space, left, startOf(left), end)
  }

  /** Gives a region without a chain this one. */
  function takeChain(node: number, chain: number, attributes: number) {
    words[node + CHAIN] = chain
    setAttributes(node, (attributesOf(node) & ~INHERITED) | (attributes & INHERITED))
    chains.hold(chain)
  }

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
      node = findFrom(space, nodeEnd)
    }
    return removed
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
    add(space, first, end, offset, attributes, object, chain)
    mergeAt(space, first)
    mergeAt(space, end)
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

  /** Lets a region that may grow end `count` pages further up, where nothing is mapped. */
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

  /** The first write to a private region that has no chain: under `linux` it gets a neighbour's, or a fresh one. */
  function ensureChain(space: number, page: number) {
    if (!LINUX) return
    const node = find(space, page)
    if (node === NO_NODE || objectOf(node) !== NONE || chainOf(node) !== NONE) return
    const next = find(space, endOf(node))
    const previous = find(space, startOf(node) - 1)
    if (lends(next, node, endOf(node))) return takeChain(node, chainOf(next), 0)
    if (lends(previous, node, startOf(node))) return takeChain(node, chainOf(previous), 0)
    takeChain(node, chains.fresh(), 0)
  }

  /** Whether a neighbour that touches at `page` may lend its chain: it agrees in everything but protection. */
  function lends(neighbour: number, node: number, page: number) {
    if (neighbour === NO_NODE || chainOf(neighbour) === NONE || objectOf(neighbour) !== NONE) return false
    const attributes = attributesOf(neighbour)
    const differences = (attributes ^ attributesOf(node)) & ~(PROTECTION_BITS | CEILING_BITS | INHERITED)
    return (attributes & INHERITED) === 0 && differences === 0 && offsetAt(neighbour, page) === offsetAt(node, page)
  }

  /** The source of a move that leaves its pages mapped: unlocked, and without a chain. */
  function forget(space: number, first: number, end: number) {
    const node = find(space, first)
    const attributes = attributesOf(node) & ~(LOCK_BITS | INHERITED)
    if (attributes === attributesOf(node) && chainOf(node) === NONE) return
    const piece = setPiece(space, node, first, end, attributes)
    chains.drop(chainOf(piece))
    words[piece + CHAIN] = NONE
    if (!LINUX) mergeWithin(space, first, end)
  }

  /** Gives an empty space the regions of another: unlocked, and not yet with chains of its own. */
  function copyAll(from: number, to: number) {
    let node = findFrom(from, 0)
    while (node !== NO_NODE) {
      const attributes = attributesOf(node) & ~(LOCK_BITS | INHERITED)
      const end = endOf(node)
      add(to, startOf(node), end, offsetAt(node, startOf(node)), attributes, objectOf(node), NONE)
      if (!LINUX) mergeAt(to, startOf(node))
      node = findFrom(from, end)
    }
  }

  /** Under `linux`: gives the child's regions chains of their own, wherever the parent's had one. */
  function inheritChains(from: number, to: number) {
    if (!LINUX) return
    let node = findFrom(from, 0)
    while (node !== NO_NODE) {
      if (chainOf(node) !== NONE) takeChain(find(to, startOf(node)), chains.fresh(), INHERITED)
      node = findFrom(from, endOf(node))
    }
  }

  /** Removes every region of a space. */
  function removeAll(space: number) {
    const root = rootOf(space)
    while (words[root] !== NO_NODE) drop(space, words[root])
  }

  /** The highest page from which so many pages are free, or NONE. */
  function highest(space: number, count: number) {
    return tree.highest(rootOf(space), count)
  }

  return {
    ...nodes,
    ...agreement,
    format,
    find,
    findFrom,
    countOf,
    highest,
    changed,
    removeRange,
    insertRange,
    changeRange,
    changeApart,
    mergeWithin,
    growUp,
    growDown,
    ensureChain,
    forget,
    copyAll,
    inheritChains,
    removeAll,
  }
}
