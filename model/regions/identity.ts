// Where regions keep their identity, as in Linux, two neighbours that agree stay two until an operation looks at the
// boundary between them. With its first write a region of private memory gets a chain, by which its frames are found;
// regions with different chains stay apart. Without that profile, regions are what they look like.
// Rules: spec/profiles.md#identity, spec/profiles.md#attachments-stay-apart.

import type { Chain, M, Page, Space } from '../state.js'
import {
  type Attributes,
  agree,
  copyOf,
  isMapped,
  isNext,
  pagesOf,
  type Range,
  regionAt,
  type Sketch,
  sameProtection,
  sketchOf,
} from './attributes.js'
import { chainsDecision } from './chains.js'
import { become } from './regions.js'

/** Leaves seams only where pages agree across a boundary. */
export function dropSeams(m: M, sketch: Sketch): void {
  sketch.forEach((it, v) => {
    it.seam &&= v > 0 && isMapped(it) && agree(m, sketch[v - 1], it)
  })
}

/** Whether two regions that meet here can be one. Those of a segment never are. */
function canMerge(m: M, left: Attributes, right: Attributes): boolean {
  if (!isMapped(left) || !isNext(m, left, right) || !sameProtection(left, right)) return false
  if (left.object !== null && m.objects[left.object].kind === 'segment') return false
  return chainsDecision(chainsOf(left, right)) === 'compatible'
}
const chainsOf = (left: Attributes, right: Attributes) => ({
  same: left.chain === right.chain,
  left: chainKind(left),
  right: chainKind(right),
})
const chainKind = ({ chain, inherited }: Attributes): 'none' | 'own' | 'inherited' =>
  chain === null ? 'none' : inherited ? 'inherited' : 'own'

/** The regions on both sides of a boundary become one, with the chain that one of them has. */
function unite(m: M, sketch: Sketch, right: Page): void {
  const left = (right - 1) as Page
  const owner = sketch[left].chain === null ? right : left
  pass(m, sketch, left, sketch[owner])
  pass(m, sketch, right, sketch[owner])
  sketch[right].seam = false
}
/** The region of a page gets a chain. */
function pass(m: M, sketch: Sketch, page: Page, { chain, inherited }: Pick<Attributes, 'chain' | 'inherited'>): void {
  for (const v of pagesOf(m, regionAt(m, sketch, page))) {
    sketch[v].chain = chain
    sketch[v].inherited = inherited
  }
}

/** Looks at the boundaries from one end of a range to the other, from the left, on the sketch given; answers it. */
export function merged(m: M, sketch: Sketch, { page, count }: Range): Sketch {
  if (!m.limits.linux) return sketch
  for (let v = Math.max(1, page); v <= page + count && v < sketch.length; v++) {
    if (canMerge(m, sketch[v - 1], sketch[v])) unite(m, sketch, v as Page)
  }
  return sketch
}

/** The same where a range was newly mapped on the sketch: it has boundaries at both ends, which are looked at. */
export function arrived(m: M, sketch: Sketch, range: Range): Sketch {
  for (const v of [range.page, range.page + range.count]) if (v < sketch.length) sketch[v].seam = m.limits.linux
  return merged(m, sketch, range)
}

/** What a page becomes where it was moved to: without a chain, it is as if it had been mapped there. */
export const movedTo = (m: M, it: Attributes, v: Page): Attributes =>
  m.limits.linux && isMapped(it) && it.object === null && it.chain === null ? { ...it, offset: v } : copyOf(it)
/** What a page becomes that stays mapped while what it held moves away. */
export const leftBehind = (it: Attributes): Attributes => ({
  ...it,
  lock: 'none',
  chain: null,
  inherited: false,
})

/** Whether no region has a chain. */
export const isUnused = (m: M, chain: Chain): boolean =>
  [...m.spaces].every(space => [...space.pages].every(it => it.chain !== chain))

/** Gives the region of a page a chain. */
export function giveChain(m: M, space: Space, page: Page, chain: Chain, inherited = false): void {
  const sketch = sketchOf(m, space)
  pass(m, sketch, page, { chain, inherited })
  become(m, space, sketch)
}

/** The region of a page gets the chain of a neighbour that it could be one with, were their protections equal. */
export function lendChain(m: M, space: Space, page: Page): void {
  const sketch = sketchOf(m, space)
  const { page: first, count } = regionAt(m, sketch, page)
  const last = first + count - 1
  const after = last + 1 < sketch.length && isNext(m, sketch[last], sketch[last + 1]) ? sketch[last + 1] : null
  const before = first > 0 && isNext(m, sketch[first - 1], sketch[first]) ? sketch[first - 1] : null
  const lender = [after, before].find(it => it !== null && isMapped(it) && chainKind(it) === 'own')
  if (lender?.chain != null) giveChain(m, space, page, lender.chain)
}
