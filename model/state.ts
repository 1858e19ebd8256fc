// The state of the memory system, declared once. What a kernel counts is stored (references, regions, tables), and
// claims recount it. What a kernel derives is derived: a region is a maximal run of pages with equal protection, so
// splitting and merging cannot be wrong here. Sizes come from the scope.
//
//   process ──► space ──► page ─┬─► entry: absent
//                               ├─► entry: present ──► frame: references, content
//                               └─► entry: swapped ──► slot:  references, content

import { protections } from '../spec/interface.js'
import {
  type Bounds,
  bool,
  constant,
  type Id,
  kit,
  list,
  type Of,
  oneOf,
  optional,
  range,
  record,
  references,
  set,
  size,
  union,
  type Visible,
  when,
} from './kit/index.js'
import { apartAt, geometryOf } from './page-tables/tree.js'

export const process = set('process')
export const space = set('space')
export const page = set('page')
export const frame = set('frame')
export const slot = set('slot')

export const counted = (bounds: Bounds): boolean => bounds.switches.tables === 'counted'
const values = (bounds: Bounds): number => size(bounds, 'value')

/** What a page of memory holds: nothing but zeros, whatever was there before, or the byte last stored. */
export const Content = union({ stale: {}, zero: {}, stored: { byte: range(1, values) } })
/** A leaf entry of the page tables. */
export const Entry = union({ absent: {}, present: { frame, writable: bool, executable: bool }, swapped: { slot } })
/** What a page of the window may be used for, as its region says. */
export const regionKind = oneOf('unmapped', ...protections)

export const state = record({
  /** What the scope fixes. */
  limits: record({
    regions: constant(b => size(b, 'region')),
    /** Tables are taken from the frames, and counted against them. */
    counted: constant(counted),
    /** The window ends where the user half ends, so that what passes it passes the address space. */
    top: constant(b => b.switches.window === 'top'),
    /** Levels of tables below the root. */
    levels: constant(b => geometryOf(b).levels - 1),
  }),
  /** For each page, at how many levels its tables differ from those of the page before it. */
  tree: list(page, record({ apart: constant((b, [at]) => apartAt(b, at)) })),
  processes: list(process, record({ space: optional(space) })),
  spaces: list(
    space,
    record({
      /** Processes that use it; free at 0. */
      users: references(space),
      regions: range(0, b => size(b, 'page')),
      tables: when(
        counted,
        range(0, b => 1 + size(b, 'page') * (geometryOf(b).levels - 1)),
      ),
      pages: list(page, record({ region: regionKind, entry: Entry })),
    }),
  ),
  frames: list(frame, record({ references: references(frame), content: Content })),
  slots: list(slot, record({ references: references(slot), content: Content })),
  /** What each page should read as: the byte last stored to it, 0 before that. Only claims look here. */
  ghost: record({ spaces: list(space, record({ pages: list(page, record({ byte: range(0, values) })) })) }),
})

/** The whole state, ghosts included: what claims see. */
export type State = Of<typeof state>
/** What recipes see. */
export type M = Visible<State>
export type Process = Id<'process'>
export type Space = Id<'space'>
export type Page = Id<'page'>
export type Frame = Id<'frame'>
export type Slot = Id<'slot'>

export const { operation } = kit<State>()

/** What most operations are called with. */
export interface Placed {
  readonly process: Process
  readonly page: Page
}

/** The space of a process, or null when the process is not alive. */
export const spaceOf = (m: M, process: Process): Space | null => m.processes[process].space
