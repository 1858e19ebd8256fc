// Which way mremap goes: whether a mapping shrinks or grows where it is, moves, or is made a second time.
// Rules: spec/regions.md#mremap, spec/profiles.md#moving-several-regions.

import { match, P } from 'ts-pattern'
import { words } from '../../spec/interface.js'
import { decision, impossible, need, type Of, oneOf } from '../kit/index.js'
import type { M, Page, Process, Space } from '../state.js'
import type { Moving } from './arguments.js'
import type { Range } from './attributes.js'
import { isVacant } from './placement.js'
import { leavesWindow } from './regions.js'

/** How the new length differs from the old one; `longer, room behind` could grow where it is. */
export const change = oneOf('none before', 'shorter', 'same', 'longer', 'longer, room behind')
export const remapDecision = decision('remap', 'regions.md#mremap', { change, moving: oneOf(...words.moving) }, x =>
  match(x)
    .with({ moving: P.union('fixed', 'dontunmap') }, () => impossible)
    .with({ moving: P.union('maymove|dontunmap', 'maymove|fixed|dontunmap'), change: 'same' }, () => 'move' as const)
    .with({ moving: P.union('maymove|dontunmap', 'maymove|fixed|dontunmap') }, () => impossible)
    .with({ change: 'none before', moving: 'none' }, () => 'not without moving' as const)
    .with({ change: 'none before' }, () => 'duplicate' as const)
    .with({ moving: 'maymove|fixed' }, () => 'move' as const)
    .with({ change: 'shorter' }, () => 'shrink' as const)
    .with({ change: 'same' }, () => 'stay' as const)
    .with({ change: 'longer, room behind' }, () => 'extend' as const)
    .with({ change: 'longer', moving: 'maymove' }, () => 'move' as const)
    .with({ change: 'longer', moving: 'none' }, () => 'no room' as const)
    .exhaustive(),
)

/** A mremap under way: its arguments, where the mapping will start, and the way taken. */
export interface Remap {
  readonly process: Process
  readonly page: Page
  readonly old: number
  readonly count: number
  readonly moving: Moving
  readonly to: Page
  readonly start: Page | null
  readonly way: Of<typeof way>
}
export const way = oneOf('stay', 'shrink', 'extend', 'move', 'duplicate')

export const isFixed = ({ moving }: { readonly moving: Moving }): boolean =>
  moving === 'maymove|fixed' || moving === 'maymove|fixed|dontunmap'
export const keepsSource = ({ moving }: { readonly moving: Moving }): boolean =>
  moving === 'maymove|dontunmap' || moving === 'maymove|fixed|dontunmap'

/** Where a page goes that moves. */
export const movedPage = (my: Remap, v: Page): Page => (v - my.page + need(my.start)) as Page
export const wantedOf = (my: Remap): Range => ({ page: my.to, count: my.count })
export const sourceOf = (my: Remap): Range => ({ page: my.page, count: my.old })
export const targetOf = (my: Remap): Range => ({ page: need(my.start), count: my.count })
/** Pages that move with what they hold. */
export const movedOf = (my: Remap): Range => ({
  page: my.page,
  count: my.way === 'move' ? Math.min(my.old, my.count) : 0,
})

export function changeOf(m: M, space: Space, my: Remap): Of<typeof change> {
  const { old, count } = my
  if (old === 0) return 'none before'
  if (count <= old) return count < old ? 'shorter' : 'same'
  const behind = { page: (my.page + old) as Page, count: count - old }
  return isVacant(m, space, behind) ? 'longer, room behind' : 'longer'
}
/** Whether the place must be searched. */
export const isSearched = (m: M, space: Space, my: Remap): boolean =>
  (my.moving === 'maymove' && ['none before', 'longer'].includes(changeOf(m, space, my))) ||
  my.moving === 'maymove|dontunmap'

/** Whether source and wanted target have a page in common. */
export const overlaps = (my: Remap): boolean => my.page + my.old > my.to && my.to + my.count > my.page

/** Commands about pages that the model does not see, or with a target that says nothing. */
export const leavesSight = (m: M, space: Space, my: Remap): boolean =>
  (my.to !== 0 && !isFixed(my) && my.moving !== 'fixed') ||
  leavesWindow(m, sourceOf(my)) ||
  leavesWindow(m, isFixed(my) ? wantedOf(my) : { page: my.page, count: my.count }) ||
  (isSearched(m, space, my) && !m.limits.top) ||
  outgrows(m, space, my)

/** Where regions keep their identity, whether a mapping would grow past the last page that the model can number. */
function outgrows(m: M, space: Space, my: Remap): boolean {
  const { object, chain, offset } = m.spaces[space].pages[my.page]
  const resets = chain === null && (isFixed(my) || isSearched(m, space, my))
  return m.limits.linux && object === null && my.count > my.old && !resets && offset + my.count > m.tree.length
}
