// fork: a process starts with the memory of another. Entries are copied, and neither side may write what both have; a
// store makes the copy. The parent loses its right to write last, when nothing can be refused any more. Under `linux`,
// what a fault can bring back is not copied. What a device may reach stays the parent's, and the child gets a copy at
// once. Rules: spec/copy-on-write.md#fork, spec/copy-on-write.md#write-protected, spec/pins.md#fork,
// spec/profiles.md#what-fork-copies.

import { isBeingMade, type Running } from '../concurrency/cpus.js'
import { leaveKernel, lockToWrite } from '../concurrency/locks.js'
import { lockRegions } from '../concurrency/region-locks.js'
import { isWritable, readOnly } from '../faults/rights.js'
import { isShareable } from '../frames/frames.js'
import {
  choose,
  disabled,
  done,
  each,
  fail,
  go,
  ids,
  leave,
  type Members,
  need,
  optional,
  refuse,
  step,
  when,
} from '../kit/index.js'
import { discardTables, lacksTable, type Making, makingLocals, tableSteps } from '../page-tables/directory.js'
import { countTables, exhausted, fits, setEntry, tablesMissing } from '../page-tables/page-tables.js'
import { markShared } from '../pins/pins.js'
import { regionsOf, sketchOf } from '../regions/attributes.js'
import { type Clearing, clearingLocals, forgetSteps } from '../regions/clearing.js'
import { giveChain, isUnused } from '../regions/identity.js'
import { freeNodes } from '../regions/nodes.js'
import { clearEntry, inherit } from '../regions/regions.js'
import {
  type Cpu,
  chain,
  Entry,
  type Frame,
  frame,
  type M,
  operation,
  type Page,
  type Place,
  type Process,
  page,
  pinning,
  process,
  type Space,
  type State,
  space,
  spaceOf,
} from '../state.js'
import { type Room, roomLocals } from '../swap/eviction.js'
import { isLeaving } from '../swap/mappings.js'
import { lacking, roomSteps } from '../swap/reclaim.js'
import { copyAtOnceSteps, mustCopy } from './pinned.js'

/** Before the first page comes the root table: `at` is null. */
interface Forking extends Room, Making {
  readonly cpu: Cpu
  readonly process: Process
  readonly child: Process
  space: Space | null
  at: Page | null
  frame: Frame | null
}
const unwind = (my: { readonly evicted: boolean }) => leave('undo', lacking(my))

type Bearing = Running & { readonly child: Process }
/** The child is nobody yet, and nobody else is about to make it. */
const makeChild = {
  allowed: (m: M, { cpu, child }: Bearing): boolean => spaceOf(m, child) === null && !isBeingMade(m, cpu, child),
  mark: (m: M, { cpu, child }: Bearing): void => {
    m.cpus[cpu].making = child
  },
}

export const fork = operation('fork', {
  rule: 'copy-on-write.md#fork',
  answers: [refuse('EAGAIN'), refuse('ENOMEM'), fail('ENOMEM')],
  args: { process, child: process },
  locals: {
    space: optional(space),
    at: optional(page),
    frame: when(pinning, optional(frame)),
    ...makingLocals,
    ...roomLocals,
    ...clearingLocals,
  },
}).steps(
  {
    lock: lockToWrite(makeChild),
    look: (m, my) => {
      if (spaceOf(m, my.process) === null || spaceOf(m, my.child) !== null) return disabled
    },
    ...lockRegions<Forking>(() => true),
    space: choose(
      space,
      (m, _my, s) => m.spaces[s].users === 0 && freeNodes(m, s).length === m.spaces[s].nodes.length,
      (m, my, s) => {
        m.spaces[s].users = 1
        my.space = s
        beginCopy(m, parentOf(m, my))
      },
      { none: () => refuse('EAGAIN') },
    ),
    share: (m, my) => (isCountable(m, my) ? undefined : unwind(my)),
    tables: choose(
      exhausted,
      (m, my, none) => !none || missing(m, my) > 0,
      (_m, my, none) => (none ? unwind(my) : undefined),
    ),
    ...roomSteps('newTable', (m, my: Forking) => framesFor(m, my), unwind),
    ...copyAtOnceSteps(),
    ...tableSteps<Forking, 'copy' | 'undo'>((m, my) => childSpot(m, my), unwind, go('copy')),
    copy: (m, my) => {
      // Another CPU may have taken the frame that was there for the table.
      if (m.limits.concurrent && m.limits.counted && !fits(m, missing(m, my))) return go('room')
      if (mustCopy(m, my)) return go('frame')
      if (my.at === null) countTables(m, need(my.space), 1)
      else copyEntry(m, my, my.at)
      my.at = ids(m.tree).find(v => v > (my.at ?? -1) && isCopied(m, parentOf(m, my), v)) ?? null
      return my.at === null ? undefined : go('share')
    },
    withdraw: each(page, (m, my, v) => loseWrite(m, my, parentOf(m, my), v)),
    ...forgetSteps(),
    inherit: step(
      (m, my) => {
        inherit(m, parentOf(m, my), need(my.space))
        endCopy(m, parentOf(m, my))
      },
      (m, my) => remember(m, parentOf(m, my), need(my.space)),
    ),
    identity: (m, my) => {
      my.at = regionsWithChain(m, need(my.space)).find(v => v > (my.at ?? -1)) ?? null
      return my.at === null ? go('start') : undefined
    },
    chain: choose(
      chain,
      (m, _my, c) => isUnused(m, c),
      (m, my, c) => {
        giveChain(m, need(my.space), need(my.at), c, true)
        return go('identity')
      },
      { none: () => go('identity') },
    ),
    start: (m, my) => {
      descend(m, my.process, my.child)
      m.processes[my.child].space = my.space
      my.space = null
      return done()
    },
    undo: each(page, (m, my, v) => clearEntry(m, need(my.space), v)),
    ...discardTables<Forking>(my => need(my.space)),
    release: (m, my) => {
      // Only where the root could not be had is there no page yet: it was not counted then.
      if (my.at !== null) countTables(m, need(my.space), -1)
      m.spaces[need(my.space)].users = 0
      my.space = null
      endCopy(m, parentOf(m, my))
    },
    unlock: leaveKernel(),
  },
  ['unlock'],
)

const parentOf = (m: M, my: { readonly process: Process }): Space => need(spaceOf(m, my.process))

/** Whether the child gets a copy of a page's entry; where it does not, it faults in what the parent has. */
function isCopied(m: M, parent: Space, v: Page): boolean {
  const { entry, object, chain } = m.spaces[parent].pages[v]
  return entry.is !== 'absent' && (!m.limits.linux || (object === null && chain !== null))
}
/** Frames that the copy still needs: for tables where these are frames or counted, and for a page that is copied at once. */
function framesFor(m: M, my: Forking): number {
  const tables = m.limits.counted ? missing(m, my) : lacksTable(m, childSpot(m, my)) ? 1 : 0
  return tables + (mustCopy(m, my) ? 1 : 0)
}
/** Tables that the copy still needs; the root itself before there is a page. */
function missing(m: M, my: Forking): number {
  if (my.at === null) return 1
  return isCopied(m, parentOf(m, my), my.at) ? tablesMissing(m, need(my.space), my.at) : 0
}
/** Where the copy goes; the root is there with the space. */
const childSpot = (m: M, my: Forking): Place | null =>
  my.at !== null && isCopied(m, parentOf(m, my), my.at) ? { space: need(my.space), page: my.at } : null

/** Whether what the entry names may be named once more. */
function isCountable(m: M, my: Forking): boolean {
  if (my.at === null) return true
  const { entry } = m.spaces[parentOf(m, my)].pages[my.at]
  if (entry.is === 'present') return isShareable(m, entry.frame)
  return entry.is !== 'swapped' || m.slots[entry.slot].references < m.limits.sharers
}

function copyEntry(m: M, my: Forking, v: Page): void {
  const { entry, object } = m.spaces[parentOf(m, my)].pages[v]
  // What was copied at once is there already.
  if (entry.is === 'absent' || m.spaces[need(my.space)].pages[v].entry.is === 'present') return
  if (entry.is === 'present') m.frames[entry.frame].references++
  if (entry.is === 'present' && object === null) markShared(m, entry.frame)
  if (entry.is === 'swapped') m.slots[entry.slot].references++
  const isWriteLost = entry.is === 'present' && object === null
  const copied = isWriteLost ? Entry.present({ frame: entry.frame, rights: readOnly(entry.rights) }) : entry
  setEntry(m, need(my.space), v, copied)
}
function loseWrite(m: M, my: Clearing, parent: Space, v: Page): void {
  const it = m.spaces[parent].pages[v]
  const { entry } = it
  if (m.limits.concurrent && isLeaving(m, parent, v)) my.stale = true
  if (it.object !== null || entry.is !== 'present' || !isWritable(entry.rights)) return
  if (m.frames[entry.frame].exclusive) return
  it.entry = Entry.present({ frame: entry.frame, rights: readOnly(entry.rights) })
  if (m.limits.concurrent) my.stale = true
}

/** Ghost: the child reads what the parent read; what was copied at once, since then. */
function remember(m: State, parent: Space, child: Space): void {
  for (const v of ids(m.tree)) {
    const { entry } = m.spaces[child].pages[v]
    if (entry.is === 'present' && m.frames[entry.frame].exclusive) continue
    m.ghost.spaces[child].pages[v].byte = m.ghost.spaces[parent].pages[v].byte
  }
}

/** From here on entries are copied: who looks at them without a lock has to begin anew (Linux: write_protect_seq). */
function beginCopy(m: M, parent: Space): void {
  if (!m.limits.pinning) return
  m.spaces[parent].copying = true
  m.spaces[parent].undisturbed = nobody
}
function endCopy(m: M, parent: Space): void {
  if (m.limits.pinning) m.spaces[parent].copying = false
}
const nobody = 0 as Members<'cpu'>

/** The first pages of the regions that have an identity; the child's are its own, and say that a parent has them too. */
const regionsWithChain = (m: M, of: Space): readonly Page[] =>
  regionsOf(m, sketchOf(m, of)).filter(v => m.spaces[of].pages[v].chain !== null)

/** The child is who the parent is, and may what it may. */
function descend(m: M, parent: Process, child: Process): void {
  const { user, dropped, limits } = m.processes[parent]
  const it = m.processes[child]
  it.user = user
  it.dropped.ipcOwner = dropped.ipcOwner
  it.dropped.ipcLock = dropped.ipcLock
  it.dropped.sysAdmin = dropped.sysAdmin
  it.limits.memlock = limits.memlock
  it.limits.as = limits.as
}
