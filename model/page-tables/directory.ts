// Tables that are frames: two levels, of which the root is the directory. A table is made ready before it hangs in the
// directory, because others walk without asking; it is taken down before it is free, and free only when every CPU has
// forgotten the way through it. Where tables are no frames, these steps are not there. Rule: spec/page-tables.md#framed.

import type { Running } from '../concurrency/cpus.js'
import { isFree, putFrame, takeFrameAs } from '../frames/frames.js'
import {
  choose,
  each,
  has,
  ids,
  type Members,
  need,
  optional,
  ownedSet,
  provided,
  type Step,
  type Then,
  when,
  withMember,
} from '../kit/index.js'
import {
  Content,
  type Frame,
  frame,
  framed,
  type M,
  type Page,
  type Place,
  type Space,
  type State,
  spaceOf,
  type Table,
  table,
} from '../state.js'

/** A table in hand that does not hang yet. */
export const makingLocals = { table: when(framed, optional(frame)) }
export interface Making {
  table: Frame | null
}
/** Tables in hand that hang no more, until nobody can be in them. */
export const detachingLocals = { detached: when(framed, ownedSet(frame)) }
export interface Detaching extends Running {
  detached: Members<'frame'>
  stale: boolean
}

/** The entry of the directory that leads to a page. */
export const directoryAt = (m: M, { space, page }: Place) => m.spaces[space].directory[m.tree[page].table as Table]
/** Whether there is no table yet for the entry of a page. */
export const lacksTable = (m: M, at: Place | null): boolean =>
  m.limits.framed && at !== null && directoryAt(m, at).frame === null

/**
 * Steps that see to it that the page at `spot` has a table, and go on with `next`, which is the step behind them: a frame
 * is taken, cleared, and hung up. `lacks`: how it goes on where another CPU has taken the last frame since there was room.
 */
export const tableSteps = <T extends Making, const S extends string = never>(
  spot: (m: M, my: T) => Place | null,
  lacks: (my: T) => Then<S>,
  next: Then<S>,
) => ({
  newTable: provided<State, T, S>(
    framed,
    choose<State, T, Frame, S>(
      frame,
      (m, my, f) => lacksTable(m, spot(m, my)) && isFree(m, f),
      (m, my, f) => {
        takeFrameAs(m, f, 'table')
        my.table = f
      },
      { none: (m, my) => (lacksTable(m, spot(m, my)) ? lacks(my) : next) },
    ),
  ),
  clearTable: provided<State, T>(framed, (m, my) => {
    m.frames[need(my.table)].content = Content.zero
  }),
  /** From here on hardware walks through it. Another fault may have been first: one table is enough. */
  linkTable: provided<State, T>(framed, (m, my) => {
    const it = directoryAt(m, need(spot(m, my)))
    if (it.frame === null) it.frame = my.table
    else putFrame(m, need(my.table))
    my.table = null
  }),
})

/** Steps that take down the tables which a range leaves without entries. A CPU that keeps the way through one does not know. */
export const unlinkSteps = <T extends Detaching>(range: (my: T, v: Page) => boolean) => ({
  unlinkTable: provided<State, T>(
    framed,
    each<State, T, 'table'>(table, (m, my, t) => {
      const space = need(spaceOf(m, my.process))
      const it = m.spaces[space].directory[t]
      if (it.frame === null || !isLeft(m, space, t, v => range(my, v))) return
      my.detached = withMember(my.detached, it.frame)
      it.frame = null
      my.stale = true
    }),
  ),
})
/** Whether a table has no entry in use, and a page of the range is among those that it could have one for. */
function isLeft(m: M, space: Space, t: Table, range: (v: Page) => boolean): boolean {
  const pages = ids(m.tree).filter(v => m.tree[v].table === t)
  return pages.some(range) && pages.every(v => m.spaces[space].pages[v].entry.is === 'absent')
}
/** Steps behind the shootdown: nobody can be in these tables any more. */
export const giveTablesSteps = <T extends Detaching>() => ({
  giveTables: provided<State, T>(framed, (m, my) => {
    for (const f of ids(m.frames)) if (has(my.detached, f)) putFrame(m, f)
    my.detached = none
  }),
})
const none = 0 as Members<'frame'>

/** Takes down and gives back all tables of a space that nobody has loaded yet, and that holds no entry. */
export const discardTables = <T>(space: (my: T) => Space): { readonly dropTables: Step<State, T, never> } => ({
  dropTables: provided<State, T>(
    framed,
    each<State, T, 'table'>(table, (m, my, t) => {
      const it = m.spaces[space(my)].directory[t]
      if (it.frame !== null) putFrame(m, it.frame)
      it.frame = null
    }),
  ),
})
