// What mremap makes of a space, and what stands against it: limits of the process and of the object, regions, tables.
// Rule: spec/regions.md#mremap.

import type { Errno } from '../../spec/interface.js'
import { need } from '../kit/index.js'
import { tablesOf } from '../page-tables/page-tables.js'
import { mayLock, mayMap } from '../processes/rlimit.js'
import { type M, type Page, type Space, spaceOf } from '../state.js'
import {
  copyOf,
  draw,
  drawRegion,
  erase,
  inRange,
  pagesOf,
  type Range,
  regionAt,
  type Sketch,
  shifted,
  sketchOf,
  unmapped,
} from './attributes.js'
import { arrived, leftBehind, merged, movedTo } from './identity.js'
import { keepsSource, movedOf, movedPage, type Remap, sourceOf, targetOf } from './moving.js'

/** What the space will be. */
export function remapped(m: M, my: Remap): Sketch {
  const space = need(spaceOf(m, my.process))
  const before = sketchOf(m, space)
  const after = sketchOf(m, space)
  const first = before[my.page]
  switch (my.way) {
    case 'stay':
      return after
    case 'shrink':
      erase(m, after, tailOf(my))
      return after
    case 'extend':
      drawRegion(m, after, grownOf(my), shifted(m, first, my.old))
      return merged(m, after, grownOf(my))
    case 'duplicate':
      drawRegion(m, after, targetOf(my), first)
      return arrived(m, after, targetOf(my))
    case 'move':
      draw(m, after, sourceOf(my), (_v, it) => (keepsSource(my) ? leftBehind(it) : copyOf(unmapped)))
      draw(m, after, targetOf(my), v => {
        const by = v - need(my.start)
        return movedTo(m, by < my.old ? before[my.page + by] : shifted(m, first, by), v)
      })
      return arrived(m, after, targetOf(my))
  }
}
/** Pages beyond the new length, which go, and pages beyond the old one, which are new. */
export const tailOf = (my: Remap): Range => ({ page: (my.page + my.count) as Page, count: my.old - my.count })
export const grownOf = (my: Remap): Range => ({
  page: (need(my.start) + my.old) as Page,
  count: Math.max(0, my.count - my.old),
})

/** Whether a page loses what it holds: where the mapping goes to, and where it is cut off. */
export const isCleared = (my: Remap, v: Page): boolean =>
  (my.way === 'shrink' && inRange(tailOf(my), v)) ||
  (my.way === 'move' && (inRange(targetOf(my), v) || inRange(tailOf(my), v))) ||
  (my.way === 'duplicate' && inRange(targetOf(my), v))

/** Tables that the entries will need at the target and that are not there yet. */
export function tablesAtTarget(m: M, my: Remap): number {
  const { pages } = m.spaces[need(spaceOf(m, my.process))]
  const isFilled = (v: Page): boolean => pages[v].entry.is !== 'absent'
  const targets = pagesOf(m, movedOf(my))
    .filter(isFilled)
    .map(v => movedPage(my, v))
  return tablesOf(m, v => isFilled(v) || targets.includes(v)) - tablesOf(m, isFilled)
}

/** Whether the old range lies in one region; Linux moves several at once to a given place, with the gaps between. */
export function isOnePiece(m: M, space: Space, my: Remap): boolean {
  const region = regionAt(m, sketchOf(m, space), my.page)
  return (
    my.page + my.old <= region.page + region.count ||
    (m.limits.linux && my.moving === 'maymove|fixed' && my.old === my.count)
  )
}

/** Why a mapping may not become longer, or be there twice. */
export function objection(m: M, space: Space, my: Remap): Errno | null {
  const first = m.spaces[space].pages[my.page]
  const longer = Math.max(0, my.count - my.old)
  const more = keepsSource(my) ? my.count : longer
  if (more === 0) return null
  const origin = first.object ?? first.file
  if (origin !== null && first.offset + my.count > m.objects[origin].size) return 'EINVAL'
  if (first.lock !== 'none' && longer > 0 && !mayLock(m, my.process, longer)) return 'EAGAIN'
  return mayMap(m, my.process, more) ? null : 'ENOMEM'
}
