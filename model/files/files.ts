// A file of one page, as far as memory knows it: what it has kept for good, and the page of it that is in memory, if one
// is. Mappings that share it write to that page; private ones show it until they write, and copy it then. What is in
// memory and not yet kept is dirty. Rules: spec/files.md.

import { ids, need } from '../kit/index.js'
import { originOf } from '../shared-memory/objects.js'
import { Content, type Frame, type M, type ObjectId, type Page, Part, type PartId, type Space } from '../state.js'
import { mappingsOf } from '../swap/mappings.js'

export const isFile = (m: M, o: ObjectId): boolean => m.objects[o].kind === 'file'

/** The file, where the scope has one. */
export const fileOf = (m: M): ObjectId | null => ids(m.objects).find(o => isFile(m, o)) ?? null

/** Its page. */
export function filePart(m: M): M['objects'][ObjectId]['parts'][PartId] | null {
  const file = fileOf(m)
  return file === null ? null : m.objects[file].parts[0 as PartId]
}
/** The frame that the page is in, when it is in memory. */
export function cachedFrame(m: M): Frame | null {
  const part = filePart(m)
  return part?.at.is === 'resident' ? part.at.frame : null
}

/** A store comes in through a mapping that shares the file. */
export function noteStore(m: M, space: Space, page: Page): void {
  const { object, offset } = m.spaces[space].pages[page]
  if (object !== null && isFile(m, object)) m.objects[object].parts[offset as PartId].dirty = true
}

/** Whether hardware notes in the entry of a page that it was written to, and nobody else does: it shows a file. */
export function notesStores(m: M, space: Space, page: Page): boolean {
  const { object } = m.spaces[space].pages[page]
  return m.limits.walkerBits && object !== null && isFile(m, object)
}
/** A fault is about to let somebody write through a mapping that shares the file. */
export function noteFault(m: M, space: Space, page: Page): void {
  if (!notesStores(m, space, page)) noteStore(m, space, page)
}
/** What hardware has noted in an entry becomes the file's. The entry is read and changed in one instant (Linux: ptep_get_and_clear). */
export function collect(m: M, space: Space, page: Page): void {
  const it = m.spaces[space].pages[page]
  if (!it.dirty) return
  it.dirty = false
  noteStore(m, space, page)
}
/** Whether the file does not know yet of a store through some entry. */
export const isNotedOnly = (m: M, frame: Frame): boolean =>
  mappingsOf(m, frame).some(({ space, page }) => m.spaces[space].pages[page].dirty)

/** Whether what a page shows of the file is being saved, or given up. A copy of its own is not. */
export function isFileBusy(m: M, space: Space, page: Page): boolean {
  const origin = originOf(m, space, page)
  if (origin === null) return false
  const { busy, at } = m.objects[origin.object].parts[origin.part]
  const { entry } = m.spaces[space].pages[page]
  const isOwn = entry.is === 'present' && !(at.is === 'resident' && at.frame === entry.frame)
  return busy && !isOwn
}

/** What the page that a page shows holds when it is brought in: what the file has kept, or nothing, of other objects. */
export function keptContent(m: M, space: Space, page: Page) {
  const origin = originOf(m, space, page)
  return origin === null || !isFile(m, origin.object) ? Content.zero : m.objects[origin.object].parts[origin.part].saved
}

/** Nobody names the frame but the file and its mappings, and what it holds is kept. */
export function isDroppable(m: M): boolean {
  const frame = cachedFrame(m)
  if (frame === null) return false
  const { dirty, busy } = need(filePart(m))
  return !dirty && !busy && !isNotedOnly(m, frame) && m.frames[frame].references === mappingsOf(m, frame).length + 1
}
/** What the page holds is not all kept, and nobody is saving it already. */
export const isSavable = (m: M): boolean => {
  const part = filePart(m)
  return part !== null && part.at.is === 'resident' && (part.dirty || isNotedOnly(m, part.at.frame)) && !part.busy
}

/** The file gives its page up: the frame is in the hand of whoever did it. */
export function detach(m: M): Frame {
  const frame = need(cachedFrame(m))
  const part = need(filePart(m))
  part.at = Part.absent
  part.busy = true
  return frame
}
