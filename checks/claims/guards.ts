// Claims that say who may change what, as the table of guards does, for all that is neither a region nor the lock of one: who
// changes something has its lock, or has it to himself. Rule: spec/concurrency.md#guards.

import {
  area,
  type Cpu,
  type Event,
  frame,
  ids,
  kernelPage,
  object,
  type Page,
  page,
  part,
  type Space,
  type State,
  slot,
  space,
  table,
  violated,
} from '../../model/index.js'
import { claim, inHandOf, isDetached, isLive, pagePath } from './claim.js'
import { holdsLock } from './concurrency.js'
import { hasWrite, isMapped, names, rightsOf } from './walk.js'

/** The CPU whose step it is; hardware that acts for nobody has none. */
const actor = ({ arguments: given }: Event<State>): Cpu | null => (given.cpu as Cpu | undefined) ?? null

/** Whether a CPU has a lock of a space, before its step or after it: the step may be the one that takes it or gives it back. */
const hasLock = (m: State, before: State, c: Cpu | null, s: Space): boolean =>
  c !== null && (holdsLock(before, c, s) || holdsLock(m, c, s))

/**
 * Whether an entry has changed as it may for who locks no space: a page on its way to a slot that is being written, a page of a
 * file that is being saved or given up, or one that comes back to a space that nobody has.
 */
function isMovedByNobody(m: State, before: State, s: Space, v: Page): boolean {
  const [was, is] = [before.spaces[s].pages[v], m.spaces[s].pages[v]]
  // What is in no region is in the hand of who moves it there.
  if (!isMapped(was) && !isDetached(before, { space: s, page: v })) return false
  if (was.entry.is === 'swapped')
    return is.entry.is === 'present' && before.spaces[s].writer === null && inHandOf(before, s).length === 0
  if (was.entry.is !== 'present') return false
  if (is.entry.is === 'swapped') return m.slots[is.entry.slot].busy
  const { frame } = was.entry
  const isSame =
    is.entry.is === 'absent' || (is.entry.is === 'present' && is.entry.frame === frame && !hasWrite(rightsOf(is)))
  return isSame && isLeavingObject(m, before, frame)
}
/** Whether the page of an object that is, or was, in a frame is on its way to a slot, being saved, or given up. */
const isLeavingObject = (m: State, before: State, f: number): boolean =>
  ids(m.objects).some(o =>
    ids(m.objects[o].parts).some(i => {
      const [was, is] = [before.objects[o].parts[i], m.objects[o].parts[i]]
      if (was.at.is !== 'resident' || was.at.frame !== f) return false
      return is.busy || (is.at.is === 'swapped' && m.slots[is.at.slot].busy)
    }),
  )

export const guardsClaims = [
  claim('concurrency/entries-change-under-a-lock', {
    says: 'an entry changes only by a CPU that has a lock of its space, or on its way to a slot, to its file, or back to a space that nobody has',
    rule: 'concurrency.md#guards',
    kind: 'step',
    interleaved: true,
    also: ['LK3'],
    over: { space, page },
    always: true,
    holds: (m, at, event) => {
      const { before } = event
      if (!m.limits.concurrent) return true
      if (before.spaces[at.space].pages[at.page].entry === m.spaces[at.space].pages[at.page].entry) return true
      if (!isLive(before, at.space) || hasLock(m, before, actor(event), at.space)) return true
      if (isMovedByNobody(m, before, at.space, at.page)) return true
      return violated(
        `page ${at.page} of space ${at.space} changed, and who did it has no lock of the space`,
        `${pagePath(at.space, at.page)}.entry`,
      )
    },
  }),
  claim('concurrency/slots-change-while-busy', {
    says: 'what a slot holds changes only while it is being written, or when it is free',
    rule: 'concurrency.md#guards',
    kind: 'step',
    interleaved: true,
    also: ['LK3', 'SW6'],
    over: { slot },
    always: true,
    holds: (m, at, { before }) => {
      if (!m.limits.concurrent) return true
      const [was, is] = [before.slots[at.slot], m.slots[at.slot]]
      if (was.content === is.content || was.busy) return true
      // Nobody has it any more; a CPU may take it in the same step.
      if (is.content.is === 'stale') return true
      return violated(`slot ${at.slot} holds something else, and nobody was writing it`, `slots[${at.slot}].content`)
    },
  }),
  claim('concurrency/parts-change-in-turn', {
    says: 'the page of an object comes in by who has a lock of a space, goes to a slot that is being written, and is saved or given up by who has marked it',
    rule: 'concurrency.md#guards',
    kind: 'step',
    interleaved: true,
    also: ['LK3'],
    over: { object, part },
    always: true,
    holds: (m, at, event) => {
      const { before } = event
      if (!m.limits.concurrent) return true
      const [was, is] = [before.objects[at.object].parts[at.part], m.objects[at.object].parts[at.part]]
      const where = `objects[${at.object}].parts[${at.part}]`
      if (was.saved !== is.saved && !was.busy)
        return violated(`page ${at.part} of object ${at.object} is saved, and nobody was saving it`, where)
      if (was.at === is.at || m.objects[at.object].kind === 'free') return true
      if (was.busy)
        return violated(`page ${at.part} of object ${at.object} moved while it was being saved or given up`, where)
      if (is.at.is === 'absent' && is.busy) return true
      if (is.at.is === 'swapped' && m.slots[is.at.slot].busy) return true
      // An area that is emptied gives its pages back in one step.
      if (is.at.is === 'resident' && was.at.is === 'swapped' && event.operation === 'swapoff') return true
      const isLocked = ids(m.spaces).some(s => hasLock(m, before, actor(event), s))
      return (
        (is.at.is === 'resident' && isLocked) || violated(`page ${at.part} of object ${at.object} is elsewhere`, where)
      )
    },
  }),
  claim('concurrency/contents-change-by-stores', {
    says: 'what a frame holds changes by a store, by a device, or while nothing shows it',
    rule: 'concurrency.md#guards',
    kind: 'step',
    interleaved: true,
    also: ['LK3'],
    over: { frame },
    always: true,
    holds: (m, at, { before, operation }) => {
      if (!m.limits.concurrent || stores.has(operation)) return true
      if (before.frames[at.frame].content === m.frames[at.frame].content) return true
      if (names(before, at.frame).length === 0 || m.frames[at.frame].references === 0) return true
      return violated(
        `${operation} changes what frame ${at.frame} holds, which is in use`,
        `frames[${at.frame}].content`,
      )
    },
  }),
  claim('concurrency/records-change-in-hand', {
    says: 'the record of a segment changes only by the CPU that has it in hand',
    rule: 'concurrency.md#records',
    kind: 'step',
    interleaved: true,
    also: ['LK3'],
    over: { object },
    always: true,
    holds: (m, at, event) => {
      if (!m.limits.concurrent) return true
      const [was, is] = [event.before.objects[at.object], m.objects[at.object]]
      if (was.kind === 'free' || is.kind === 'free' || attributes.every(name => was[name] === is[name])) return true
      const c = actor(event)
      if (was.holder === c || is.holder === c) return true
      return violated(`CPU ${c} changes object ${at.object}, which it has not in hand`, `objects[${at.object}]`)
    },
  }),
  claim('concurrency/areas-change-in-hand', {
    says: 'a swap area changes only by the CPU that has it in hand',
    rule: 'concurrency.md#records',
    kind: 'step',
    interleaved: true,
    also: ['LK3'],
    over: { area },
    always: true,
    holds: (m, at, event) => {
      if (!m.limits.concurrent) return true
      const [was, is] = [event.before.areas[at.area], m.areas[at.area]]
      if ((was.on === is.on && was.header === is.header) || was.holder === actor(event)) return true
      return violated(`CPU ${actor(event)} changes area ${at.area}, which it has not in hand`, `areas[${at.area}]`)
    },
  }),
  claim('concurrency/kernel-half-changes-in-hand', {
    says: 'an entry of the kernel half changes only by the CPU that has locked it',
    rule: 'concurrency.md#guards',
    kind: 'step',
    interleaved: true,
    also: ['LK3'],
    over: { kernelPage },
    always: true,
    holds: (m, at, event) => {
      const [was, is] = [event.before.kernel[at.kernelPage], m.kernel[at.kernelPage]]
      if (was.frame === is.frame || was.lock === actor(event)) return true
      return violated(
        `CPU ${actor(event)} changes entry ${at.kernelPage} of the kernel half, and has not locked it`,
        `kernel[${at.kernelPage}].frame`,
      )
    },
  }),
  claim('concurrency/tags-are-given-in-turn', {
    says: 'tags are given only by the CPU that has their lock',
    rule: 'concurrency.md#guards',
    kind: 'step',
    interleaved: true,
    also: ['LK3', 'TL6'],
    always: true,
    holds: (m, _at, event) => {
      const [was, is] = [event.before.tags, m.tags]
      if (was.given === is.given) return true
      const c = actor(event)
      return was.lock === c || is.lock === c || violated(`CPU ${c} gives a tag, and has not their lock`, 'tags.given')
    },
  }),
  claim('concurrency/tables-hang-under-a-lock', {
    says: 'a table is hung up by a CPU that has a lock of the space, and taken down by the one that has it alone',
    rule: 'concurrency.md#guards',
    kind: 'step',
    interleaved: true,
    also: ['LK3'],
    over: { space, table },
    always: true,
    holds: (m, at, event) => {
      const { before } = event
      const [was, is] = [
        before.spaces[at.space].directory[at.table].frame,
        m.spaces[at.space].directory[at.table].frame,
      ]
      if (was === is || !isLive(before, at.space)) return true
      const c = actor(event)
      const isLocked = is === null ? before.spaces[at.space].writer === c : hasLock(m, before, c, at.space)
      return (
        isLocked ||
        violated(
          `CPU ${c} changes the directory of space ${at.space}`,
          `spaces[${at.space}].directory[${at.table}].frame`,
        )
      )
    },
  }),
]

const stores: ReadonlySet<string> = new Set(['store', 'poke', 'transfer'])
const attributes = ['key', 'size', 'owner', 'creator', 'mode', 'marked', 'held'] as const
