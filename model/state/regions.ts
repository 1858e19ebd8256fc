// What a page of a space is as part of a region; and, where a scope has them, the records by which CPUs know regions. Which
// pages are one region is not stored: it is a maximal run with equal attributes.
// Rules: spec/regions.md, spec/concurrency.md#nodes, spec/profiles.md.

import { protections } from '../../spec/interface.js'
import { bool, list, members, oneOf, optional, range, record, size, union, weak, when } from '../kit/index.js'
import { Entry } from './page-tables.js'
import {
  accessedBits,
  downgrades,
  filed,
  hasNodes,
  linux,
  locking,
  on,
  pages,
  regionLocks,
  remembers,
  walkerBits,
} from './scope.js'
import { chain, cpu, node, object, page, space } from './sets.js'

/** What a page of the window may be used for, as its region says. A guard page allows nothing and holds nothing. */
export const regionKind = oneOf('unmapped', ...protections, 'guard')
/** What a region's protection may become: its own bits, and those that it may still gain. Reading is always allowed. */
export const ceiling = oneOf('rwx', 'rw', 'rx', 'r')
export const lockKind = oneOf('none', 'locked', 'onfault')

/** What a CPU remembers of its last look-up. */
export const Remembered = union({ none: {}, page: { space: weak(space), page: weak(page), node: weak(node) } })
const round = range(0, b => Math.max(1, size(b, 'round')) - 1)

/** Of a space. */
export const nodesOfSpace = {
  /** The number that says whether what CPUs remember of the space holds. */
  round,
  /** The regions as CPUs know them. */
  nodes: list(
    node,
    record({
      use: oneOf('free', 'live', 'detached'),
      /** The other one after each change of its attributes. */
      generation: range(0, 1),
      /** CPUs that go by the region, and the one that may change it. */
      readers: when(regionLocks, members(cpu)),
      writer: when(regionLocks, optional(cpu)),
      /** CPUs that may have found it before it was detached. */
      awaits: when(regionLocks, members(cpu)),
    }),
  ),
}

/** Of a CPU. */
export const nodesOfCpu = {
  /** The region that it goes by, and its generation when it was found; in a section, nothing holds it yet. */
  node: optional(weak(node)),
  generation: when(hasNodes, range(0, 1)),
  section: when(regionLocks, bool),
  /** The region that it found last, and the number that its space had then. */
  remembered: when(remembers, Remembered),
  round,
}

/** What a space counts of its regions. */
export const regionsOfSpace = {
  regions: range(0, pages),
  mapped: range(0, pages),
  locked: when(locking, range(0, pages)),
  /** How mappings to come are locked. */
  future: when(locking, lockKind),
}

export const pageState = record({
  region: regionKind,
  ceiling,
  lock: when(locking, lockKind),
  grows: when(on('stacks'), bool),
  object: optional(object),
  /** Of private memory: the file that it shows until it is written. */
  file: when(filed, optional(object)),
  /** Which page of the object or the file; of private memory under `linux`, where the page was when it was first mapped. */
  offset: range(0, b => Math.max(size(b, 'part'), linux(b) ? pages(b) : 0, 1) - 1),
  /** Under `linux`: a region starts here although its attributes agree with those before. */
  seam: when(linux, bool),
  /** Under `linux`: its memory counts as promised. */
  accounted: when(linux, bool),
  /** Under `linux`: who its frames are found by, and whether a parent has them too. */
  chain: optional(chain),
  inherited: when(linux, bool),
  /** The record of the region that it is in. */
  node: optional(weak(node)),
  entry: Entry,
  /** Of a page that shows a file: a store has come through the entry since somebody looked last (x86: D). */
  dirty: when(walkerBits, bool),
  /** A walk has come through the entry since somebody looked last (x86: A). */
  accessed: when(accessedBits, bool),
  /** In no region any more, and what it holds is being taken away under the shared lock. */
  detached: when(downgrades, bool),
})
