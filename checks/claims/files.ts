// Claims about a file and the page of it that is in memory: who may change what it holds, and what is clean.
// Rules: spec/files.md.

import {
  type Frame,
  has,
  ids,
  type ObjectId,
  object,
  type Page,
  type PartId,
  type Space,
  type State,
  violated,
} from '../../model/index.js'
import { claim, isLive, pagePath } from './claim.js'
import { hasWrite, holds, rightsOf } from './walk.js'

type File = State['objects'][ObjectId]
const partOf = (it: File): File['parts'][PartId] => it.parts[0 as PartId]
const pathOf = (o: number): string => `objects[${o}].parts[0]`
const frameOf = (it: File): Frame | null => {
  const { at } = partOf(it)
  return it.kind === 'file' && at.is === 'resident' ? at.frame : null
}

export const filesClaims = [
  claim('files/changes-by-who-may-write', {
    says: 'what a file holds changes only by a store through a mapping that shares it and may be written',
    rule: 'files.md#content',
    also: ['CW3', 'FS1', 'FS2', 'FS7'],
    over: { object },
    holds: (m, { object: o }) => {
      const it = m.objects[o]
      if (it.kind !== 'file') return true
      const want = m.ghost.objects[o].parts[0 as PartId].byte
      const frame = frameOf(it)
      const content = frame === null ? partOf(it).saved : m.frames[frame].content
      return holds(content, want) || violated(`the file does not hold ${want}, which was last stored to it`, pathOf(o))
    },
  }),
  claim('files/clean-is-saved', {
    says: 'a page of a file that is clean, and so in every entry, holds what the file has kept',
    rule: 'files.md#dirty',
    also: ['FS3', 'FS4'],
    over: { object },
    holds: (m, { object: o }) => {
      const frame = frameOf(m.objects[o])
      if (frame === null) return true
      const { dirty, busy, saved } = partOf(m.objects[o])
      if (m.limits.walkerBits && (busy || isNoted(m, frame))) return true
      return dirty || m.frames[frame].content === saved || violated('a change of the file would be lost', pathOf(o))
    },
  }),
  claim('files/clean-is-not-writable', {
    says: 'no entry, and no CPU, may write to a page of a file that is clean',
    rule: 'files.md#dirty',
    also: ['FS4', 'PT18'],
    over: { object },
    holds: (m, { object: o }) => {
      const frame = frameOf(m.objects[o])
      if (frame === null || partOf(m.objects[o]).dirty) return true
      // Hardware notes who writes.
      const found = m.limits.walkerBits ? [] : writers(m, frame)
      return (
        found.length === 0 ||
        violated('the page of the file is clean, and can be written', pathOf(o), ...found.map(({ path }) => path))
      )
    },
  }),
  claim('files/private-memory-only-shows', {
    says: 'nobody may write to the page of a file through private memory',
    rule: 'files.md#private',
    also: ['CW1', 'FS6', 'FS7'],
    over: { object },
    holds: (m, { object: o }) => {
      const frame = frameOf(m.objects[o])
      if (frame === null) return true
      const found = writers(m, frame).filter(({ space, page }) => m.spaces[space].pages[page].file === o)
      if (found.length === 0) return true
      return violated('private memory can write to the file', pathOf(o), ...found.map(({ path }) => path))
    },
  }),
]

/** Whether hardware has noted in some entry that a frame was written to. */
const isNoted = (m: State, frame: Frame): boolean =>
  [...m.spaces].some(({ pages }) =>
    [...pages].some(({ entry, dirty }) => dirty && entry.is === 'present' && entry.frame === frame),
  )

interface Writer {
  readonly space: Space
  readonly page: Page
  readonly path: string
}
/** Entries and translations that let somebody write to a frame. What a CPU will forget before it uses it does not count. */
function writers(m: State, frame: Frame): readonly Writer[] {
  const entries = ids(m.spaces).flatMap(space =>
    ids(m.spaces[space].pages).flatMap(page => {
      const it = m.spaces[space].pages[page]
      const writes = it.entry.is === 'present' && it.entry.frame === frame && hasWrite(rightsOf(it)) && isLive(m, space)
      return writes ? [{ space, page, path: `${pagePath(space, page)}.entry` }] : []
    }),
  )
  const kept = ids(m.cpus).flatMap(c =>
    ids(m.cpus[c].tlb).flatMap(t => {
      const { holds: it } = m.cpus[c].tlb[t]
      const writes =
        it.is === 'present' && it.frame === frame && hasWrite(it.rights) && !has(m.cpus[c].behind, it.space)
      return writes ? [{ space: it.space, page: it.page, path: `cpus[${c}].tlb[${t}].holds` }] : []
    }),
  )
  return [...entries, ...kept]
}
