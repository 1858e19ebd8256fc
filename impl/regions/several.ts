// A live kernel moves all that lies in a range at once, several regions and the holes between them, where mremap keeps
// the length and is told the place (Linux 6.17: remap_move). Each region comes to lie as far from the others as before.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import type { Memory } from '../memory.js'
import type { Objects } from '../shared-memory/objects.js'
import type { Count } from './count.js'
import type { Pages } from './pages.js'
import type { Regions } from './regions.js'

interface Chapters {
  readonly regions: Regions
  readonly count: Count
  readonly pages: Pages
  readonly objects: Objects
  readonly memory: Memory
}

export function createSeveral(core: Core, { regions, count, pages, objects, memory }: Chapters) {
  const { ENOMEM, NONE, OK } = answers
  const { NO_NODE } = layouts
  const SEVERAL = core.boot.cpus > 1
  const LIMIT = core.boot.regionLimit
  const { find, findFrom, countOf, startOf, endOf, attributesOf, objectOf, chainOf, offsetAt } = regions
  const { begin, meet, meetNode, removeRange, insertRange } = regions
  const { startsIn } = count

  /** Moves what lies from `page` up to `end` to `to`. The first page there, or ENOMEM. */
  function moveSeveral(space: number, page: number, end: number, to: number) {
    if (countMoved(space, page, end, to) > LIMIT) return ENOMEM
    const length = end - page
    const answer = memory.moveRange(pages.rootOf(space), page, to, length, length)
    if (answer !== OK) return answer
    removeRange(space, to, to + length)
    let node = findFrom(space, page)
    while (node !== NO_NODE && startOf(node) < end) {
      const last = Math.min(endOf(node), end)
      moveRegion(space, node, Math.max(startOf(node), page), last, to - page)
      node = findFrom(space, last)
    }
    if (SEVERAL) pages.reveal(space, to, to + length)
    return to
  }

  function moveRegion(space: number, node: number, first: number, end: number, distance: number) {
    const attributes = attributesOf(node)
    const object = objectOf(node)
    const chain = chainOf(node)
    const offset = offsetAfter(node, first, distance)
    objects.attach(object)
    removeRange(space, first, end)
    insertRange(space, first + distance, end + distance, offset, attributes, object, chain)
    objects.detach(object)
  }

  /** Private memory that nobody wrote is as good as new where it comes to; all other keeps its place. */
  function offsetAfter(node: number, page: number, distance: number) {
    return objectOf(node) === NONE && chainOf(node) === NONE ? page + distance : offsetAt(node, page)
  }

  /** How many regions there are then. */
  function countMoved(space: number, page: number, end: number, to: number) {
    const last = to + end - page
    const touch = to === end || last === page
    const first = Math.min(page, to)
    const before = touch
      ? startsIn(space, first, Math.max(end, last))
      : startsIn(space, page, end) + startsIn(space, to, last)
    begin(to === end ? NO_NODE : find(space, to - 1), to)
    let starts = 0
    for (
      let node = findFrom(space, page);
      node !== NO_NODE && startOf(node) < end;
      node = findFrom(space, endOf(node))
    ) {
      starts += meetMoved(node, Math.max(startOf(node), page), Math.min(endOf(node), end), to - page)
    }
    if (last !== page) starts += meetNode(find(space, last), last)
    if (to !== end && find(space, end) !== NO_NODE) starts++
    return countOf(space) - before + starts
  }

  function meetMoved(node: number, first: number, end: number, distance: number) {
    const offset = offsetAfter(node, first, distance)
    return meet(first + distance, end + distance, offset, attributesOf(node), objectOf(node), chainOf(node))
  }

  return { moveSeveral }
}
