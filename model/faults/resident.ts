// Steps that make a page resident for an access: a frame, its content, the entry. They stand in every operation that
// touches memory, so that no two faults can differ. Until all that is needed is in hand, nothing has changed but that
// pages may have been evicted to make room. Rules: spec/faults.md#resident, spec/faults.md#no-memory.

import { type Access, accesses } from '../../spec/interface.js'
import { downgrade, isInHand, takeInHand } from '../concurrency/locks.js'
import { keptContent } from '../files/files.js'
import { isShareable, takeFrame } from '../frames/frames.js'
import { block, bool, choose, concurrent, go, oneOf, optional, type Then, when } from '../kit/index.js'
import { lacksTable, type Making, makingLocals, tableSteps } from '../page-tables/directory.js'
import { countTables, exhausted, fits, tablesMissing } from '../page-tables/page-tables.js'
import { giveChain, isUnused, lendChain } from '../regions/identity.js'
import {
  type Chain,
  chain,
  Flush,
  type Frame,
  frame,
  type M,
  type Page,
  type Process,
  page,
  type Slot,
  type Space,
  type State,
  severalCpus,
  slot,
} from '../state.js'
import { type Room, roomLocals } from '../swap/eviction.js'
import { lacking, roomForOneSteps, roomSteps } from '../swap/reclaim.js'
import { shootdownSteps } from '../tlb/shootdown.js'
import { grow, growAloneSteps } from './growth.js'
import { install } from './install.js'
import { breakEntry, comesTooLate, holdSource, isOvertaken, letGoOfAll, mustWait } from './overtaken.js'
import { permits } from './rights.js'
import { joinedFrame, sourceFrame, sourceSlot, spotOf, takesFrame, wayOf } from './way.js'

export { lacking }

/** Locals of an operation that makes pages resident: which page for which access, and what is in hand on the way. */
export const residentLocals = {
  at: optional(page),
  access: oneOf(...accesses),
  frame: optional(frame),
  /** What the content is taken from, while it is. */
  source: when(severalCpus, optional(frame)),
  sourceSlot: when(severalCpus, optional(slot)),
  /** Some CPU may still know the entry that was there. */
  stale: when(severalCpus, bool),
  ...makingLocals,
  ...roomLocals,
}
export interface Resident extends Room, Making {
  readonly process: Process
  at: Page | null
  access: Access
  frame: Frame | null
  source: Frame | null
  sourceSlot: Slot | null
  stale: boolean
}

/** What an operation that makes room ahead of its pages wants: frames, and the step that goes on once they are there. */
interface Ahead<T, S extends string> {
  readonly wanted: (m: M, my: T) => number
  readonly enough: S
}
type Lacks<T, S extends string> = (my: T) => Then<S>

/**
 * First steps that make page `my.at` resident for `my.access`. Where nothing is needed they go on as `next` says, and as
 * `lacks` says where the frame that is joined has as many names as can be counted.
 */
export const needSteps = <T extends Resident, const S extends string = never>(next: Then<S>, lacks: Lacks<T, S>) => ({
  need: (m: M, my: T) => {
    if (m.limits.concurrent && mustWait(m, my)) return block
    const way = wayOf(m, my)
    if (way === 'nothing') return next
    const joined = joinedFrame(m, my, way)
    if (joined !== null && !isShareable(m, joined)) return lacks(my)
  },
})

/** The tables of the page, and frames for all that it needs. */
export const memorySteps = <T extends Resident, const S extends string = never>(lacks: Lacks<T, S>) => ({
  tables: tablesStep<T, S>(lacks),
  ...roomSteps<T, 'newTable', S>('newTable', framesFor, lacks, sourceFrame),
  ...tableSteps<T, 'frame' | S>(spotOf, lacks, go('frame')),
  frame: frameStep<T, S>(lacks),
})
/** The same, and from `room` on without a page, the room that `ahead` wants. */
export const memoryAheadSteps = <T extends Resident, const S extends string = never>(
  lacks: Lacks<T, S>,
  ahead: Ahead<T, S>,
) => ({
  tables: tablesStep<T, S>(lacks),
  ...roomSteps<T, 'ready', S>(
    'ready',
    (m, my) => (my.at === null ? ahead.wanted(m, my) : framesFor(m, my)),
    lacks,
    (m, my) => (my.at === null ? null : sourceFrame(m, my)),
  ),
  ready: (_m: M, my: T) => (my.at === null ? go(ahead.enough) : undefined),
  ...tableSteps<T, 'frame' | S>(spotOf, lacks, go('frame')),
  frame: frameStep<T, S>(lacks),
})
const tablesStep = <T extends Resident, const S extends string = never>(lacks: Lacks<T, S>) =>
  choose<State, T, boolean, S>(
    exhausted,
    (m, my, none) => !none || missing(m, my) > 0,
    (_m, my, none) => (none ? lacks(my) : undefined),
  )
const frameStep = <T extends Resident, const S extends string = never>(lacks: Lacks<T, S>) =>
  takeFrame<T, S>((m, my) => takesFrame(wayOf(m, my)), lacks)

/** A frame where the page needs one; its tables are there already. */
export const frameSteps = <T extends Resident, const S extends string = never>(lacks: Lacks<T, S>) => ({
  ...roomForOneSteps<T, 'frame', S>('frame', framesFor, lacks),
  frame: frameStep<T, S>(lacks),
})

/** The region of private memory gets its identity, where regions have one. */
export const chainSteps = <T extends Resident>() => ({
  lend: (m: M, my: T): void => {
    const { space, page } = spotOf(m, my)
    if (wantsChain(m, my)) lendChain(m, space, page)
  },
  chain: choose<State, T, Chain>(
    chain,
    (m, my, c) => wantsChain(m, my) && isUnused(m, c),
    (m, my, c) => giveChain(m, spotOf(m, my).space, spotOf(m, my).page, c),
    { none: () => undefined },
  ),
})

/** The frame in hand gets its content. */
export const fillSteps = <T extends Resident>(content = contentFor) => ({
  fill: (m: M, my: T): void => {
    if (my.frame !== null) m.frames[my.frame].content = content(m, my)
  },
})
/**
 * The last step where nobody else can reach the page: it is resident, and the operation goes on as `next` says, or with
 * `giveUp` where another CPU has taken the frames for its tables.
 */
export const installSteps = <T extends Resident, const S extends string = never>(next: Then<S>) => ({
  install: (m: M, my: T) => {
    if (m.limits.concurrent && lacksTables(m, my)) return go('giveUp')
    install(m, my)
    return next
  },
})

/** What the content is taken from stays what it is until it is copied. */
export const holdSteps = <T extends Resident>() => ({ hold: concurrent<State, T>(holdSource) })
/**
 * The last steps of a fault, which is not alone: it looks again with the tables in hand, begins anew at `need` if it was
 * overtaken, and lets every CPU forget an entry before another frame takes its place.
 */
export const settleSteps = <T extends Resident, const S extends string = never>(next: Then<S>) => ({
  settle: concurrent<State, T, 'retry'>((m, my) => {
    if (isInHand(m, spotOf(m, my), my.cpu)) return block
    if (isOvertaken(m, my)) return go('retry')
    takeInHand(m, spotOf(m, my), my.cpu)
    breakEntry(m, my)
  }),
  ...shootdownSteps<T, 'broken', 'install'>(
    'broken',
    (m, my) => (my.stale ? Flush.page(spotOf(m, my)) : Flush.none),
    'install',
  ),
  install: (m: M, my: T) => {
    // The page of an object is not in anybody's hand: it may have been evicted since, or be given up. Nor is a frame for a table.
    if (m.limits.concurrent && (comesTooLate(m, my) || lacksTables(m, my))) return go('retry')
    if (my.stale) keepTables(m, my)
    install(m, my)
    if (m.limits.concurrent) letGoOfAll(m, my)
    return next
  },
  retry: concurrent<State, T, 'need'>((m, my) => {
    letGoOfAll(m, my)
    return go('need')
  }),
})
/** A stack among other CPUs: how it grows, and how the fault begins anew if another region is there by then, or none. */
export const growSteps = <T extends Resident>() => ({
  ...growAloneSteps<T>(),
  anew: concurrent<State, T, 'look'>((m, my) => {
    letGoOfAll(m, my)
    downgrade(m, my)
    return go('look')
  }),
})

/** An access: the page may be below a stack that grows to it. */
export const accessSteps = <T extends Resident, const S extends string = never>(next: Then<S>, lacks: Lacks<T, S>) => ({
  ...needSteps<T, S>(next, lacks),
  ...memorySteps<T, S>(lacks),
  ...holdSteps<T>(),
  grow,
  ...chainSteps<T>(),
  ...fillSteps<T>(contentHeld),
  ...settleSteps<T, S>(next),
  ...growSteps<T>(),
})

/** Whether another CPU has taken the frames that were there for its tables. An entry that was taken away has left its own. */
const lacksTables = (m: M, my: Resident): boolean => m.limits.counted && !my.stale && !fits(m, missing(m, my))
/** An entry comes where one was taken away: its tables are there, and counted. */
function keepTables(m: M, my: Resident): void {
  countTables(m, spotOf(m, my).space, -missing(m, my))
}

const missing = (m: M, my: Resident): number => tablesMissing(m, spotOf(m, my).space, spotOf(m, my).page)
/** Frames that it takes, for the content and for tables where these are counted. */
const framesFor = (m: M, my: Resident): number =>
  (takesFrame(wayOf(m, my)) ? 1 : 0) + (m.limits.counted ? missing(m, my) : 0) + (lacksTable(m, spotOf(m, my)) ? 1 : 0)

/** Where regions keep their identity, private memory gets one before it gets the first frame of its own. */
function wantsChain(m: M, my: Resident): boolean {
  const { space, page } = spotOf(m, my)
  const { object, chain } = m.spaces[space].pages[page]
  return m.limits.linux && object === null && chain === null && wayOf(m, my) !== 'frame of zeros'
}

const contentFor = (m: M, my: Resident) => contentOf(m, my, sourceSlot(m, my), sourceFrame(m, my))
/**
 * Among other CPUs it is what was held that counts: by now another fault may have given the page an entry, which may be
 * gone again when this one looks for the second time.
 */
export const contentHeld = (m: M, my: Resident) =>
  m.limits.concurrent ? contentOf(m, my, my.sourceSlot, my.source) : contentFor(m, my)

function contentOf(m: M, my: Resident, slot: Slot | null, from: Frame | null) {
  if (slot !== null) return m.slots[slot].content
  const { space, page } = spotOf(m, my)
  return from === null ? keptContent(m, space, page) : m.frames[from].content
}

/** How a page is touched to make it resident ahead of time; null where it cannot be. */
export function populateAccess(m: M, space: Space, page: Page): Access | null {
  const { region, object } = m.spaces[space].pages[page]
  if (!permits(region, 'load')) return null
  return object === null && permits(region, 'store') ? 'store' : 'load'
}
