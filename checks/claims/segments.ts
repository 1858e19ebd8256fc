// Claims about segments: which one a number or a key means, who may do what with it, and when it goes. Rules:
// spec/shared-memory.md.

import {
  type Event,
  ids,
  type ObjectId,
  object,
  type Page,
  type Process,
  type Space,
  type State,
  violated,
} from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { answerOf, argument, callerSpace, hasWrite, isMapped, succeeded, within } from './walk.js'

const path = (o: number): string => `objects[${o}]`
const objectOf = (event: Event<State>): ObjectId => argument(event, 'segment') as ObjectId
const byId = ['shmat', 'shmremove', 'shmset', 'shmstat', 'shmlock', 'shmunlock'] as const

/** The three bits that a mode has for a user: as owner or creator, as one of their group, or as anybody. */
function bitsFor({ owner, creator, mode }: State['objects'][ObjectId], user: number): number {
  if (user === owner || user === creator) return mode >> 6
  const group = Math.floor(user / 2)
  const related = group === Math.floor(owner / 2) || group === Math.floor(creator / 2)
  return (related ? mode >> 3 : mode) & 7
}
/** The bits that a command needs: 4 to read, 2 to write, 1 to execute. */
function needed({ operation, arguments: { attaching } }: Event<State>): number {
  if (operation === 'shmstat') return 4
  const how = String(attaching)
  return (how.includes('rdonly') ? 4 : 6) + (how.includes('exec') ? 1 : 0)
}
const caller = ({ before, arguments: given }: Event<State>) => before.processes[given.process as Process]

export const segmentsClaims = [
  claim('shared-memory/segment-stays', {
    says: 'a segment goes only when it is removed and nobody has it attached; its number is then used up',
    rule: 'shared-memory.md#destruction',
    kind: 'step',
    also: ['SH2', 'SH6'],
    over: { object },
    holds: (m, { object: o }, { before, operation }) => {
      const [was, is] = [before.objects[o], m.objects[o]]
      if (was.kind !== 'segment' || is.kind === 'segment') return true
      if (!was.marked && operation !== 'shmremove') return violated(`${operation} destroys segment ${o}`, path(o))
      const next = (was.sequence + 1) % Math.max(1, m.limits.sequences)
      return is.sequence === next || violated(`segment ${o} is gone, and its number is not`, `${path(o)}.sequence`)
    },
  }),
  claim('shared-memory/keys-are-unique', {
    says: 'no two segments answer to one key, and one that is to be destroyed to none',
    rule: 'shared-memory.md#keys',
    also: ['SH6'],
    over: { object },
    holds: (m, { object: o }) => {
      const { kind, key, marked } = m.objects[o]
      if (key === 0) return true
      if (kind !== 'segment' || marked) return violated(`object ${o} has a key and should not`, `${path(o)}.key`)
      const same = ids(m.objects).filter(other => m.objects[other].key === key)
      return same.length === 1 || violated(`several segments have key ${key}`, ...same.map(path))
    },
  }),
  claim('shared-memory/stale-id-never-resolves', {
    says: 'a segment is found only by its own number, never by that of one that used its record before',
    rule: 'shared-memory.md#ids',
    kind: 'return',
    also: ['SH6'],
    holds: (_m, _at, event) => {
      if (!succeeded(event, ...byId)) return true
      const it = event.before.objects[objectOf(event)]
      const found = it.kind === 'segment' && it.sequence === argument(event, 'sequence')
      return found || violated(`${event.operation} finds a segment that is not there`, path(objectOf(event)))
    },
  }),
  claim('shared-memory/within-limits', {
    says: 'segments are no more, no larger, and together no larger than allowed',
    rule: 'shared-memory.md#limits',
    also: ['SH7'],
    holds: m => {
      const all = ids(m.objects).filter(o => m.objects[o].kind === 'segment')
      const sizes = all.map(o => m.objects[o].size)
      const { segments, segmentPages, largest } = m.limits
      const pages = sizes.reduce((sum, size) => sum + size, 0)
      if (all.length <= segments && pages <= segmentPages && sizes.every(size => size <= largest)) return true
      return violated(`${all.length} segments have ${sizes.join(' + ')} pages`, ...all.map(path))
    },
  }),
  claim('shared-memory/needs-rights', {
    says: 'a segment is attached or looked at only by whom its mode allows it',
    rule: 'shared-memory.md#rights',
    kind: 'return',
    also: ['SH4'],
    holds: (_m, _at, event) => {
      if (!succeeded(event, 'shmat', 'shmstat')) return true
      const { user, dropped } = caller(event)
      const bits = bitsFor(event.before.objects[objectOf(event)], user)
      const enough = !dropped.ipcOwner || (bits & needed(event)) === needed(event)
      return (
        enough ||
        violated(`${event.operation} succeeds for user ${user}, whom the mode forbids it`, path(objectOf(event)))
      )
    },
  }),
  claim('shared-memory/owners-only', {
    says: 'a segment is changed or removed only by its owner, its creator, or whoever has the capability',
    rule: 'shared-memory.md#rights',
    kind: 'return',
    also: ['SH4'],
    holds: (_m, _at, event) => {
      if (!succeeded(event, 'shmremove', 'shmset', 'shmlock', 'shmunlock')) return true
      const { user, dropped } = caller(event)
      const { owner, creator } = event.before.objects[objectOf(event)]
      const may = !dropped.ipcOwner || user === owner || user === creator
      return may || violated(`${event.operation} succeeds for user ${user}, who does not own it`, path(objectOf(event)))
    },
  }),
  claim('shared-memory/attached-as-asked', {
    says: 'after shmat the whole segment is mapped, in order, and for good not writable where only reading was asked for',
    rule: 'shared-memory.md#shmat',
    kind: 'return',
    also: ['SH4', 'SH8', 'FR17'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || !succeeded(event, 'shmat')) return true
      const o = objectOf(event)
      const first = answerOf(event)
      const readOnly = String(event.arguments.attaching).includes('rdonly')
      const { size } = m.objects[o]
      if (first + size > m.tree.length) return violated(`the segment at page ${first} leaves the window`, path(o))
      const wrong = within(m, first, size).find(v => {
        const it = m.spaces[s].pages[v]
        return (
          it.object !== o ||
          it.offset !== v - first ||
          hasWrite(it.region) === readOnly ||
          (readOnly && hasWrite(it.ceiling))
        )
      })
      return wrong === undefined || violated(`page ${wrong} is not mapped as it was asked for`, pagePath(s, wrong))
    },
  }),
  claim('shared-memory/detach-takes-one', {
    says: 'shmdt unmaps one attachment as far as it is still there, and nothing else',
    rule: 'shared-memory.md#shmdt',
    kind: 'return',
    also: ['SH9'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || !succeeded(event, 'shmdt')) return true
      const gone = ids(m.tree).filter(v => isMapped(event.before.spaces[s].pages[v]) && !isMapped(m.spaces[s].pages[v]))
      return gone.length === 0 ? violated('shmdt unmaps nothing') : oneAttachment(m, event, s, gone)
    },
  }),
]

/** Pages that are gone are pages of one attachment: of one segment, each as far from its start as its offset says. */
function oneAttachment(m: State, event: Event<State>, s: Space, gone: readonly Page[]) {
  const was = event.before.spaces[s].pages
  const [first] = gone
  const { object: o, offset } = was[first]
  const start = first - offset
  const isPart = (v: Page): boolean => was[v].object === o && was[v].offset === v - start
  const stranger = gone.find(v => !isPart(v))
  if (o === null || start < argument(event, 'page') || event.before.objects[o].kind !== 'segment')
    return violated('what shmdt unmaps is not attached there', pagePath(s, first))
  if (stranger !== undefined) return violated(`page ${stranger} goes with another attachment`, pagePath(s, stranger))
  const left = ids(m.tree).find(v => isPart(v) && isMapped(m.spaces[s].pages[v]))
  return left === undefined || violated(`page ${left} of the attachment is left`, pagePath(s, left))
}
