// Taking pages away: what a page holds goes, but a frame that another CPU may still reach through a translation is kept
// in hand until every CPU has forgotten it. Where one CPU runs alone, it is given back at once. Rules:
// spec/regions.md#munmap, spec/tlb.md#shootdown, spec/tlb.md#ranges.

import { isInHand } from '../concurrency/locks.js'
import { collect } from '../files/files.js'
import { putFrame } from '../frames/frames.js'
import {
  block,
  bool,
  concurrent,
  each,
  has,
  ids,
  type Members,
  need,
  type Of,
  ownedSet,
  when,
  withMember,
} from '../kit/index.js'
import { type Detaching, detachingLocals } from '../page-tables/directory.js'
import { emptyEntry, giveBackTables } from '../page-tables/page-tables.js'
import { Flush, frame, type M, type Page, page, type Space, type State, severalCpus, spaceOf } from '../state.js'
import { isLeaving } from '../swap/mappings.js'
import { putSlot } from '../swap/swap.js'
import { shootdownSteps } from '../tlb/shootdown.js'
import type { Range } from './attributes.js'
import { clearEntry } from './regions.js'

/** Frames in hand until nobody can reach them, and whether some CPU may know what is not so any more. */
export const clearingLocals = {
  gathered: when(severalCpus, ownedSet(frame)),
  stale: when(severalCpus, bool),
  ...detachingLocals,
}
export interface Clearing extends Detaching {
  gathered: Members<'frame'>
}

/** Takes away what a page holds. */
export function takeAway(m: M, my: Clearing, space: Space, v: Page): void {
  if (!m.limits.concurrent) {
    clearEntry(m, space, v)
    return
  }
  const it = m.spaces[space].pages[v]
  const { entry } = it
  if (isLeaving(m, space, v)) my.stale = true
  collect(m, space, v)
  emptyEntry(it)
  if (entry.is === 'swapped') putSlot(m, entry.slot)
  if (entry.is === 'present') gather(m, my, entry.frame)
  if (entry.is === 'present' || entry.is === 'zero') my.stale = true
}
/** The entry's reference becomes the operation's, which needs one only. */
function gather(m: M, my: Clearing, f: Parameters<typeof putFrame>[1]): void {
  if (has(my.gathered, f)) putFrame(m, f)
  else my.gathered = withMember(my.gathered, f)
}

/**
 * A step for each page of a range: what it holds goes. Where the lock is shared, only what is detached does, and faults may
 * have entries in hand.
 */
export const clear = <T extends Clearing>(where: (my: T, v: Page) => boolean) =>
  each<State, T, 'page'>(
    page,
    (m, my, v) => {
      const space = need(spaceOf(m, my.process))
      if (m.limits.downgrades && m.spaces[space].writer !== my.cpu) {
        if (!m.spaces[space].pages[v].detached) return undefined
        if (isInHand(m, { space, page: v }, my.cpu)) return block
      }
      takeAway(m, my, space, v)
      return undefined
    },
    { where },
  )

/** What is forgotten of a range: its pages, where a request can name so many; else the space. */
export function forgotten(m: M, space: Space, { page, count }: Range): Of<typeof Flush> {
  if (count > m.limits.flushPages) return Flush.space({ space })
  return count === 1 ? Flush.page({ space, page }) : Flush.range({ space, page, count })
}

/**
 * Steps behind those that took something away: every CPU forgets `what`, the whole space if there is something stale, and
 * then frames that nobody names are free, and tables that hold nothing.
 */
export const forgetSteps = <T extends Clearing>(
  what: (m: M, my: T, space: Space) => Of<typeof Flush> = (_m, my, space) =>
    my.stale ? Flush.space({ space }) : Flush.none,
) => ({
  ...shootdownSteps<T, 'forget', 'give'>('forget', (m, my) => what(m, my, need(spaceOf(m, my.process))), 'give'),
  give: concurrent((m: M, my: T) => {
    for (const f of ids(m.frames)) if (has(my.gathered, f)) putFrame(m, f)
    my.gathered = none
    my.stale = false
    giveBackTables(m, need(spaceOf(m, my.process)))
  }),
})
const none = 0 as Members<'frame'>
