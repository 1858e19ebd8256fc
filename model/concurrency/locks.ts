// The lock of a space. Whoever changes regions holds it alone; faults share it, because they only look. Where only one
// CPU runs there is nothing to lock, and these steps are not there. Which lock guards what, and in which order they are
// taken: spec/concurrency.md#locks.

import { block, concurrent, disabled, has, ids, need, withMember, withoutMember } from '../kit/index.js'
import { type Cpu, type M, type Place, type Space, type State, spaceOf } from '../state.js'
import { isWalking } from '../tlb/walks.js'
import { begin, end, isEnding, isOnCpu, type Running, unload } from './cpus.js'
import { letGoOfRegion, releaseRegions } from './region-locks.js'

const isReadByOthers = (m: M, space: Space, cpu: Cpu): boolean => withoutMember(m.spaces[space].readers, cpu) !== 0

/** Whether a CPU has the space alone, and may be changing its regions. */
export const isWritten = (m: M, space: Space): boolean => m.spaces[space].writer !== null

/** What entering depends on beside the lock, and what it marks. */
interface Entering<T> {
  readonly allowed?: (m: M, my: T) => boolean
  readonly mark?: (m: M, my: T) => void
}
function mayEnter<T extends Running>(m: M, my: T, { allowed }: Entering<T>): boolean {
  const space = spaceOf(m, my.process)
  if (space === null || isWalking(m, my.cpu) || isEnding(m, my) || !isOnCpu(m, my.cpu, space)) return false
  return allowed?.(m, my) !== false
}

/** A first step: enters the kernel, and takes no lock. */
export const enterKernel = <T extends Running>(entering: Entering<T> = {}) =>
  concurrent((m: M, my: T) => {
    if (!mayEnter(m, my, entering)) return disabled
    begin(m, my)
    entering.mark?.(m, my)
  })
/** A first step: enters the kernel and takes the lock of the process's space together with others. */
export const enterToRead = <T extends Running>(entering: Entering<T> = {}) =>
  concurrent((m: M, my: T) => {
    if (!mayEnter(m, my, entering)) return disabled
    const space = need(spaceOf(m, my.process))
    if (isWritten(m, space)) return block
    begin(m, my)
    m.spaces[space].readers = withMember(m.spaces[space].readers, my.cpu)
  })
/** A first step: enters the kernel and takes the lock of the process's space, alone. */
export const lockToWrite = <T extends Running>(entering: Entering<T> = {}) =>
  concurrent((m: M, my: T) => {
    if (!mayEnter(m, my, entering)) return disabled
    const space = need(spaceOf(m, my.process))
    if (isWritten(m, space) || isReadByOthers(m, space, my.cpu)) return block
    begin(m, my)
    m.spaces[space].writer = my.cpu
    entering.mark?.(m, my)
  })

/** A step: takes the lock of the process's space together with other readers. */
export const lockToRead = <T extends Running>() =>
  concurrent((m: M, my: T) => {
    const space = need(spaceOf(m, my.process))
    if (isWritten(m, space)) return block
    m.spaces[space].readers = withMember(m.spaces[space].readers, my.cpu)
  })

/** Steps: the lock is given back and taken again together with others, so that regions may be other ones by then. */
export const shareSteps = <T extends Running>() => ({ release: unlock<T>(), retake: lockToRead<T>() })
/** A step: takes the lock of the process's space alone, for a CPU that is in the kernel and has given back what it had of it. */
export const lockAlone = <T extends Running>() =>
  concurrent((m: M, my: T) => {
    const space = need(spaceOf(m, my.process))
    if (isWritten(m, space) || isReadByOthers(m, space, my.cpu)) return block
    m.spaces[space].writer = my.cpu
  })
/** The lock that is held alone is shared from now on: others may look at the regions, and nobody gets in between. */
export function downgrade(m: M, my: Running): void {
  const it = m.spaces[need(spaceOf(m, my.process))]
  it.readers = withMember(it.readers, my.cpu)
  it.writer = null
  // Who may look at the regions of a space may go by each of them.
  releaseRegions(m, need(spaceOf(m, my.process)), my.cpu)
}

/** A last step: gives back every lock that this CPU has. It is still in the kernel. */
export const unlock = <T extends { readonly cpu: Cpu }>() => concurrent((m: M, my: T) => release(m, my.cpu))
/** A last step: gives back every lock that this CPU has, and leaves the kernel. */
export const leaveKernel = <T extends { readonly cpu: Cpu }>() => concurrent<State, T>(leave)
export function leave(m: M, my: { readonly cpu: Cpu }): void {
  release(m, my.cpu)
  end(m, my)
}

/** What unlocks a space that is no more: the CPU has no tables of its own any more. */
export function leaveForGood(m: M, { cpu }: { readonly cpu: Cpu }): void {
  release(m, cpu)
  end(m, { cpu })
  m.cpus[cpu].process = null
  unload(m, cpu)
}

export function release(m: M, cpu: Cpu): void {
  letGoOfRegion(m, cpu)
  for (const space of ids(m.spaces)) {
    const it = m.spaces[space]
    if (it.writer === cpu) it.writer = null
    if (has(it.readers, cpu)) it.readers = withoutMember(it.readers, cpu)
    letGoOfEntries(m, space, cpu)
    releaseRegions(m, space, cpu)
  }
}

/** Whether a process runs in a space, and nobody has its regions or its entries in hand. */
export const isAtRest = (m: M, space: Space): boolean =>
  !isWritten(m, space) && m.spaces[space].tableLock === null && ids(m.processes).some(p => spaceOf(m, p) === space)

/** A step: takes all entries of the process's space in hand. The space is locked already, in one way or the other. */
export const takeTables =
  <T extends Running>() =>
  (m: M, my: T) => {
    const space = need(spaceOf(m, my.process))
    if (isHeldByAnother(m.spaces[space].tableLock, my.cpu)) return block
    m.spaces[space].tableLock = my.cpu
  }

/** Takes the entries in hand that are in the table of a page; of the whole space, where tables are no frames. */
export function takeInHand(m: M, { space, page }: Place, cpu: Cpu): void {
  if (m.limits.framed) m.spaces[space].directory[m.tree[page].table].lock = cpu
  else m.spaces[space].tableLock = cpu
}
export function letGoOfEntries(m: M, space: Space, cpu: Cpu): void {
  const it = m.spaces[space]
  if (it.tableLock === cpu) it.tableLock = null
  for (const entry of it.directory) if (entry.lock === cpu) entry.lock = null
}

/** Whether another CPU has the entry of a page in hand. */
export const isInHand = (m: M, { space, page }: Place, cpu: Cpu): boolean =>
  isHeldByAnother(m.spaces[space].tableLock, cpu) ||
  (m.limits.framed && isHeldByAnother(m.spaces[space].directory[m.tree[page].table].lock, cpu))
const isHeldByAnother = (lock: Cpu | null, cpu: Cpu): boolean => lock !== null && lock !== cpu
