// The regions of a space, read from the real tree into the attributes of the model's pages. A region of the model is a
// run of pages that agree; two regions of the tree that touch and agree are a seam, which only the profile of Linux
// knows. Elsewhere they should be one region, and have no abstraction.

import { type Machine as Implementation, protectionBits } from '../../impl/index.js'
import {
  type ceiling,
  ids,
  type lockKind,
  type Of,
  type Page,
  type regionKind,
  type Space,
  type State,
} from '../../model/index.js'
import { known, NoAbstraction, pageIn } from './abstract-words.js'
import type { Placement } from './placement.js'

type Attributes = State['spaces'][Space]['pages'][Page]
type Seen = Parameters<Parameters<Implementation['inspect']['regions']>[1]>[3]

const regionOf: ReadonlyMap<number, Of<typeof regionKind>> = new Map(
  (['none', 'r', 'w', 'x', 'rw', 'rx', 'wx', 'rwx', 'guard'] as const).map(kind => [protectionBits[kind], kind]),
)
const ceilingOf: ReadonlyMap<number, Of<typeof ceiling>> = new Map(
  (['rwx', 'rw', 'rx', 'r'] as const).map(kind => [protectionBits[kind], kind]),
)
export const lockKinds: readonly Of<typeof lockKind>[] = ['none', 'locked', 'onfault']

export function abstractRegions(machine: Implementation, placement: Placement, m: State, s: Space): void {
  const { inspect } = machine
  const { linux } = m.limits
  const it = m.spaces[s]
  for (const p of it.pages) unmap(p)
  it.regions = it.mapped = it.locked = 0
  it.future = 'none'
  if (it.users === 0) return
  inspect.regions(s, (start, end, bits, region) => {
    for (let page = start; page < end; page++) {
      const at = it.pages[pageIn(placement, m, page, 'a region')]
      write(at, m, s, bits, region)
      // What a page of private memory was first mapped as counts only where regions keep their identity.
      const offset = region.object < 0 && linux ? region.offset - placement.firstPage : region.offset
      at.offset = region.object < 0 && !linux ? 0 : offset + page - start
    }
    const first = start - placement.firstPage
    if (first > 0) mark(it.pages[ids(m.tree)[first - 1]], it.pages[ids(m.tree)[first]], s, linux)
  })
  it.regions = inspect.regionCountOf(s)
  it.mapped = inspect.mappedOf(s)
  it.locked = inspect.lockedOf(s)
  it.future = known(lockKinds, inspect.futureOf(s), 'a kind of lock')
}

/** An unmapped page has every attribute at its first value. */
function unmap(page: Attributes): void {
  page.region = 'unmapped'
  page.ceiling = 'rwx'
  page.lock = 'none'
  page.object = page.chain = null
  page.offset = 0
  page.grows = page.seam = page.accounted = page.inherited = false
}

function write(page: Attributes, m: State, s: Space, bits: number, region: Seen): void {
  const [kind, ceiling] = [regionOf.get(bits), ceilingOf.get(region.ceiling)]
  if (kind === undefined) throw new NoAbstraction(`space ${s} has a region with protection bits ${bits}`)
  if (ceiling === undefined) throw new NoAbstraction(`space ${s} has a region with ceiling bits ${region.ceiling}`)
  page.region = kind
  page.ceiling = ceiling
  page.lock = known(lockKinds, region.lock, 'a kind of lock')
  page.grows = region.grows
  page.object = region.object < 0 ? null : known(ids(m.objects), region.object, 'a region maps an object')
  if (!m.limits.linux) return
  page.accounted = region.accounted
  page.inherited = region.inherited
  page.chain = region.chain < 0 ? null : (region.chain as Attributes['chain'])
}

/** A region starts between two pages that agree. */
function mark(left: Attributes, right: Attributes, s: Space, linux: boolean): void {
  const same = ['region', 'ceiling', 'lock', 'grows', 'object', 'accounted', 'chain', 'inherited'] as const
  if (same.some(field => left[field] !== right[field])) return
  if ((left.object !== null || linux) && right.offset !== left.offset + 1) return
  if (!linux) throw new NoAbstraction(`space ${s} has two regions that touch and agree`)
  right.seam = true
}
