// The state of the memory system, declared once: here how its parts fit together, in state/ each part. What a kernel counts is
// stored (references, regions, locked pages, attachments, tables), and claims recount it. What a kernel derives is derived: a
// region is a maximal run of pages with equal attributes, so splitting and merging cannot be wrong here. Sizes come from the
// scope.
//
//   process ──► space ──► page ─┬─► region: protection, lock, growth, object and offset
//                               └─► entry ─┬─ absent
//                                          ├─ zero ─────► the frame of zeros that all share
//                                          ├─ present ──► frame: references, content
//                                          └─ swapped ──► slot:  references, content, cached frame ──► frame
//   object (segment, shared anonymous memory, or file) ──► its pages: absent, in a frame, in a slot

import { kit, list, type Of, optional, range, record, references, type Visible, weak } from './kit/index.js'
import { locksOfSpace, processOfCpu } from './state/concurrency.js'
import { frameState } from './state/frames.js'
import { objectState } from './state/objects.js'
import { directory, kernelHalf, tableCount, tree } from './state/page-tables.js'
import { pinState, pinsOfSpace } from './state/pins.js'
import { processState } from './state/processes.js'
import { nodesOfCpu, nodesOfSpace, pageState, regionsOfSpace } from './state/regions.js'
import { limits, values } from './state/scope.js'
import {
  area,
  cpu,
  frame,
  object,
  type Page,
  type Process,
  page,
  part,
  pin,
  process,
  type Space,
  slot,
  space,
} from './state/sets.js'
import { areaState, slotState } from './state/swap.js'
import { requestsOfCpu, tagPool, tagsOfSpace, translationsOfCpu } from './state/tlb.js'

export { Content } from './state/frames.js'
export { Part } from './state/objects.js'
export { Entry, rights } from './state/page-tables.js'
export { ceiling, lockKind, Remembered, regionKind } from './state/regions.js'
export {
  batches,
  counted,
  downgrades,
  filed,
  framed,
  hasNodes,
  linux,
  pinning,
  regionLocks,
  secondChances,
  severalCpus,
} from './state/scope.js'
export * from './state/sets.js'
export { Cached, Flush, Walk } from './state/tlb.js'

const spaceState = record({
  /** Processes that use it; free at 0. */
  users: references(space),
  ...locksOfSpace,
  directory,
  ...tagsOfSpace,
  ...pinsOfSpace,
  ...nodesOfSpace,
  ...regionsOfSpace,
  tables: tableCount,
  pages: list(page, pageState),
})
const cpuState = record({ ...processOfCpu, ...translationsOfCpu, ...nodesOfCpu, ...requestsOfCpu })

/** What each page should read as: the byte last stored to it, 0 before that. Only claims look here. */
const shouldRead = record({ byte: range(0, values) })
const ghost = record({
  spaces: list(space, record({ pages: list(page, shouldRead) })),
  objects: list(object, record({ parts: list(part, shouldRead) })),
  /** What is pinned: the page of a space, until that is unmapped; and the space, until that is given up. */
  pins: list(pin, record({ space: optional(weak(space)), page: optional(weak(page)) })),
})

/** States are packed and printed in this order. */
export const state = record({
  limits,
  tree,
  processes: list(process, processState),
  spaces: list(space, spaceState),
  objects: list(object, objectState),
  frames: list(frame, frameState),
  slots: list(slot, slotState),
  kernel: kernelHalf,
  pins: list(pin, pinState),
  areas: list(area, areaState),
  cpus: list(cpu, cpuState),
  tags: tagPool,
  ghost,
})

/** The whole state, ghosts included: what claims see. */
export type State = Of<typeof state>
/** What recipes see. */
export type M = Visible<State>

export const { operation, rule } = kit<State>()

/** What most operations are called with. */
export interface Placed {
  readonly process: Process
  readonly page: Page
}

/** A page of a space. */
export interface Place {
  readonly space: Space
  readonly page: Page
}

/** The space of a process, or null when the process is not alive. */
export const spaceOf = (m: M, process: Process): Space | null => m.processes[process].space
