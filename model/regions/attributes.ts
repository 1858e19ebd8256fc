// What a page is mapped as: all that a page has but its entry. A region is a maximal run of pages that agree in it. An
// operation first draws, on a sketch, what the pages of its space will be; it counts regions there, may still refuse,
// and makes it so at the end. A sketch is a copy: drawing writes no state. Rules:
// spec/regions.md#what-a-region-is, spec/regions.md#alike.

import { ids, type Of } from '../kit/index.js'
import type { ceiling, M, Page, regionKind, Space } from '../state.js'

export type RegionKind = Of<typeof regionKind>
export type Ceiling = Of<typeof ceiling>
export type Attributes = Omit<M['spaces'][Space]['pages'][Page], 'entry' | 'dirty' | 'accessed' | 'detached'>
/** What all pages of a space are, or would be, by page. */
export type Sketch = Attributes[]

export interface Range {
  readonly page: Page
  readonly count: number
}
/** All pages of the window. */
export const wholeOf = (m: M): Range => ({ page: 0 as Page, count: m.tree.length })
export const inRange = ({ page, count }: Range, v: Page): boolean => v >= page && v < page + count
/** The pages of a range that lie in the window. */
export const pagesOf = (m: M, { page, count }: Range): readonly Page[] =>
  ids(m.tree).slice(page, Math.max(page, page + count))

/** A page that is not mapped has every attribute at its first value. */
export const unmapped: Readonly<Attributes> = {
  region: 'unmapped',
  ceiling: 'rwx',
  lock: 'none',
  grows: false,
  object: null,
  file: null,
  offset: 0,
  seam: false,
  accounted: false,
  chain: null,
  inherited: false,
  node: null,
}

/** Field by field: a page of the state may be a view, whose fields no spread sees. */
export function assign(to: Attributes, from: Readonly<Attributes>): Attributes {
  to.region = from.region
  to.ceiling = from.ceiling
  to.lock = from.lock
  to.grows = from.grows
  to.object = from.object
  to.file = from.file
  to.offset = from.offset
  to.seam = from.seam
  to.accounted = from.accounted
  to.chain = from.chain
  to.inherited = from.inherited
  to.node = from.node
  return to
}
export const copyOf = (it: Readonly<Attributes>): Attributes => assign({ ...unmapped }, it)
/**
 * A copy of all pages of a space. Where regions keep their identity, each one that starts is drawn with a seam, so that
 * boundaries stay when pages come to agree; the seams that nobody needs go when the sketch becomes the space.
 */
export function sketchOf(m: M, space: Space): Sketch {
  const sketch = [...m.spaces[space].pages].map(copyOf)
  if (m.limits.linux) for (const v of regionsOf(m, sketch)) sketch[v].seam = true
  return sketch
}

/** Draws the pages of a range as `as` says; what is beyond the window is not drawn. */
export function draw(m: M, sketch: Sketch, range: Range, as: (v: Page, before: Attributes) => Attributes): void {
  for (const v of pagesOf(m, range)) sketch[v] = as(v, sketch[v])
}
export const erase = (m: M, sketch: Sketch, range: Range): void => draw(m, sketch, range, () => copyOf(unmapped))

/** Draws a range as one region, of which the first page is given: offsets run on from there. */
export function drawRegion(m: M, sketch: Sketch, range: Range, first: Attributes): void {
  draw(m, sketch, range, v => shifted(m, first, v - range.page))
}
/** What a page is in the region of another one, so many pages further on. */
export const shifted = (m: M, it: Attributes, by: number): Attributes => ({
  ...copyOf(it),
  offset: offsetsCount(m, it) ? it.offset + by : it.offset,
  seam: it.seam && by === 0,
})

export const isMapped = (it: Attributes): boolean => it.region !== 'unmapped'
/** Whether offsets tell pages apart: those of objects and files, and where regions keep their identity, all. */
const offsetsCount = (m: M, it: Attributes): boolean => it.object !== null || it.file !== null || m.limits.linux

/** Whether two neighbouring pages agree in all but their protection and their chains, and their offsets run on. */
export const isNext = (m: M, left: Attributes, right: Attributes): boolean =>
  left.lock === right.lock &&
  left.grows === right.grows &&
  left.object === right.object &&
  left.file === right.file &&
  left.accounted === right.accounted &&
  (!offsetsCount(m, left) || right.offset === left.offset + 1)
export const sameProtection = (left: Attributes, right: Attributes): boolean =>
  left.region === right.region && left.ceiling === right.ceiling
export const sameChain = (left: Attributes, right: Attributes): boolean =>
  left.chain === right.chain && left.inherited === right.inherited
/** Whether they agree in everything. */
export const agree = (m: M, left: Attributes, right: Attributes): boolean =>
  isNext(m, left, right) && sameProtection(left, right) && sameChain(left, right)

/** Whether a page and the one before it are pages of one region. */
export const continues = (m: M, left: Attributes, right: Attributes): boolean =>
  isMapped(left) && isMapped(right) && !right.seam && agree(m, left, right)

/** The first pages of the regions of a sketch, in order. */
export const regionsOf = (m: M, sketch: Sketch): readonly Page[] =>
  ids(m.tree).filter(v => isMapped(sketch[v]) && (v === 0 || !continues(m, sketch[v - 1], sketch[v])))

/** The region that a mapped page is in. */
export function regionAt(m: M, sketch: Sketch, page: Page): Range {
  let [first, end] = [page as number, page + 1]
  while (first > 0 && continues(m, sketch[first - 1], sketch[first])) first--
  while (end < sketch.length && continues(m, sketch[end - 1], sketch[end])) end++
  return { page: first as Page, count: end - first }
}
