// mremap: a mapping gets longer or shorter, where it is or somewhere else, and keeps what it holds. A second mapping of
// shared memory can be made this way, and one can be moved out from under its pages. Rule: spec/regions.md#mremap.

import { leaveKernel, lockToWrite, takeTables } from '../concurrency/locks.js'
import {
  chainSteps,
  fillSteps,
  holdSteps,
  lacking,
  memoryAheadSteps,
  needSteps,
  type Resident,
  residentLocals,
  settleSteps,
} from '../faults/resident.js'
import { readOnly, rightsDecision } from '../faults/rights.js'
import {
  choose,
  concurrent,
  disabled,
  done,
  each,
  fail,
  go,
  ids,
  need,
  optional,
  provided,
  refuse,
  step,
} from '../kit/index.js'
import { leaveOut, pageSteps } from '../locking/populate.js'
import { countTables, dropEntry, exhausted, fits, setEntry } from '../page-tables/page-tables.js'
import { forgetPins, movePins } from '../pins/pins.js'
import { forgetObjects } from '../shared-memory/objects.js'
import { counted, Entry, type M, operation, type Page, page, process, type State, spaceOf } from '../state.js'
import { isLeaving } from '../swap/mappings.js'
import { count, moving, skew } from './arguments.js'
import { inRange, isMapped, pagesOf, type Range } from './attributes.js'
import { type Clearing, clear, clearingLocals, forgetSteps } from './clearing.js'
import {
  changeOf,
  isFixed,
  isSearched,
  keepsSource,
  leavesSight,
  movedOf,
  movedPage,
  overlaps,
  type Remap,
  remapDecision,
  sourceOf,
  wantedOf,
  way,
} from './moving.js'
import { highestGap } from './placement.js'
import { become, passesEnd, tooMany } from './regions.js'
import { grownOf, isCleared, isOnePiece, objection, remapped, tablesAtTarget } from './remapped.js'

export const mremap = operation('mremap', {
  rule: 'regions.md#mremap',
  answers: [refuse('EINVAL'), refuse('EFAULT'), refuse('EAGAIN'), refuse('ENOMEM'), fail('ENOMEM')],
  args: { process, page, old: count, count, moving, to: page, skew },
  locals: { start: optional(page), way, ...residentLocals, ...clearingLocals },
}).steps(
  {
    lock: lockToWrite({ allowed: (m, my) => !leavesSight(m, need(spaceOf(m, my.process)), my) }),
    arguments: (m, my) => {
      const space = spaceOf(m, my.process)
      if (space === null || leavesSight(m, space, my)) return disabled
      if (my.skew === 'unaligned' || my.count === 0) return refuse('EINVAL')
      if (my.moving === 'fixed' || my.moving === 'dontunmap') return refuse('EINVAL')
      if (keepsSource(my) && my.old !== my.count) return refuse('EINVAL')
      if (isFixed(my) && (passesEnd(m, wantedOf(my)) || overlaps(my))) return refuse('EINVAL')
      if (passesEnd(m, sourceOf(my))) return refuse('EINVAL')
      if (!isMapped(m.spaces[space].pages[my.page])) return refuse('EFAULT')
    },
    way: (m, my) => {
      const space = need(spaceOf(m, my.process))
      const taken = remapDecision({ change: changeOf(m, space, my), moving: my.moving })
      const shared = m.spaces[space].pages[my.page].object !== null
      if (taken === 'not without moving' || (taken === 'duplicate' && !shared)) return refuse('EINVAL')
      if (taken === 'shrink') {
        my.way = taken
        return
      }
      if (taken !== 'duplicate' && !isOnePiece(m, space, my)) return refuse('EFAULT')
      if (taken === 'stay') {
        my.start = my.page
        return go('unlock')
      }
      const error = objection(m, space, my)
      if (error !== null) return refuse(error)
      if (taken === 'no room') return refuse('ENOMEM')
      my.way = taken
    },
    place: (m, my) => {
      const space = need(spaceOf(m, my.process))
      const found = isSearched(m, space, my) ? highestGap(m, space, my.count) : isFixed(my) ? my.to : my.page
      if (found === null) return refuse('ENOMEM')
      my.start = found
    },
    limit: (m, my) => {
      if (tooMany(m, remapped(m, my))) return refuse('ENOMEM')
    },
    targetTables: choose(
      exhausted,
      (m, my, none) => !none || tablesAtTarget(m, my) > 0,
      (_m, _my, none) => (none ? refuse('ENOMEM') : go('room')),
    ),
    // What was there when it looked may have gone to others: the tables are had before anything moves.
    reserve: provided(counted, (m: M, my: Remap & Clearing) => {
      const missing = tablesAtTarget(m, my)
      if (!fits(m, missing)) return go('room')
      countTables(m, need(spaceOf(m, my.process)), missing)
      return undefined
    }),
    clear: clear<Remap & Clearing>(isCleared),
    takeTables: concurrent(takeTables()),
    move: each(page, moveEntry, { where: (my, v) => inRange(movedOf(my), v) }),
    ...forgetSteps(),
    map: step(
      (m, my) => become(m, need(spaceOf(m, my.process)), remapped(m, my)),
      (m, my) => {
        moveGhosts(m, my)
        forgetObjects(m)
      },
    ),
    reveal: concurrent(each(page, reveal, { where: (my, v) => inRange(movedOf(my), v) })),
    ...pageSteps<Resident & Remap, 'unlock'>(newPages, go('unlock')),
    ...needSteps(go('populate'), leaveOut),
    ...memoryAheadSteps<Resident & Remap, 'populate' | 'reserve'>(my => (my.at === null ? lacking(my) : leaveOut()), {
      wanted: (m, my) => (m.limits.counted ? tablesAtTarget(m, my) : 0),
      enough: 'reserve',
    }),
    ...holdSteps(),
    ...chainSteps(),
    ...fillSteps(),
    ...settleSteps(go('populate')),
    unlock: leaveKernel(),
    answer: (_m, my) => done(need(my.start)),
  },
  ['unlock'],
)

/**
 * An entry moves as it is; the tables on the way are made at the target and go at the source. Where other CPUs run,
 * nobody gets in at the target before all have forgotten the source: a page is never in two places.
 */
function moveEntry(m: M, my: Remap & Clearing, v: Page): void {
  const space = need(spaceOf(m, my.process))
  const { entry } = m.spaces[space].pages[v]
  const isKept = entry.is === 'present' || entry.is === 'zero'
  if (m.limits.concurrent && (isKept || isLeaving(m, space, v))) my.stale = true
  if (entry.is === 'absent') return
  if (!m.limits.concurrent) {
    dropEntry(m, space, v)
    setEntry(m, space, movedPage(my, v), entry)
    return
  }
  const { pages } = m.spaces[space]
  pages[v].entry = Entry.absent
  pages[movedPage(my, v)].entry = entry.is === 'present' ? Entry.present({ frame: entry.frame, rights: 'none' }) : entry
}
/** What moved may be read where it is now; the first store finds out whether the frame is its own. */
function reveal(m: M, my: Remap, v: Page): void {
  const it = m.spaces[need(spaceOf(m, my.process))].pages[movedPage(my, v)]
  const { entry, region } = it
  if (entry.is !== 'present') return
  it.entry = Entry.present({ frame: entry.frame, rights: readOnly(rightsDecision({ region })) })
}
/** Ghost: what moved reads as before at its new place; what went, and what was left behind, as zeros. */
function moveGhosts(m: State, my: Remap): void {
  const space = need(spaceOf(m, my.process))
  const { pages } = m.ghost.spaces[space]
  for (const v of ids(pages)) if (isCleared(my, v)) pages[v].byte = 0
  forgetPins(m, space, v => isCleared(my, v))
  movePins(m, space, v => (inRange(movedOf(my), v) ? movedPage(my, v) : v))
  for (const v of pagesOf(m, movedOf(my))) {
    pages[movedPage(my, v)].byte = pages[v].byte
    pages[v].byte = 0
  }
}

/** Pages that were not there before are made resident where the mapping is locked. */
function newPages(m: M, my: Remap): Range {
  const { pages } = m.spaces[need(spaceOf(m, my.process))]
  return pages[need(my.start)].lock === 'locked' ? grownOf(my) : { page: my.page, count: 0 }
}
