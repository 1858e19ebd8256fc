// The lock of a single region. A fault looks for its region without any lock, takes the lock of that one with others, and
// looks whether it is still what it found; where that fails it takes the lock of the space, as it did before there were
// such locks (Linux since 6.4: lock_vma_under_rcu). Until it has the lock it is in a section, and a region that goes
// meanwhile is not free before the section ends. Who changes regions has the space alone, and locks each region that it
// touches before it changes anything (vma_start_write). Rules: spec/concurrency.md#region-locks,
// spec/concurrency.md#sections.

import { block, each, go, has, need, provided, withMember, withoutMember } from '../kit/index.js'
import { endSection } from '../regions/nodes.js'
import { lookUpNode } from '../regions/remembered.js'
import {
  type Cpu,
  hasNodes,
  type M,
  node,
  type Page,
  type RegionNode,
  regionLocks,
  type Space,
  type State,
  spaceOf,
} from '../state.js'
import type { Running } from './cpus.js'

export interface Touching extends Running {
  readonly page: Page
  readonly reach: 'user' | 'kernel' | 'noncanonical'
}
const toSpace = go('lock')

/** Steps of a fault before it would take the lock of the space; with the lock of a region it goes on at `look`. */
export const regionLockSteps = <T extends Touching>() => ({
  find: provided<State, T, 'lock'>(regionLocks, (m, my) => {
    const space = need(spaceOf(m, my.process))
    const found = m.spaces[space].pages[my.page].node
    if (my.reach !== 'user' || found === null) return toSpace
    m.cpus[my.cpu].section = true
    hold(m, my, space, found)
  }),
  tryRegion: provided<State, T, 'lock'>(regionLocks, (m, my) => {
    const it = nodeInHand(m, my)
    if (it.writer !== null) return giveUp(m, my)
    it.readers = withMember(it.readers, my.cpu)
  }),
  checkRegion: provided<State, T, 'lock' | 'look'>(regionLocks, (m, my) => {
    if (!isStill(m, my)) return giveUp(m, my)
    endSection(m, my.cpu)
    return go('look')
  }),
})

/** A step behind `look`: the fault knows its region, by which it goes from here on. */
export const regionStep = <T extends Running & { readonly at: Page | null }>() => ({
  region: provided<State, T>(hasNodes, (m, my) => {
    if (m.cpus[my.cpu].node === null) holdRegion(m, my)
  }),
})
/** The node of the region that the page is in is in hand, under the lock of the space. */
export function holdRegion(m: M, my: Running & { readonly at: Page | null }): void {
  const space = need(spaceOf(m, my.process))
  const found = lookUpNode(m, my.cpu, space, need(my.at))
  if (found !== null) hold(m, my, space, found)
}

/** A step for each node: those that are about to change, or to lose entries, are locked. Their readers finish first. */
export const lockRegions = <T extends Running>(touches: (m: M, my: T, n: RegionNode) => boolean) => ({
  lockRegions: provided<State, T>(
    regionLocks,
    each<State, T, 'node'>(node, (m, my, n) => {
      const it = m.spaces[need(spaceOf(m, my.process))].nodes[n]
      if (it.use !== 'live' || !touches(m, my, n)) return undefined
      if (it.readers !== 0) return block
      it.writer = my.cpu
    }),
  ),
})

/** Gives back what this CPU has of regions. */
export function releaseRegions(m: M, space: Space, cpu: Cpu): void {
  for (const it of m.spaces[space].nodes) {
    if (it.writer === cpu) it.writer = null
    if (has(it.readers, cpu)) it.readers = withoutMember(it.readers, cpu)
  }
}
/** Nothing that it has found is in hand any more. */
export function letGoOfRegion(m: M, cpu: Cpu): void {
  if (m.cpus[cpu].node === null) return
  endSection(m, cpu)
  m.cpus[cpu].node = null
  m.cpus[cpu].generation = 0
}

function hold(m: M, my: Running, space: Space, n: RegionNode): void {
  m.cpus[my.cpu].node = n
  m.cpus[my.cpu].generation = m.spaces[space].nodes[n].generation
}
const nodeInHand = (m: M, my: Running) => m.spaces[need(spaceOf(m, my.process))].nodes[need(m.cpus[my.cpu].node)]

/** Whether the region is there, is what was found, and has the page. */
function isStill(m: M, my: Touching): boolean {
  const it = nodeInHand(m, my)
  const { node, generation } = m.cpus[my.cpu]
  return (
    it.use === 'live' &&
    it.generation === generation &&
    m.spaces[need(spaceOf(m, my.process))].pages[my.page].node === node
  )
}
function giveUp(m: M, my: Running) {
  releaseRegions(m, need(spaceOf(m, my.process)), my.cpu)
  letGoOfRegion(m, my.cpu)
  return toSpace
}
