// Steps that make a page resident for an access: a frame, its content, the entry. They stand in every operation that
// touches memory, so that no two faults can differ. Until all that is needed is in hand, nothing has changed but that
// pages may have been evicted to make room. Rule: spec/faults.md#resident.

import { type Access, accesses } from '../../spec/interface.js'
import { isShareable, takeFrame } from '../frames/frames.js'
import { choose, go, oneOf, optional, type Then } from '../kit/index.js'
import { exhausted, tablesMissing } from '../page-tables/page-tables.js'
import { giveChain, isUnused, lendChain } from '../regions/identity.js'
import {
  type Chain,
  Content,
  chain,
  type Frame,
  frame,
  type M,
  type Page,
  type Process,
  page,
  type Space,
  type State,
} from '../state.js'
import { lacking, type Room, roomForOneSteps, roomLocals, roomSteps } from '../swap/reclaim.js'
import { grow } from './growth.js'
import { install } from './install.js'
import { permits } from './rights.js'
import { joinedFrame, sourceFrame, sourceSlot, spotOf, takesFrame, wayOf } from './way.js'

export { lacking }

/** Locals of an operation that makes pages resident: which page for which access, and what is in hand on the way. */
export const residentLocals = {
  at: optional(page),
  access: oneOf(...accesses),
  frame: optional(frame),
  ...roomLocals,
}
export interface Resident extends Room {
  readonly process: Process
  at: Page | null
  access: Access
  frame: Frame | null
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
    const way = wayOf(m, my)
    if (way === 'nothing') return next
    const joined = joinedFrame(m, my, way)
    if (joined !== null && !isShareable(m, joined)) return lacks(my)
  },
})

/** The tables of the page, and frames for all that it needs. */
export const memorySteps = <T extends Resident, const S extends string = never>(lacks: Lacks<T, S>) => ({
  tables: tablesStep<T, S>(lacks),
  ...roomSteps<T, 'frame', S>('frame', framesFor, lacks, sourceFrame),
  frame: frameStep<T>(),
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
  frame: frameStep<T>(),
})
const tablesStep = <T extends Resident, const S extends string = never>(lacks: Lacks<T, S>) =>
  choose<State, T, boolean, S>(
    exhausted,
    (m, my, none) => !none || missing(m, my) > 0,
    (_m, my, none) => (none ? lacks(my) : undefined),
  )
const frameStep = <T extends Resident>() => takeFrame<T>((m, my) => takesFrame(wayOf(m, my)))

/** A frame where the page needs one; its tables are there already. */
export const frameSteps = <T extends Resident, const S extends string = never>(lacks: Lacks<T, S>) => ({
  ...roomForOneSteps<T, 'frame', S>('frame', framesFor, lacks),
  frame: frameStep<T>(),
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
export const fillSteps = <T extends Resident>() => ({
  fill: (m: M, my: T): void => {
    if (my.frame !== null) m.frames[my.frame].content = contentFor(m, my)
  },
})
/** The last step: the page is resident, and the operation goes on as `next` says. */
export const installSteps = <T extends Resident, const S extends string = never>(next: Then<S>) => ({
  install: (m: M, my: T) => {
    install(m, my)
    return next
  },
})

/** An access: the page may be below a stack that grows to it. */
export const accessSteps = <T extends Resident, const S extends string = never>(next: Then<S>, lacks: Lacks<T, S>) => ({
  ...needSteps<T, S>(next, lacks),
  ...memorySteps<T, S>(lacks),
  grow,
  ...chainSteps<T>(),
  ...fillSteps<T>(),
  ...installSteps<T, S>(next),
})

const missing = (m: M, my: Resident): number => tablesMissing(m, spotOf(m, my).space, spotOf(m, my).page)
/** Frames that it takes, for the content and for tables where these are counted. */
const framesFor = (m: M, my: Resident): number =>
  (takesFrame(wayOf(m, my)) ? 1 : 0) + (m.limits.counted ? missing(m, my) : 0)

/** Where regions keep their identity, private memory gets one before it gets the first frame of its own. */
function wantsChain(m: M, my: Resident): boolean {
  const { space, page } = spotOf(m, my)
  const { object, chain } = m.spaces[space].pages[page]
  return m.limits.linux && object === null && chain === null && wayOf(m, my) !== 'frame of zeros'
}

function contentFor(m: M, my: Resident) {
  const slot = sourceSlot(m, my)
  if (slot !== null) return m.slots[slot].content
  const from = sourceFrame(m, my)
  return from === null ? Content.zero : m.frames[from].content
}

/** How a page is touched to make it resident ahead of time; null where it cannot be. */
export function populateAccess(m: M, space: Space, page: Page): Access | null {
  const { region, object } = m.spaces[space].pages[page]
  if (!permits(region, 'load')) return null
  return object === null && permits(region, 'store') ? 'store' : 'load'
}
