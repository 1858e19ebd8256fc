// Stacks: a region that grows down takes in the pages above an access below it, if that is near enough and allowed.
// Growing waits until nothing can be refused any more. Rule: spec/faults.md#stack-growth.

import type { Access } from '../../spec/interface.js'
import { fault, ids, need } from '../kit/index.js'
import { mayLock, mayMap } from '../processes/rlimit.js'
import { isMapped, regionAt, sketchOf } from '../regions/attributes.js'
import { growDown } from '../regions/regions.js'
import { type M, type Page, type Process, type Space, spaceOf } from '../state.js'
import { permits } from './rights.js'

interface Touch {
  readonly process: Process
  readonly at: Page | null
  readonly access: Access
}

/** The lowest mapped page above, where its region starts. */
const above = (m: M, space: Space, at: Page): Page | null =>
  ids(m.tree).find(v => v > at && isMapped(m.spaces[space].pages[v])) ?? null

/** Answers for an access to a page that is not mapped; nothing, if a stack may grow to it. */
export function answerBelowStack(m: M, my: Touch) {
  const space = need(spaceOf(m, my.process))
  const at = need(my.at)
  const stack = above(m, space, at)
  if (stack === null || !m.spaces[space].pages[stack].grows) return fault('SIGSEGV MAPERR')
  if (!permits(m.spaces[space].pages[stack].region, my.access)) return fault('SIGSEGV ACCERR')
  if (isTooLarge(m, space, at, stack) || isTooNear(m, space, at) || isLimited(m, my.process, at, stack)) {
    return fault('SIGSEGV MAPERR')
  }
}

/** Larger than stacks may be; or, where pages keep the number of the place they were mapped at, below number 0. */
function isTooLarge(m: M, space: Space, at: Page, stack: Page): boolean {
  const { page, count } = regionAt(m, sketchOf(m, space), stack)
  if (page + count - at > m.limits.stack) return true
  return m.limits.linux && m.spaces[space].pages[stack].offset < stack - at
}
/** A page that anybody may access lies in the gap below. */
const isTooNear = (m: M, space: Space, at: Page): boolean =>
  ids(m.tree).some(v => v < at && v >= at - m.limits.gap && permits(m.spaces[space].pages[v].region, 'load'))

function isLimited(m: M, process: Process, at: Page, stack: Page): boolean {
  const locks = m.spaces[need(spaceOf(m, process))].pages[stack].lock !== 'none'
  return !mayMap(m, process, stack - at) || (locks && !mayLock(m, process, stack - at))
}

/** A step: where the page is not mapped yet, the stack above grows down to it. */
export function grow(m: M, my: Touch): void {
  const space = need(spaceOf(m, my.process))
  const at = need(my.at)
  if (isMapped(m.spaces[space].pages[at])) return
  growDown(m, space, at, need(above(m, space, at)))
}
