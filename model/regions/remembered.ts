// A CPU remembers the region that it found last, and looks there first (Linux until 6.1: vmacache). The space has a number,
// and so has what is remembered: it holds while they are equal. With each region that goes the number goes on, and comes
// round some day; then all CPUs forget, or what is old would hold again (CVE-2018-17182). Rule:
// spec/concurrency.md#remembered.

import { ids } from '../kit/index.js'
import { type Cpu, type M, type Page, type RegionNode, Remembered, type Space } from '../state.js'

/** The node of the region that a page is in, from memory if that holds, or else found, and remembered from now on. */
export function lookUpNode(m: M, cpu: Cpu, space: Space, page: Page): RegionNode | null {
  const found = m.spaces[space].pages[page].node
  if (m.limits.rounds === 0) return found
  const it = m.cpus[cpu]
  const { remembered } = it
  if (remembered.is === 'page' && remembered.space === space && remembered.page === page) {
    if (it.round === m.spaces[space].round) return remembered.node
  }
  it.remembered = found === null ? Remembered.none : Remembered.page({ space, page, node: found })
  it.round = found === null ? 0 : m.spaces[space].round
  return found
}

/** A region of the space has gone. */
export function outdate(m: M, space: Space): void {
  const it = m.spaces[space]
  if (m.limits.rounds === 0) return
  it.round = (it.round + 1) % m.limits.rounds
  if (it.round > 0) return
  for (const c of ids(m.cpus)) {
    const { remembered } = m.cpus[c]
    if (remembered.is !== 'page' || remembered.space !== space) continue
    m.cpus[c].remembered = Remembered.none
    m.cpus[c].round = 0
  }
}
