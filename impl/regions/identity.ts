// Where regions keep their identity (`linux`): chains, which a region gets with its first write, and what a child
// inherits. In both profiles: copying the regions of a space for fork, and the source of a move that stays mapped.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import * as attributeBits from './attributes.js'
import type { Forest } from './forest.js'

export function createIdentity(
  core: Core,
  forest: Forest,
  mergeWithin: (space: number, first: number, end: number) => void,
) {
  const { NONE } = answers
  const { NO_NODE } = layouts
  const { CEILING_BITS, INHERITED, LOCK_BITS, PROTECTION_BITS } = attributeBits
  const LINUX = core.boot.profile === 'linux'
  const { find, findFrom, startOf, endOf, attributesOf, objectOf, chainOf, offsetAt } = forest
  const { add, setPiece, mergeAt, freshChain, takeChain, leaveChain } = forest

  /** A write to private memory, which is mapped: under `linux` a region without a chain gets a neighbour's, or a fresh one. */
  function ensureChain(space: number, page: number) {
    if (!LINUX) return
    const node = find(space, page)
    if (chainOf(node) !== NONE) return
    const next = find(space, endOf(node))
    const previous = find(space, startOf(node) - 1)
    if (lends(next, node, endOf(node))) return takeChain(node, chainOf(next), 0)
    if (lends(previous, node, startOf(node))) return takeChain(node, chainOf(previous), 0)
    takeChain(node, freshChain(), 0)
  }

  /** Whether a neighbour that touches at `page` may lend its chain: it agrees in everything but protection. */
  function lends(neighbour: number, node: number, page: number) {
    // Shared memory never has a chain.
    if (neighbour === NO_NODE || chainOf(neighbour) === NONE) return false
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
    leaveChain(piece)
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
      if (chainOf(node) !== NONE) takeChain(find(to, startOf(node)), freshChain(), INHERITED)
      node = findFrom(from, endOf(node))
    }
  }

  return { ensureChain, forget, copyAll, inheritChains }
}
