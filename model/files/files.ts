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
  return !dirty && !busy && m.frames[frame].references === mappingsOf(m, frame).length + 1
}
export const isSavable = (m: M): boolean => {
  const part = filePart(m)
  return part !== null && part.at.is === 'resident' && part.dirty && !part.busy
}

/** The file gives its page up: the frame is in the hand of whoever did it. */
export function detach(m: M): Frame {
  const frame = need(cachedFrame(m))
  const part = need(filePart(m))
  part.at = Part.absent
  part.busy = true
  return frame
}
