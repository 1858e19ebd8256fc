// Claims about objects: memory that several regions show. Rules: spec/shared-memory.md.

import { frame, ids, type ObjectId, object, page, part, type State, space, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { holds, pagesWhere, partsWhere, startsRegion } from './walk.js'

const path = (o: number): string => `objects[${o}]`

/** Whether two records are one and the same object, before and after a command. */
const isSame = (was: State['objects'][ObjectId], is: State['objects'][ObjectId]): boolean =>
  was.kind !== 'free' && was.kind !== 'file' && was.kind === is.kind && was.sequence === is.sequence

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
        const shown = it.file === null ? [] : [`${path(it.file)}.parts[${it.offset}]`]
        return (
          owned.every(part => shown.includes(part)) ||
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
    says: 'a page of an object holds what was last stored to it, by whomever, once it is written',
    rule: 'shared-memory.md#pages',
    also: ['SH9', 'SW4', 'I12'],
    over: { object, part },
    holds: (m, at) => {
      const it = m.objects[at.object].parts[at.part].at
      if (m.objects[at.object].kind === 'file') return true
      const want = m.ghost.objects[at.object].parts[at.part].byte
      const where = `${path(at.object)}.parts[${at.part}]`
      if (it.is === 'absent') return want === 0 || violated(`the page is lost, and should hold ${want}`, where)
      if (it.is === 'swapped' && m.slots[it.slot].busy) return true
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
      const names = parts.length + entries.length
      // Operations under way may hold it as well; that nothing else does is what all references are recounted for.
      if (says === names || (m.limits.concurrent && says > names)) return true
      return violated(`frame ${f} counts ${says} references`, `frames[${f}].references`, ...parts, ...entries)
    },
  }),
]
