// Claims about what processes see: what was last stored, never memory that nobody cleared; and that an access succeeds
// exactly where a region allows it. Rules: spec/faults.md.

import { type Event, type Page, page, type State, space, violated, type Witness } from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import {
  answerOf,
  argument,
  callerSpace,
  hasExecute,
  hasWrite,
  holds,
  isBareCopy,
  isResident,
  permits,
  rightsOf,
  wantedAt,
} from './walk.js'

const accesses: ReadonlySet<string> = new Set(['load', 'store', 'fetch'])
const access = (event: Event<State>): boolean => accesses.has(event.operation)

/** The page that a successful access was about, as it is afterwards. */
function accessed(m: State, event: Event<State>) {
  const s = callerSpace(m, event)
  const v = argument(event, 'page') as Page
  return s === null ? null : { it: m.spaces[s].pages[v], s, v, path: pagePath(s, v) }
}
const lost = violated('the process has lost its space')

/** Whether an entry lets an access through. */
function lets(rights: string, operation: string): boolean {
  if (operation === 'store') return hasWrite(rights)
  return operation === 'fetch' ? hasExecute(rights) : rights !== 'none'
}

function wrongFault(before: State, event: Event<State>): true | Witness {
  const { outcome } = event
  const reach = event.arguments.reach ?? 'user'
  if (outcome?.is !== 'faulted' || reach !== 'user') return true
  const at = accessed(before, event)
  if (at === null) return lost
  const { region } = at.it
  if (outcome.fault === 'SIGSEGV MAPERR' ? region === 'unmapped' : !permits(region, event.operation)) return true
  return violated(`${event.operation} of page ${at.v} answers ${outcome.fault}, and its region is ${region}`, at.path)
}

export const faultsClaims = [
  claim('faults/load-answers-last-store', {
    says: 'a load answers the byte last stored to the page, 0 before any',
    rule: 'faults.md#contents',
    kind: 'return',
    also: ['I12', 'CW2', 'CW11', 'RF3'],
    holds: (m, _at, event) => {
      if (event.operation !== 'load' || event.outcome?.is !== 'ok') return true
      const at = accessed(m, event)
      if (at === null) return lost
      const want = wantedAt(m, at.s, at.v)
      const value = answerOf(event)
      return value === want || violated(`the load answers ${value}, last stored was ${want}`, at.path)
    },
  }),
  claim('faults/stored-page-is-writable', {
    says: 'a store that succeeds leaves its page in a frame that it may write to',
    rule: 'faults.md#resident',
    kind: 'return',
    also: ['FR17'],
    holds: (m, _at, event) => {
      if (event.operation !== 'store' || event.outcome?.is !== 'ok') return true
      const at = accessed(m, event)
      if (at === null) return lost
      if (at.it.entry.is === 'present' && hasWrite(rightsOf(at.it))) return true
      return violated(`page ${at.v} was stored to, and its entry does not allow it`, `${at.path}.entry`)
    },
  }),
  claim('faults/resident-after-access', {
    says: 'an access that succeeds leaves its page resident, with rights for one more',
    rule: 'faults.md#resident',
    kind: 'return',
    also: ['FR17'],
    holds: (m, _at, event) => {
      if (!access(event) || event.outcome?.is !== 'ok') return true
      const at = accessed(m, event)
      if (at === null) return lost
      if (isResident(at.it) && lets(rightsOf(at.it), event.operation)) return true
      return violated(`page ${at.v} cannot be accessed again after a ${event.operation}`, `${at.path}.entry`)
    },
  }),
  claim('faults/only-where-allowed', {
    says: 'an access succeeds only in the user half, where the region allows it',
    rule: 'faults.md#classification',
    kind: 'return',
    also: ['PT6', 'PT10'],
    holds: (m, _at, event) => {
      if (!access(event) || event.outcome?.is !== 'ok') return true
      const reach = event.arguments.reach ?? 'user'
      if (reach !== 'user') return violated(`${event.operation} of a ${String(reach)} address succeeds`)
      const at = accessed(m, event)
      if (at === null) return lost
      const { region } = at.it
      return permits(region, event.operation) || violated(`${event.operation} succeeds in a region ${region}`, at.path)
    },
  }),
  claim('faults/faults-only-where-forbidden', {
    says: 'an access faults only where nothing is mapped, or the region forbids it, and the signal says which',
    rule: 'faults.md#classification',
    kind: 'return',
    also: ['FR17'],
    holds: (_m, _at, event) => !access(event) || wrongFault(event.before, event),
  }),
  claim('faults/no-stale-memory', {
    says: 'a frame that a process can see was cleared or filled first',
    rule: 'faults.md#demand-zero',
    also: ['FR12'],
    over: { space, page },
    holds: (m, at) => {
      const { entry } = m.spaces[at.space].pages[at.page]
      if (entry.is !== 'present' || m.frames[entry.frame].content.is !== 'stale') return true
      return violated(
        `page ${at.page} of space ${at.space} shows what frame ${entry.frame} held before`,
        `${pagePath(at.space, at.page)}.entry`,
        `frames[${entry.frame}].content`,
      )
    },
  }),
  claim('faults/page-holds-last-store', {
    says: 'what a page shows, or will show when it is touched, is what was last stored to it',
    rule: 'faults.md#contents',
    also: ['I12', 'CW2', 'CW11', 'PT7'],
    over: { space, page },
    holds: (m, at) => {
      const { entry, object } = m.spaces[at.space].pages[at.page]
      if (entry.is === 'swapped' || (entry.is === 'absent' && object !== null)) return true
      if (isBareCopy(m, at.space, at.page)) return true
      if (entry.is === 'absent' && m.ghost.spaces[at.space].pages[at.page].byte === 0) return true
      const want = wantedAt(m, at.space, at.page)
      if (entry.is === 'present' ? holds(m.frames[entry.frame].content, want) : entry.is === 'zero' && want === 0)
        return true
      return violated(
        `page ${at.page} of space ${at.space} does not show ${want}, which was last stored to it`,
        `${pagePath(at.space, at.page)}.entry`,
      )
    },
  }),
]
