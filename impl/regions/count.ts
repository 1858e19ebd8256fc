// How many regions an operation would leave, and how many pages of a range are of some kind: counted by reading only,
// so that a refusal never has anything to take back.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import * as attributeBits from './attributes.js'
import type { Regions } from './regions.js'

export type Count = ReturnType<typeof createCount>

export function createCount(core: Core, regions: Regions) {
  const { NONE } = answers
  const { NO_NODE } = layouts
  const { INHERITED, LOCK_BITS } = attributeBits
  const LINUX = core.boot.profile === 'linux'
  const { find, findFrom, countOf, changed, begin, meet, meetNode } = regions
  const { startOf, endOf, attributesOf, objectOf, chainOf, offsetAt } = regions

  /** How many regions start from `first` to `last`, both included. */
  function startsIn(space: number, first: number, last: number) {
    let node = findFrom(space, first)
    let starts = 0
    while (node !== NO_NODE && startOf(node) <= last) {
      if (startOf(node) >= first) starts++
      node = endOf(node) <= last ? findFrom(space, endOf(node)) : NO_NODE
    }
    return starts
  }

  /** With the pages from `first` up to `end` removed. */
  function without(space: number, first: number, end: number) {
    return countOf(space) - startsIn(space, first, end) + (find(space, end) === NO_NODE ? 0 : 1)
  }

  /** With those pages removed and then covered by a region of these attributes. */
  function withRange(
    space: number,
    first: number,
    end: number,
    offset: number,
    attributes: number,
    object: number,
    chain: number,
  ) {
    begin(find(space, first - 1), first)
    const starts = meet(first, end, offset, attributes, object, chain) + meetNode(find(space, end), end)
    return countOf(space) - startsIn(space, first, end) + starts
  }

  /** With the attributes of a range changed. */
  function afterChange(space: number, first: number, end: number, change: number) {
    let count = countOf(space)
    begin(find(space, first - 1), first)
    let node = findFrom(space, first)
    while (node !== NO_NODE && startOf(node) <= end) {
      count += withChange(node, first, end, change)
      node = findFrom(space, endOf(node))
    }
    return count
  }

  /** How many regions more there are with one region changed as far as it lies in the range, or looked at behind it. */
  function withChange(node: number, first: number, end: number, change: number) {
    const start = startOf(node)
    const attributes = attributesOf(node)
    const after = start >= end ? attributes : changed(attributes, objectOf(node), chainOf(node), change)
    if (after === attributes) {
      if (start >= first) return meetNode(node, start) - 1
      begin(node, endOf(node))
      return 0
    }
    const from = Math.max(start, first)
    const to = Math.min(endOf(node), end)
    const piece = meet(from, to, offsetAt(node, from), after, objectOf(node), chainOf(node))
    return piece - (start >= first ? 1 : 0) + (to < endOf(node) ? meetNode(node, to) : 0)
  }

  /**
   * With the pages from `page` up to `sourceEnd`, of one region, moved to those from `to` up to `end`, which get these
   * attributes; the source stays mapped (`keeps`), unlocked and without a chain, or does not.
   */
  function moved(
    space: number,
    page: number,
    sourceEnd: number,
    to: number,
    end: number,
    offset: number,
    attributes: number,
    object: number,
    chain: number,
    keeps: boolean,
  ) {
    const node = find(space, page)
    if (keeps && unlocked(node) === attributesOf(node) && chainOf(node) === NONE) {
      return withRange(space, to, end, offset, attributes, object, chain)
    }
    const first = Math.min(page, to)
    const last = Math.max(sourceEnd, end)
    const touch = sourceEnd === to || end === page
    const before = touch ? startsIn(space, first, last) : startsIn(space, page, sourceEnd) + startsIn(space, to, end)
    let starts = 0
    begin(find(space, first - 1), first)
    if (page < to) starts += leave(node, page, sourceEnd, keeps)
    else starts += meet(to, end, offset, attributes, object, chain)
    if (!touch) starts += close(space, page < to ? sourceEnd : end, page < to && LINUX)
    if (!touch) begin(find(space, Math.max(page, to) - 1), Math.max(page, to))
    if (page < to) starts += meet(to, end, offset, attributes, object, chain)
    else starts += leave(node, page, sourceEnd, keeps)
    return countOf(space) - before + starts + close(space, last, page > to && LINUX)
  }

  const unlocked = (node: number) => attributesOf(node) & ~(LOCK_BITS | INHERITED)

  /** What a move leaves at its source; under `linux` nobody looks whether it could merge. */
  function leave(node: number, page: number, end: number, keeps: boolean) {
    if (!keeps) return 0
    if (LINUX) begin(NO_NODE, page)
    return meet(page, end, offsetAt(node, page), unlocked(node), objectOf(node), NONE)
  }

  /** The region that goes on behind a place; `apart` from what lies before it there. */
  function close(space: number, page: number, apart: boolean) {
    if (apart) begin(NO_NODE, page)
    return meetNode(find(space, page), page)
  }

  return { startsIn, without, withRange, afterChange, moved }
}
