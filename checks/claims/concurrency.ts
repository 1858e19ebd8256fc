// Claims about locks: who has them, and what changes under which. Rules: spec/concurrency.md.

import {
  type Cpu,
  cpu,
  has,
  ids,
  page,
  type Space,
  type State,
  space,
  violated,
  withoutMember,
} from '../../model/index.js'
import { claim, inHandOf, pagePath } from './claim.js'
import { type PageRecord, sameMapping } from './walk.js'

/** Whether a CPU has the lock of some region of a space, and whether it may change that region. */
const hasRegion = (m: State, s: Space, c: Cpu): boolean =>
  [...m.spaces[s].nodes].some(({ readers, writer }) => has(readers, c) || writer === c)

/** What a space counts of its regions, and says of those to come. */
const counts = ['regions', 'mapped', 'locked', 'future'] as const
/** Whether a page is of another region; by which chain its frames are found is no part of that. */
const isOtherRegion = (was: PageRecord, is: PageRecord): boolean =>
  !sameMapping(was, is) || was.seam !== is.seam || was.accounted !== is.accounted

/** Whether a CPU has a lock of a space, whichever. */
export const holdsLock = (m: State, c: Cpu, s: Space): boolean =>
  m.spaces[s].writer === c || has(m.spaces[s].readers, c) || inHandOf(m, s).includes(c) || hasRegion(m, s, c)

/** What else than a space a CPU has locked. */
function recordOf(m: State, c: Cpu): string | null {
  if (m.tags.lock === c) return 'tags.lock'
  const page = ids(m.kernel).find(k => m.kernel[k].lock === c)
  if (page !== undefined) return `kernel[${page}].lock`
  const object = ids(m.objects).find(o => m.objects[o].holder === c)
  if (object !== undefined) return `objects[${object}].holder`
  const area = ids(m.areas).find(a => m.areas[a].holder === c)
  return area === undefined ? null : `areas[${area}].holder`
}

/** Whether a CPU waits for others to forget what it does not keep others from. */
function asksWithoutLock(m: State, c: Cpu): string | null {
  const { flush } = m.cpus[c]
  if (flush.is === 'none') return null
  if (flush.is === 'kernel')
    return m.kernel[flush.kernelPage].lock === c ? null : 'asks about an entry that it has not locked'
  // Who takes a frame away locks no space: what it holds is being written to a slot, or saved, or given up.
  if (flush.is === 'frame' || flush.is === 'all')
    return isMoving(m) ? null : 'asks about frames, and nothing is on its way anywhere'
  return holdsLock(m, c, flush.space) ? null : `asks about space ${flush.space}, of which it has no lock`
}
const isMoving = (m: State): boolean =>
  [...m.slots].some(({ busy }) => busy) || [...m.objects].some(({ parts }) => [...parts].some(({ busy }) => busy))

/** Whether a CPU does what is for one that has a space, and has it not. */
function goesWithoutLock(m: State, c: Cpu): string | null {
  const { process, node, section, ending } = m.cpus[c]
  const s = process === null ? null : m.processes[process].space
  if (ending && s !== null && m.spaces[s].writer !== c) return 'ends a process, and has its space not alone'
  if (s !== null && node !== null && !section && !holdsLock(m, c, s)) return 'goes by a region, and has not its lock'
  const reaped = ids(m.processes).find(p => m.processes[p].reaper === c)
  const of = reaped === undefined ? null : m.processes[reaped].space
  if (reaped !== undefined && (of === null || !has(m.spaces[of].readers, c)))
    return 'takes memory away, and has no lock'
  return [...m.areas].some(({ holder, emptying }) => emptying && holder === null)
    ? 'may meet an area that nobody empties'
    : null
}

export const concurrencyClaims = [
  claim('concurrency/writer-is-alone', {
    says: 'who changes the regions of a space is alone with them',
    rule: 'concurrency.md#locks',
    also: ['LK1'],
    over: { space },
    always: true,
    holds: (m, at) => {
      const { writer, readers } = m.spaces[at.space]
      if (writer === null || withoutMember(readers, writer) === 0) return true
      return violated(
        `space ${at.space} is written by CPU ${writer}, and others read it`,
        `spaces[${at.space}].readers`,
      )
    },
  }),
  claim('concurrency/holders-are-in-the-kernel', {
    says: 'a CPU that has a lock is in the kernel',
    rule: 'concurrency.md#locks',
    also: ['LK5', 'LK11'],
    over: { cpu, space },
    always: true,
    holds: (m, at) => {
      if (!holdsLock(m, at.cpu, at.space) || m.cpus[at.cpu].busy) return true
      return violated(
        `CPU ${at.cpu} is in its program, and holds a lock of space ${at.space}`,
        `spaces[${at.space}].writer`,
      )
    },
  }),
  claim('concurrency/tables-under-the-lock', {
    says: 'who has entries of a space in hand has its lock, in one way or the other, or that of a region',
    rule: 'concurrency.md#order',
    also: ['LK2', 'LK6'],
    over: { space },
    always: true,
    holds: (m, at) => {
      const { writer, readers } = m.spaces[at.space]
      const alone = inHandOf(m, at.space).find(c => writer !== c && !has(readers, c) && !hasRegion(m, at.space, c))
      if (alone === undefined) return true
      return violated(`CPU ${alone} has entries of space ${at.space} and not its lock`, `spaces[${at.space}].tableLock`)
    },
  }),
  claim('concurrency/nothing-is-left', {
    says: 'when nothing is under way, no lock is held, nobody is asked for anything, and no slot is being written',
    rule: 'concurrency.md#locks',
    kind: 'quiescent',
    also: ['LK5', 'LK8'],
    holds: m => {
      for (const s of ids(m.spaces)) {
        const { writer, readers } = m.spaces[s]
        if (writer !== null || readers !== 0 || inHandOf(m, s).length > 0)
          return violated(`space ${s} is locked`, `spaces[${s}]`)
        if (ids(m.cpus).some(c => hasRegion(m, s, c)))
          return violated(`a region of space ${s} is locked`, `spaces[${s}]`)
      }
      for (const c of ids(m.cpus)) {
        const { busy, asked, flush, node, section, closed, walking } = m.cpus[c]
        const isShut = closed && walking.is === 'empty'
        if (busy || isShut || asked !== 0 || flush.is !== 'none' || node !== null || section)
          return violated(`CPU ${c} is not done`, `cpus[${c}]`)
      }
      if (ids(m.kernel).some(k => m.kernel[k].lock !== null))
        return violated('an entry of the kernel half is being changed', 'kernel')
      if (m.tags.lock !== null) return violated('somebody is giving a tag', 'tags.lock')
      const written = ids(m.slots).find(s => m.slots[s].busy)
      return written === undefined || violated(`slot ${written} is being written`, `slots[${written}].busy`)
    },
  }),
  claim('concurrency/regions-change-under-their-lock', {
    says: 'the regions of a space, and what is counted of them, change only while the CPU that changes them has its lock alone',
    rule: 'concurrency.md#guards',
    kind: 'step',
    interleaved: true,
    also: ['LK3', 'VM12'],
    over: { space },
    always: true,
    holds: (m, at, event) => {
      const [now, before] = [m.spaces[at.space], event.before.spaces[at.space]]
      if (!m.limits.concurrent || before.users === 0) return true
      if (!ids(m.processes).some(p => event.before.processes[p].space === at.space)) return true
      const changed = ids(now.pages).find(v => isOtherRegion(before.pages[v], now.pages[v]))
      const isSame = changed === undefined && counts.every(count => before[count] === now[count])
      const by = event.arguments.cpu as Cpu | undefined
      // At `fused` the step that takes the lock may be one with the step that changes.
      if (isSame || by === undefined || before.writer === by || now.writer === by) return true
      const what = changed === undefined ? `what space ${at.space} counts` : `page ${changed} of space ${at.space}`
      return violated(`${what} changed without the lock`, `spaces[${at.space}].writer`)
    },
  }),
  claim('concurrency/in-hand-is-alone', {
    says: 'no CPU changes an entry that another has in hand',
    rule: 'concurrency.md#guards',
    kind: 'step',
    interleaved: true,
    also: ['LK3', 'LK10'],
    over: { space, page },
    always: true,
    holds: (m, at, event) => {
      const before = event.before.spaces[at.space]
      if (before.pages[at.page].entry === m.spaces[at.space].pages[at.page].entry) return true
      const by = event.arguments.cpu as Cpu | undefined
      const locks = m.limits.framed
        ? [before.tableLock, before.directory[m.tree[at.page].table].lock]
        : [before.tableLock]
      const held = locks.find(c => c !== null && c !== by)
      if (held === undefined) return true
      return violated(
        `CPU ${by} changed page ${at.page} of space ${at.space}, which CPU ${held} has in hand`,
        `${pagePath(at.space, at.page)}.entry`,
      )
    },
  }),
  claim('concurrency/closed-has-no-lock', {
    says: 'a CPU that lets no interrupt in has no lock and asks for none, so it waits for none that is held by who waits for its answer',
    rule: 'concurrency.md#closed',
    also: ['LK9'],
    over: { cpu },
    always: true,
    holds: (m, at) => {
      const { closed, busy, flush } = m.cpus[at.cpu]
      if (!closed) return true
      const locked = ids(m.spaces).find(s => holdsLock(m, at.cpu, s))
      const what = locked === undefined ? recordOf(m, at.cpu) : `spaces[${locked}]`
      if (what !== null) return violated(`CPU ${at.cpu} lets no interrupt in, and has a lock`, what)
      const isIdle = !busy && flush.is === 'none'
      return (
        isIdle || violated(`CPU ${at.cpu} lets no interrupt in, and goes on in the kernel`, `cpus[${at.cpu}].closed`)
      )
    },
  }),
  claim('concurrency/inside-has-the-lock', {
    says: 'who asks others to forget, goes by a region, ends a process, takes its memory away, or empties an area has what keeps others out',
    rule: 'concurrency.md#order',
    also: ['LK11', 'TL9'],
    over: { cpu },
    always: true,
    holds: (m, { cpu: c }) => {
      const lacking = asksWithoutLock(m, c) ?? goesWithoutLock(m, c)
      return lacking === null || violated(`CPU ${c} ${lacking}`, `cpus[${c}]`)
    },
  }),
  claim('concurrency/detached-stays-unmapped', {
    says: 'where munmap still clears what it has detached, nothing is mapped',
    rule: 'concurrency.md#downgrade',
    also: ['VM18', 'LK4'],
    over: { space, page },
    always: true,
    holds: (m, at) => {
      const { detached, region } = m.spaces[at.space].pages[at.page]
      if (!detached || region === 'unmapped') return true
      return violated(
        `page ${at.page} of space ${at.space} is mapped again, and its old entry is still being cleared`,
        pagePath(at.space, at.page),
      )
    },
  }),
]
