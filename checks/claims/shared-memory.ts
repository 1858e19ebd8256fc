// Claims about objects: memory that several regions show. Rules: spec/shared-memory.md.

import {
  type Event,
  frame,
  ids,
  type ObjectId,
  object,
  type Page,
  type Process,
  page,
  part,
  type Space,
  type State,
  space,
  violated,
} from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import {
  answerOf,
  argument,
  callerSpace,
  hasWrite,
  holds,
  isMapped,
  pagesWhere,
  partsWhere,
  startsRegion,
  succeeded,
  within,
} from './walk.js'

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

/** Whether two records are one and the same object, before and after a command. */
const isSame = (was: State['objects'][ObjectId], is: State['objects'][ObjectId]): boolean =>
  was.kind !== 'free' && was.kind === is.kind && was.sequence === is.sequence

export const sharedMemoryClaims = [
  claim('shared-memory/attachments-recount', {
    says: 'an object counts the regions that map it, in all spaces',
    rule: 'shared-memory.md#attachments',
    also: ['SH1'],
    over: { object },
    holds: (m, { object: o }) => {
      const found = pagesWhere(m, (it, s, v) => it.object === o && startsRegion(m, s, v))
      const says = m.objects[o].attachments
      if (found.length === says) return true
      return violated(
        `object ${o} counts ${says} attachments and has ${found.length}`,
        `${path(o)}.attachments`,
        ...found,
      )
    },
  }),
  claim('shared-memory/entry-shows-object', {
    says: 'an entry shows the frame of the page of the object that is mapped there, and private memory no object’s',
    rule: 'shared-memory.md#pages',
    also: ['SH3', 'PT7', 'VM7'],
    over: { space, page },
    holds: (m, at) => {
      const it = m.spaces[at.space].pages[at.page]
      const { entry } = it
      const where = `${pagePath(at.space, at.page)}.entry`
      if (it.object === null) {
        const owned = entry.is === 'present' ? partsWhere(m, p => p.is === 'resident' && p.frame === entry.frame) : []
        return (
          owned.length === 0 ||
          violated(`private page ${at.page} of space ${at.space} shows an object`, where, ...owned)
        )
      }
      if (entry.is === 'absent') return true
      const { parts } = m.objects[it.object]
      const shown = parts[ids(parts)[it.offset]].at
      if (entry.is === 'present' && shown.is === 'resident' && shown.frame === entry.frame) return true
      const says = `page ${at.page} of space ${at.space} does not show page ${it.offset} of object ${it.object}`
      return violated(says, where, `${path(it.object)}.parts[${it.offset}]`)
    },
  }),
  claim('shared-memory/mapped-object-lives', {
    says: 'what is mapped is an object that exists, and a page that it has',
    rule: 'shared-memory.md#pages',
    also: ['SH5', 'SH2'],
    over: { space, page },
    holds: (m, at) => {
      const it = m.spaces[at.space].pages[at.page]
      if (it.object === null) return true
      const { kind, size } = m.objects[it.object]
      if (kind !== 'free' && it.offset < size) return true
      const says = `page ${at.page} of space ${at.space} shows page ${it.offset} of object ${it.object}, which it has not`
      return violated(says, pagePath(at.space, at.page), path(it.object))
    },
  }),
  claim('shared-memory/one-page-a-frame', {
    says: 'no two pages of objects are in one frame or in one slot',
    rule: 'shared-memory.md#pages',
    also: ['SH3', 'I13'],
    over: { object, part },
    holds: (m, at) => {
      const it = m.objects[at.object].parts[at.part].at
      if (it.is === 'absent') return true
      const found = partsWhere(m, other =>
        it.is === 'resident'
          ? other.is === 'resident' && other.frame === it.frame
          : other.is === 'swapped' && other.slot === it.slot,
      )
      return found.length === 1 || violated(`${found.length} pages of objects are in one place`, ...found)
    },
  }),
  claim('shared-memory/page-keeps-content', {
    says: 'a page of an object holds what was last stored to it, by whomever',
    rule: 'shared-memory.md#pages',
    also: ['SH9', 'SW4', 'I12'],
    over: { object, part },
    holds: (m, at) => {
      const it = m.objects[at.object].parts[at.part].at
      const want = m.ghost.objects[at.object].parts[at.part].byte
      const where = `${path(at.object)}.parts[${at.part}]`
      if (it.is === 'absent') return want === 0 || violated(`the page is lost, and should hold ${want}`, where)
      const content = it.is === 'resident' ? m.frames[it.frame].content : m.slots[it.slot].content
      return holds(content, want) || violated(`the page does not hold ${want}, which was last stored to it`, where)
    },
  }),
  claim('shared-memory/free-object-is-blank', {
    says: 'nothing is remembered of an object that is gone, and a living one has no more pages than its size',
    rule: 'shared-memory.md#destruction',
    also: ['FR2', 'FR18', 'SH5'],
    over: { object },
    holds: (m, { object: o }) => {
      const it = m.objects[o]
      const beyond = ids(it.parts).find(p => p >= it.size && it.parts[p].at.is !== 'absent')
      if (beyond !== undefined) return violated(`object ${o} has a page beyond its end`, `${path(o)}.parts[${beyond}]`)
      if (it.kind !== 'free') return true
      const sum = it.attachments + it.size + it.key + it.short + it.owner + it.creator + it.mode
      return (sum === 0 && !it.marked && !it.held) || violated(`object ${o} is free and not blank`, path(o))
    },
  }),
  claim('shared-memory/nobody-left', {
    says: 'an object that goes with its last attachment has one',
    rule: 'shared-memory.md#destruction',
    also: ['SH2', 'FR18'],
    over: { object },
    holds: (m, { object: o }) => {
      const { kind, marked, attachments } = m.objects[o]
      if (kind !== 'anonymous' && !marked) return true
      return attachments > 0 || violated(`object ${o} is mapped nowhere and should be gone`, path(o))
    },
  }),
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
  claim('shared-memory/page-stays', {
    says: 'a page of an object is not given up while the object lives',
    rule: 'shared-memory.md#destruction',
    kind: 'step',
    also: ['SH5', 'SH9'],
    over: { object, part },
    holds: (m, at, { before, operation }) => {
      const [was, is] = [before.objects[at.object], m.objects[at.object]]
      if (!isSame(was, is) || was.parts[at.part].at.is === 'absent' || is.parts[at.part].at.is !== 'absent') return true
      return violated(`${operation} gives up a page of object ${at.object}`, `${path(at.object)}.parts[${at.part}]`)
    },
  }),
  claim('shared-memory/held-stays-resident', {
    says: 'a page of an object that is held stays in its frame',
    rule: 'shared-memory.md#shmlock',
    kind: 'step',
    also: ['SW12', 'ML1'],
    over: { object, part },
    holds: (m, at, { before, operation }) => {
      const [was, is] = [before.objects[at.object], m.objects[at.object]]
      if (!isSame(was, is) || !was.held || !is.held) return true
      if (was.parts[at.part].at.is !== 'resident' || is.parts[at.part].at.is === 'resident') return true
      return violated(`${operation} takes a page of object ${at.object} out of memory, which is held`, path(at.object))
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
  claim('shared-memory/frame-of-object-is-counted', {
    says: 'a frame that an object has counts it, and each entry that shows it',
    rule: 'shared-memory.md#pages',
    also: ['FR5', 'SH3'],
    over: { frame },
    holds: (m, { frame: f }) => {
      const parts = partsWhere(m, at => at.is === 'resident' && at.frame === f)
      if (parts.length === 0) return true
      const entries = pagesWhere(m, ({ entry }) => entry.is === 'present' && entry.frame === f)
      const says = m.frames[f].references
      if (says === parts.length + entries.length) return true
      return violated(`frame ${f} counts ${says} references`, `frames[${f}].references`, ...parts, ...entries)
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
