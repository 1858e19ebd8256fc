// Emptying a swap area: every page in it comes back to memory, for all who have it, and then the area is no longer in
// use. Whether there are enough frames is counted first; nothing is evicted to make room for what was evicted.

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import type { Reverse } from '../frames/reverse.js'
import * as entryFormat from '../page-tables/entry.js'
import type { Leaves } from '../page-tables/leaves.js'
import type { Tables } from '../page-tables/tables.js'
import * as protections from '../protection/protection.js'
import type { Regions } from '../regions/regions.js'
import type { Area } from './area.js'
import { createAreas } from './areas.js'
import { createEmptying } from './emptying.js'

export type Areas = ReturnType<typeof createSwapoff>

interface Chapters {
  readonly cpus: Cpus
  readonly frames: Frames
  readonly area: Area
  readonly reverse: Reverse
  readonly tables: Tables
  readonly leaves: Leaves
  readonly regions: Regions
}

export function createSwapoff(core: Core, chapters: Chapters) {
  const { frames, area: slots, reverse, tables, leaves, regions } = chapters
  const { words, layout } = core
  const { EINVAL, ENOMEM, NONE, OK } = answers
  const { highFor, lowFor, withoutWrite } = entryFormat
  const { WRITE } = protections
  const { get, put: putFrame, takePage } = frames
  const { cachedOf, firstOf, put, read, uncache } = slots
  const { firstOfSlot, nextOf } = reverse
  const { pageOf, spaceOf } = tables
  const { replace } = leaves
  const { find, protectionOf } = regions
  const REFERENCES = layout.references
  const PART = layout.framePart
  const SLOT_REFERENCES = layout.slotReferences
  const SLOT_PART = layout.slotPart
  const FREE = layout.freeFrames
  const { sharers: SHARERS } = core.boot
  const areas = createAreas(core)
  const { exists, isOn, mkswap, rmswap, swapon, retire } = areas
  const SEVERAL = core.boot.cpus > 1
  const { emptyAmongOthers } = createEmptying(core, chapters, areas, { cannotEmpty, give })

  /** Brings all pages of an area back and stops using it. OK; EINVAL not in use; ENOMEM without enough frames. */
  function swapoff(area: number) {
    if (!exists(area) || !isOn(area)) return EINVAL
    if (SEVERAL) return emptyAmongOthers(area)
    if (cannotEmpty(area)) return ENOMEM
    const end = firstOf(area + 1)
    for (let slot = firstOf(area); slot < end; slot++) if (words[SLOT_REFERENCES + slot] > 0) empty(slot)
    retire(area)
    return OK
  }

  /** Whether frames are short for what an area holds. */
  function cannotEmpty(area: number) {
    const end = firstOf(area + 1)
    let needed = 0
    for (let slot = firstOf(area); slot < end; slot++) {
      if (words[SLOT_REFERENCES + slot] > 0 && cachedOf(slot) === NONE) needed++
      if (overshares(slot)) return true
    }
    return words[FREE] < needed
  }

  /** Whether the frame with a slot's content would get more references than can be counted. */
  function overshares(slot: number) {
    const cached = cachedOf(slot)
    // Both hold one for the cache, which lets go.
    return cached !== NONE && words[REFERENCES + cached] - 1 + words[SLOT_REFERENCES + slot] - 1 > SHARERS
  }

  function empty(slot: number) {
    const cached = cachedOf(slot)
    if (cached !== NONE) {
      share(slot, cached)
      uncache(slot)
      return
    }
    const frame = takePage()
    read(slot, frame)
    give(slot, frame)
  }

  /** All that names a slot names a frame with the same content. */
  function give(slot: number, frame: number) {
    if (firstOfSlot(slot) !== 0) giveToEntries(slot, frame)
    else giveToObject(slot, frame, words[SLOT_PART + slot])
  }

  function giveToObject(slot: number, frame: number, part: number) {
    words[part] = frame + 1
    words[PART + frame] = part
    put(slot)
  }

  /** The reference that the frame was taken with goes once its entries have theirs. */
  function giveToEntries(slot: number, frame: number) {
    const entry = firstOfSlot(slot)
    const only = nextOf(entry) === 0
    share(slot, frame)
    putFrame(frame)
    if (only) allowWrite(entry, frame)
  }

  /** Lets all entries that name a slot name a frame, for reading. */
  function share(slot: number, frame: number) {
    for (let entry = firstOfSlot(slot); entry !== 0; entry = firstOfSlot(slot)) {
      const allowed = withoutWrite(protectionAt(entry))
      get(frame)
      replace(entry, lowFor(frame, allowed), highFor(frame, allowed))
    }
  }

  /** Lets the only entry of a frame write, where its region does. */
  function allowWrite(entry: number, frame: number) {
    const protection = protectionAt(entry)
    if ((protection & WRITE) !== 0) tables.publish(entry, lowFor(frame, protection), highFor(frame, protection))
  }

  const protectionAt = (entry: number) => protectionOf(find(spaceOf(entry), pageOf(entry)))

  return { mkswap, rmswap, swapon, swapoff }
}
