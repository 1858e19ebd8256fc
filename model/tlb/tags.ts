// Tags: a translation bears a number in place of its space, so that a CPU that comes back to a space finds what it knew of
// it. There are fewer numbers than spaces in time. When they run out, a generation ends: all but the running CPUs' numbers are
// free again, and each CPU forgets everything before it takes a number of the new generation. Rule: spec/tlb.md#tags.

import { has, ids, type Members, withMember } from '../kit/index.js'
import type { Cpu, M, Space, Tag } from '../state.js'
import { forgetAll } from './tlb.js'

/** Whether a CPU may go on with the tag of a space as it is: that is of this generation, and the CPU is done with the last. */
export const isUsable = (m: M, cpu: Cpu, space: Space): boolean => m.spaces[space].current && !m.cpus[cpu].expired

export const isGiven = (m: M, t: Tag): boolean => has(m.tags.given, t)
/** None is left in this generation. */
export const allGiven = (m: M): boolean => m.tags.given === m.limits.tags

/** The space has a tag that nobody else has in this generation. */
export function giveTag(m: M, space: Space, t: Tag): void {
  m.spaces[space].tag = t
  m.spaces[space].current = true
  m.tags.given = withMember(m.tags.given, t)
}
/** A space that ends has none; the number is given again in the next generation. */
export function loseTag(m: M, space: Space): void {
  m.spaces[space].tag = null
  m.spaces[space].current = false
}

/**
 * A generation begins. A CPU that runs cannot be made to stop: its number stays with its space (Linux on Arm:
 * reserved_asids). One that only has tables loaded keeps nothing.
 */
export function newGeneration(m: M): void {
  m.tags.given = none
  for (const s of ids(m.spaces)) {
    const { tag, current } = m.spaces[s]
    if (tag === null) continue
    if (current && ids(m.cpus).some(c => m.cpus[c].running && m.cpus[c].tag === tag)) giveTag(m, s, tag)
    else loseTag(m, s)
  }
  for (const it of m.cpus) it.expired = true
}
const none = 0 as Members<'tag'>

/** Everything goes that the CPU knows from generations before. */
export function clean(m: M, cpu: Cpu): void {
  if (!m.cpus[cpu].expired) return
  forgetAll(m, cpu)
  m.cpus[cpu].expired = false
}

/** The CPU will run the space by its tag: from here on, the number stays with the space. */
export function claimTag(m: M, cpu: Cpu, space: Space): void {
  m.cpus[cpu].tag = m.spaces[space].tag
  m.cpus[cpu].running = true
}
