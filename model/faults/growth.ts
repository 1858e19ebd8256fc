// Stacks: a region that grows down takes in the pages above an access below it, if that is near enough and allowed.
// Growing waits until nothing can be refused any more. Where several CPUs run, a fault shares the lock of the space, and
// a region may change only for who has it alone: the fault gives it back, takes it alone, and looks again before the
// stack grows. Rules: spec/faults.md#stack-growth, spec/concurrency.md#growth.

import type { Access } from '../../spec/interface.js'
import type { Running } from '../concurrency/cpus.js'
import { downgrade, lockAlone, release } from '../concurrency/locks.js'
import { holdRegion } from '../concurrency/region-locks.js'
import { block, concurrent, fault, go, ids, need, provided, refuse } from '../kit/index.js'
import { mayLock, mayMap } from '../processes/rlimit.js'
import { isMapped, regionAt, sketchOf } from '../regions/attributes.js'
import { freeNodes } from '../regions/nodes.js'
import { growDown } from '../regions/regions.js'
import { type M, type Page, type Process, regionLocks, type Space, type State, spaceOf } from '../state.js'
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
  if (m.spaces[space].nodes.length > 0 && freeNodes(m, space).length === 0) return refuse('ENOMEM')
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

/** A step: where the page is not mapped yet, the stack above grows down to it; among other CPUs, not before all let it. */
export function grow(m: M, my: Touch & Running) {
  if (isThere(m, my)) return undefined
  if (!m.limits.concurrent) return expand(m, my)
  release(m, my.cpu)
  return go('growAlone')
}
/**
 * Steps of a growth among other CPUs. Linux turned a shared lock into nothing better until 2023, and grew under it
 * (CVE-2023-3269); now it takes the lock alone, as here (`lock_mm_and_find_vma`).
 */
export const growAloneSteps = <T extends Touch & Running>() => ({
  growAlone: lockAlone<T>(),
  growAgain: concurrent<State, T, 'anew'>((m, my) =>
    isThere(m, my) || answerBelowStack(m, my) !== undefined ? go('anew') : undefined,
  ),
  growLock: provided<State, T>(regionLocks, (m, my) => {
    const { nodes } = m.spaces[need(spaceOf(m, my.process))]
    const it = nodes[need(stackAbove(m, my).node)]
    if (it.readers !== 0) return block
    it.writer = my.cpu
  }),
  growDown: concurrent<State, T>((m, my) => expand(m, my)),
  growShare: concurrent<State, T, 'lend'>((m, my) => {
    downgrade(m, my)
    holdRegion(m, my)
    return go('lend')
  }),
})

/** The first page of the stack that grows. */
function stackAbove(m: M, my: Touch) {
  const space = need(spaceOf(m, my.process))
  return m.spaces[space].pages[need(above(m, space, need(my.at)))]
}
const isThere = (m: M, my: Touch): boolean => isMapped(m.spaces[need(spaceOf(m, my.process))].pages[need(my.at)])
function expand(m: M, my: Touch): void {
  const space = need(spaceOf(m, my.process))
  const at = need(my.at)
  growDown(m, space, at, need(above(m, space, at)))
}
