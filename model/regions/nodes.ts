// Regions as a kernel keeps them: each has a record, its node, by which CPUs know it. A node stands for pages that do not
// change: a region that becomes larger or smaller, or moves, gets a new one, as indexes do that are read without locks. Its
// attributes may change, and then its generation does. A node that no region has any more is detached, and free again only
// when no CPU can be reading it. Nodes are there where the scope has some. Rule: spec/concurrency.md#nodes.

import { disabled, has, ids, need, withMember, withoutMember } from '../kit/index.js'
import { type Cpu, type M, node, type Page, type RegionNode, rule, type Space, space } from '../state.js'
import {
  type Attributes,
  type Range,
  regionAt,
  regionsOf,
  type Sketch,
  sameProtection,
  sketchOf,
} from './attributes.js'
import { outdate } from './remembered.js'

/** The node that the region at a page of `after` has already: that of the region which has the same pages now. */
function keptNode(m: M, before: Sketch, after: Sketch, first: Page): RegionNode | null {
  const { node } = before[first]
  if (node === null) return null
  const [was, is] = [regionAt(m, before, first), regionAt(m, after, first)]
  return was.page === is.page && was.count === is.count ? node : null
}
/** Whether a region that keeps its pages is what it was; by which chain its frames are found is no part of that. */
const isUnchanged = (was: Attributes, is: Attributes): boolean =>
  sameProtection(was, is) &&
  was.lock === is.lock &&
  was.grows === is.grows &&
  was.object === is.object &&
  was.file === is.file &&
  was.offset === is.offset &&
  was.accounted === is.accounted

export const freeNodes = (m: M, of: Space): readonly RegionNode[] =>
  ids(m.spaces[of].nodes).filter(n => m.spaces[of].nodes[n].use === 'free')

/** Whether a space that became like this would need more nodes than it has left. */
export function lacksNodes(m: M, of: Space, after: Sketch): boolean {
  if (m.spaces[of].nodes.length === 0) return false
  const before = sketchOf(m, of)
  const fresh = regionsOf(m, after).filter(first => keptNode(m, before, after, first) === null)
  return fresh.length > freeNodes(m, of).length
}

/** Gives the regions of a sketch their nodes, which is about to become the space; nodes that have none are detached. */
export function nameRegions(m: M, of: Space, after: Sketch): void {
  const it = m.spaces[of]
  if (it.nodes.length === 0) return
  const before = sketchOf(m, of)
  const fresh = [...freeNodes(m, of)]
  for (const page of after) page.node = null
  for (const first of regionsOf(m, after)) {
    const kept = keptNode(m, before, after, first)
    // Which of the free ones is no choice that anybody could see.
    const named = kept ?? need(fresh.shift() ?? null)
    if (kept === null) begin(m, of, named)
    else if (!isUnchanged(before[first], after[first])) it.nodes[kept].generation = 1 - it.nodes[kept].generation
    const { page, count } = regionAt(m, after, first)
    for (let v = page as number; v < page + count; v++) after[v].node = named
  }
  for (const n of ids(it.nodes))
    if (it.nodes[n].use === 'live' && after.every(({ node }) => node !== n)) detach(m, of, n)
}
/** Who made it has it locked, until it gives back the lock of the space. */
function begin(m: M, of: Space, n: RegionNode): void {
  const it = m.spaces[of].nodes[n]
  it.use = 'live'
  it.writer = m.limits.regionLocks ? m.spaces[of].writer : null
}
/** A CPU that may have found it just now is waited for before it is free. */
function detach(m: M, of: Space, n: RegionNode): void {
  const it = m.spaces[of].nodes[n]
  it.use = 'detached'
  for (const c of ids(m.cpus)) if (m.cpus[c].section) it.awaits = withMember(it.awaits, c)
  outdate(m, of)
}

/** A CPU has nothing in hand any more that it has found without a lock: nobody waits for it. */
export function endSection(m: M, cpu: Cpu): void {
  if (!m.cpus[cpu].section) return
  m.cpus[cpu].section = false
  for (const { nodes } of m.spaces) {
    for (const n of ids(nodes)) if (has(nodes[n].awaits, cpu)) nodes[n].awaits = withoutMember(nodes[n].awaits, cpu)
  }
}

/** A node is free again some time after all have ended who could have found it (a grace period). */
export const grace = rule('grace', { args: { space, node } }, (m, my) => {
  const it = m.spaces[my.space].nodes[my.node]
  if (it.use !== 'detached' || it.awaits !== 0) return disabled
  it.use = 'free'
  it.generation = 0
})

/** Whether a node is of a region that lies in a range, or that is another one in `after`. */
export function isTouched(m: M, of: Space, n: RegionNode, range: Range, after: Sketch): boolean {
  const before = sketchOf(m, of)
  const first = ids(m.tree).find(v => before[v].node === n)
  if (first === undefined) return false
  const { count } = regionAt(m, before, first)
  if (first < range.page + range.count && range.page < first + count) return true
  return keptNode(m, before, after, first) !== n || !isUnchanged(before[first], after[first])
}
