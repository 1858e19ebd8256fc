// Locked pages stay where they are: no page of theirs is swapped out. Who may lock, how many pages, and what a space
// becomes when a range of it is locked or unlocked. Rules: spec/locking.md.

import { need, type Of } from '../kit/index.js'
import { holds } from '../processes/credentials.js'
import { draw, isMapped, pagesOf, type Range, type Sketch, sketchOf } from '../regions/attributes.js'
import { merged } from '../regions/identity.js'
import { type lockKind, type M, type Page, type Process, type Space, spaceOf } from '../state.js'

export type LockKind = Of<typeof lockKind>

/** Whether a process may lock anything. */
export const mayLockAtAll = (m: M, process: Process): boolean =>
  holds(m, process, 'ipcLock') || m.processes[process].limits.memlock > 0

/** What a space will be with a range locked so, or unlocked. Guard pages hold nothing that could be locked. */
export function lockedAs(m: M, space: Space, range: Range, lock: LockKind): Sketch {
  const sketch = sketchOf(m, space)
  draw(m, sketch, range, (_v, it) => ({ ...it, lock: isMapped(it) && it.region !== 'guard' ? lock : 'none' }))
  return merged(m, sketch, range)
}

export const lockedIn = (m: M, space: Space, range: Range): number =>
  pagesOf(m, range).filter(v => m.spaces[space].pages[v].lock !== 'none').length

/** A range of which only the first pages are locked or unlocked: Linux stops at a hole, and leaves what it has done. */
export interface Stretch {
  readonly process: Process
  readonly page: Page
  readonly count: number
  passed: number
}
export const passedOf = ({ page, passed }: Stretch): Range => ({ page, count: passed })

/** How many pages of a range there are before the first hole. */
export function beforeHole(m: M, my: Stretch): number {
  const { pages } = m.spaces[need(spaceOf(m, my.process))]
  const hole = pagesOf(m, my).find(v => !isMapped(pages[v]))
  return hole === undefined ? my.count : hole - my.page
}
/** Whether a hole behind so many pages refuses all; under `linux` only the first page does, and the rest is done up to it. */
export const isHoleRefused = (m: M, { count }: Stretch, passed: number): boolean =>
  passed < count && (passed === 0 || !m.limits.linux)
