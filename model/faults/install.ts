// The last step of making a page resident: what was prepared is handed to the entry. References that the operation held
// become the entry's, the cache's or the object's. Rule: spec/faults.md#resident.

import { isFile, noteFault, notesStores } from '../files/files.js'
import { letGo, putFrame } from '../frames/frames.js'
import { need } from '../kit/index.js'
import { setEntry } from '../page-tables/page-tables.js'
import { markExclusive } from '../pins/pins.js'
import { originOf, partOf } from '../shared-memory/objects.js'
import { Entry, type Frame, type M, type Page, Part, type Space } from '../state.js'
import { cacheOf, putSlot } from '../swap/swap.js'
import type { Resident } from './resident.js'
import { readOnly, rightsDecision } from './rights.js'
import { sourceFrame, sourceSlot, spotOf, wayOf } from './way.js'

export function install(m: M, my: Resident): void {
  const { space, page } = spotOf(m, my)
  switch (wayOf(m, my)) {
    case 'nothing':
      break
    case 'frame of zeros':
      setEntry(m, space, page, Entry.zero({ rights: readOnly(rightsAt(m, space, page)) }))
      break
    case 'bring the object in':
      bringPart(m, my)
      break
    case 'show the object':
      showPart(m, my)
      break
    case 'bring in and keep':
      keep(m, my)
      break
    case 'share the cached':
      shareCached(m, my)
      break
    case 'bring in':
    case 'copy the cached':
      putSlot(m, need(sourceSlot(m, my)))
      own(m, my)
      break
    case 'copy':
      putFrame(m, need(sourceFrame(m, my)))
      own(m, my)
      break
    case 'fresh':
      own(m, my)
      break
    case 'let go and allow':
      letGo(m, need(cacheOf(m, need(sourceFrame(m, my)))))
      allow(m, my)
      break
    case 'allow':
      allow(m, my)
      break
  }
}

const rightsAt = (m: M, space: Space, page: Page) => rightsDecision({ region: m.spaces[space].pages[page].region })

function present(m: M, space: Space, page: Page, f: Frame, alone: boolean): void {
  const rights = rightsAt(m, space, page)
  setEntry(m, space, page, Entry.present({ frame: f, rights: alone ? rights : readOnly(rights) }))
}

/** The frame in hand is the entry's, and nobody else's. */
function own(m: M, my: Resident): void {
  const { space, page } = spotOf(m, my)
  present(m, space, page, need(my.frame), true)
  markExclusive(m, need(my.frame))
  my.frame = null
}
/** The frame of the entry may be written from now on. */
function allow(m: M, my: Resident): void {
  const { space, page } = spotOf(m, my)
  const f = need(sourceFrame(m, my))
  noteFault(m, space, page)
  present(m, space, page, f, true)
  if (m.spaces[space].pages[page].object === null) markExclusive(m, f)
}

/** The entry and the swap cache have the frame in hand; of the slot, the cache takes the entry's place. */
function keep(m: M, my: Resident): void {
  const { space, page } = spotOf(m, my)
  const f = need(my.frame)
  const slot = need(sourceSlot(m, my))
  m.slots[slot].cached = f
  m.slots[slot].kept = slot
  m.frames[f].references++
  present(m, space, page, f, false)
  my.frame = null
}
function shareCached(m: M, my: Resident): void {
  const { space, page } = spotOf(m, my)
  const slot = need(sourceSlot(m, my))
  const f = need(m.slots[slot].cached)
  m.frames[f].references++
  present(m, space, page, f, false)
  putSlot(m, slot)
}

/** The frame in hand is the object's, which gives back the slot that it may have, and the entry shows it. */
function bringPart(m: M, my: Resident): void {
  const { space, page } = spotOf(m, my)
  const { object, part } = need(originOf(m, space, page))
  const slot = sourceSlot(m, my)
  if (slot !== null) putSlot(m, slot)
  m.objects[object].parts[part].at = Part.resident({ frame: need(my.frame) })
  my.frame = null
  showPart(m, my)
}
function showPart(m: M, my: Resident): void {
  const { space, page } = spotOf(m, my)
  const at = partOf(m, space, page)
  if (at.is !== 'resident') return
  m.frames[at.frame].references++
  if (my.access === 'store') noteFault(m, space, page)
  present(m, space, page, at.frame, isWrittenThrough(m, my))
}
/**
 * Whether what is shown may be written from now on. Of a file not by private memory, whose next store finds the entry and
 * makes a copy; and by a mapping that shares it only once it stores, for then the page is dirty, unless hardware notes that.
 */
function isWrittenThrough(m: M, my: Resident): boolean {
  const { space, page } = spotOf(m, my)
  const { object } = m.spaces[space].pages[page]
  if (object === null) return false
  return my.access === 'store' || !isFile(m, object) || notesStores(m, space, page)
}
