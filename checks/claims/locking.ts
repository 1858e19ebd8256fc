// Claims about memory that stays resident because its owner said so. Rules: spec/locking.md.

import {
  type Cpu,
  type Event,
  has,
  ids,
  type Process,
  page,
  process,
  type Space,
  type State,
  space,
  violated,
  type Witness,
} from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import {
  argument,
  callerSpace,
  isMapped,
  isOpen,
  isResident,
  pagesWhere,
  succeeded,
  tookEffect,
  within,
} from './walk.js'

/** Operations after which another mapping, or none, may be where a locked page was. */
const replacing: ReadonlySet<string> = new Set(['mmap', 'mremap', 'munmap', 'shmat', 'shmdt', 'exit'])

/** How a command that succeeded leaves its pages locked; null where it does not say. */
function asked({ operation, arguments: given }: Event<State>): string | null {
  if (operation === 'mlock') return 'locked'
  if (operation === 'mlock2') return given.flag === 'onfault' ? 'onfault' : 'locked'
  if (operation === 'munlock' || operation === 'munlockall') return 'none'
  if (operation !== 'mlockall' || !String(given.flags).includes('current')) return null
  return String(given.flags).includes('onfault') ? 'onfault' : 'locked'
}
function rangeOf(m: State, event: Event<State>) {
  const whole = event.operation.endsWith('all')
  return within(m, whole ? 0 : argument(event, 'page'), whole ? m.tree.length : argument(event, 'count'))
}
function firstPage(m: State, event: Event<State>, wrong: (s: Space, v: ReturnType<typeof within>[number]) => boolean) {
  const s = callerSpace(m, event)
  if (s === null) return violated('the process has lost its space')
  const found = rangeOf(m, event).find(v => wrong(s, v))
  return found === undefined ? null : { s, v: found }
}
const locks = ['mlock', 'mlock2', 'munlock', 'mlockall', 'munlockall'] as const

function wrongLock(m: State, event: Event<State>): true | Witness {
  const lock = asked(event)
  if (lock === null) return true
  const found = firstPage(m, event, (s, v) => {
    const it = m.spaces[s].pages[v]
    return isMapped(it) && it.lock !== (it.region === 'guard' ? 'none' : lock)
  })
  if (found === null || 'says' in found) return found ?? true
  const it = m.spaces[found.s].pages[found.v]
  return violated(`page ${found.v} is locked as ${it.lock} after ${event.operation}`, pagePath(found.s, found.v))
}

/** CPUs that are taking the memory of a space away: they share its lock, and run no process meanwhile. */
export const reapersOf = (m: State, s: Space): readonly Cpu[] =>
  ids(m.cpus).filter(c => has(m.spaces[s].readers, c) && m.cpus[c].process === null)

export const lockingClaims = [
  claim('locking/locked-recount', {
    says: 'a space counts its locked pages',
    rule: 'locking.md#counting',
    also: ['ML2', 'VM2'],
    over: { space },
    holds: (m, { space: s }) => {
      const found = pagesWhere(m, (it, of) => of === s && it.lock !== 'none')
      const says = m.spaces[s].locked
      if (found.length === says) return true
      return violated(`space ${s} counts ${says} locked pages and has ${found.length}`, `spaces[${s}].locked`, ...found)
    },
  }),
  claim('locking/only-memory-is-locked', {
    says: 'a guard page is never locked',
    rule: 'locking.md#guards',
    over: { space, page },
    holds: (m, at) => {
      const { region, lock } = m.spaces[at.space].pages[at.page]
      if (lock === 'none' || (region !== 'guard' && region !== 'unmapped')) return true
      return violated(`page ${at.page} of space ${at.space} is ${region} and locked`, pagePath(at.space, at.page))
    },
  }),
  claim('locking/within-memlock', {
    says: 'whoever locks more than before stays within the limit, or has the capability',
    rule: 'locking.md#limit',
    kind: 'return',
    also: ['ML2', 'VM10'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || !tookEffect(event)) return true
      const it = m.processes[event.arguments.process as Process]
      const { locked } = m.spaces[s]
      if (locked <= event.before.spaces[s].locked || locked <= it.limits.memlock || !it.dropped.ipcLock) return true
      return violated(
        `${event.operation} locks ${locked} pages, the limit is ${it.limits.memlock}`,
        `spaces[${s}].locked`,
      )
    },
  }),
  claim('locking/as-asked', {
    says: 'after a command that locks or unlocks, the pages are locked as it says, guards not at all',
    rule: 'locking.md#mlock',
    kind: 'return',
    also: ['FR17'],
    holds: (m, _at, event) => !succeeded(event, ...locks) || wrongLock(m, event),
  }),
  claim('locking/future-as-asked', {
    says: 'mlockall says how mappings to come are locked, and munlockall that they are not',
    rule: 'locking.md#mlockall',
    kind: 'return',
    also: ['FR17'],
    holds: (m, _at, event) => {
      if (!succeeded(event, 'mlockall', 'munlockall')) return true
      const s = callerSpace(m, event)
      const flags = String(event.arguments.flags)
      const want = !flags.includes('future') ? 'none' : flags.includes('onfault') ? 'onfault' : 'locked'
      return (
        (s !== null && m.spaces[s].future === want) ||
        violated(`mappings to come are not locked as ${want} after ${event.operation} ${flags}`, `spaces[${s}].future`)
      )
    },
  }),
  claim('locking/locked-is-resident', {
    says: 'after mlock every page of the range that may be accessed is resident',
    rule: 'locking.md#mlock',
    kind: 'return',
    also: ['ML1'],
    holds: (m, _at, event) => {
      if (!succeeded(event, 'mlock', 'mlock2') || event.arguments.flag === 'onfault') return true
      const found = firstPage(m, event, (s, v) => {
        const it = m.spaces[s].pages[v]
        return isOpen(it.region) && !isResident(it)
      })
      if (found === null || 'says' in found) return found ?? true
      return violated(`page ${found.v} is locked and not resident`, `${pagePath(found.s, found.v)}.entry`)
    },
  }),
  claim('locking/locked-stays-resident', {
    says: 'a locked page that is resident stays so while it is mapped and locked',
    rule: 'locking.md#residence',
    kind: 'step',
    also: ['ML1', 'ML6', 'SW12'],
    over: { space, page },
    holds: (m, at, { before, operation }) => {
      if (replacing.has(operation)) return true
      const was = before.spaces[at.space].pages[at.page]
      const is = m.spaces[at.space].pages[at.page]
      if (was.lock === 'none' || is.lock === 'none' || !isResident(was) || isResident(is)) return true
      return violated(
        `page ${at.page} of space ${at.space} is locked, and ${operation} took it out of memory`,
        `${pagePath(at.space, at.page)}.entry`,
      )
    },
  }),
  claim('locking/kept-while-reaped', {
    says: 'no page is unlocked, or leaves its region, while another CPU takes the memory of its process away',
    rule: 'processes.md#reap',
    kind: 'step',
    interleaved: true,
    also: ['ML7'],
    over: { space, page },
    holds: (m, at, event) => {
      const { before } = event
      const [was, is] = [before.spaces[at.space].pages[at.page], m.spaces[at.space].pages[at.page]]
      if (was.lock === is.lock && was.region === is.region) return true
      const given = event.arguments
      const reaper = reapersOf(before, at.space).find(c => c !== given.cpu)
      if (reaper === undefined) return true
      return violated(
        `CPU ${given.cpu} changes page ${at.page} of space ${at.space}, whose memory CPU ${reaper} takes away`,
        pagePath(at.space, at.page),
      )
    },
  }),
  claim('locking/needs-leave', {
    says: 'only who may lock locks: the limit is not zero, or the capability is held',
    rule: 'locking.md#limit',
    kind: 'return',
    over: { process },
    also: ['ML2'],
    holds: (_m, at, event) => {
      if (!succeeded(event, 'mlock', 'mlock2', 'mlockall') || event.arguments.process !== at.process) return true
      const { dropped, limits } = event.before.processes[at.process]
      if (!dropped.ipcLock || limits.memlock > 0) return true
      return violated(`process ${at.process} may not lock, and ${event.operation} succeeds`, `processes[${at.process}]`)
    },
  }),
]
