// Objects are memory that several regions can show: segments, and shared anonymous memory. Their pages are theirs, in
// frames or in slots of their own, whether an entry names them or not. Rules: spec/shared-memory.md#objects,
// spec/shared-memory.md#anonymous.

import { putFrame } from '../frames/frames.js'
import { ids, need } from '../kit/index.js'
import { type Cpu, type M, type ObjectId, type Page, Part, type PartId, type Space, type State } from '../state.js'
import { putSlot } from '../swap/swap.js'

/** Which page of which object a page of a space shows; null for private memory. */
export function placeOf(m: M, space: Space, page: Page): { readonly object: ObjectId; readonly part: PartId } | null {
  const { object, offset } = m.spaces[space].pages[page]
  return object === null ? null : { object, part: offset as PartId }
}
/** The same, and of private memory the page of a file that it shows until it is written. */
export function originOf(m: M, space: Space, page: Page): { readonly object: ObjectId; readonly part: PartId } | null {
  const { object, file, offset } = m.spaces[space].pages[page]
  const origin = object ?? file
  return origin === null ? null : { object: origin, part: offset as PartId }
}
/** Where that page is. */
export function partOf(m: M, space: Space, page: Page) {
  const { object, part } = need(originOf(m, space, page))
  return m.objects[object].parts[part].at
}

export const isFreeObject = (m: M, o: ObjectId): boolean => m.objects[o].kind === 'free' && m.objects[o].holder === null
/** Some free object, for an operation that only has to know what it would be like: all free ones are alike. */
export const someFreeObject = (m: M): ObjectId | null => ids(m.objects).find(o => isFreeObject(m, o)) ?? null

/**
 * An object goes with its last attachment, but a segment only once it is marked; and neither while a CPU has its record
 * in hand, which sees to it then.
 */
export function isOrphan(m: M, o: ObjectId): boolean {
  const { kind, attachments, marked, holder } = m.objects[o]
  if (holder !== null) return false
  return attachments === 0 && (kind === 'anonymous' || (kind === 'segment' && marked))
}

/** Gives back what the pages of an object hold, and the record; the next segment in it has another number. */
export function destroy(m: M, o: ObjectId): void {
  const it = m.objects[o]
  for (const part of ids(it.parts)) releasePart(m, o, part)
  if (it.kind === 'segment') it.sequence = (it.sequence + 1) % Math.max(1, m.limits.sequences)
  it.kind = 'free'
  it.size = 0
  it.key = 0
  it.short = 0
  it.owner = 0
  it.creator = 0
  it.mode = 0
  it.marked = false
  it.held = false
}
function releasePart(m: M, o: ObjectId, part: PartId): void {
  const it = m.objects[o].parts[part]
  const { at } = it
  it.at = Part.absent
  if (at.is === 'resident') putFrame(m, at.frame)
  if (at.is === 'swapped') putSlot(m, at.slot)
}

/** Gives back the records that a CPU has in hand; what nothing else keeps goes. */
export function letGoOfObjects(m: M, cpu: Cpu): void {
  for (const it of m.objects) if (it.holder === cpu) it.holder = null
  destroyOrphans(m)
}

/** Destroys every object that nothing keeps any more. */
export function destroyOrphans(m: M): void {
  for (const o of ids(m.objects)) if (isOrphan(m, o)) destroy(m, o)
}

/** Ghost: the pages of an object that is gone read as zeros in the next one. */
export function forgetObjects(m: State): void {
  for (const o of ids(m.objects)) {
    if (m.objects[o].kind === 'free') for (const part of m.ghost.objects[o].parts) part.byte = 0
  }
}
