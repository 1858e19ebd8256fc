// Evicting one frame: its content goes to a slot, and every entry that names it, in whatever space, says so. Private
// memory keeps its entries, which now name the slot. Memory of an object does not: the object itself knows the slot,
// and entries come back when the page is touched. A frame that the swap cache knows has its copy in a slot already.

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import * as uses from '../frames/frame-use.js'
import type { Frames } from '../frames/frames.js'
import type { Reverse } from '../frames/reverse.js'
import * as layouts from '../layout.js'
import * as entryFormat from '../page-tables/entry.js'
import type { Leaves } from '../page-tables/leaves.js'
import type { Tables } from '../page-tables/tables.js'
import type { Regions } from '../regions/regions.js'
import type { Objects } from '../shared-memory/objects.js'
import type { Gather } from '../tlb/gather.js'
import type { Area } from './area.js'
import { createLeaving } from './leaving.js'

export type Evict = ReturnType<typeof createEvict>

interface Chapters {
  readonly cpus: Cpus
  readonly gather: Gather
  readonly frames: Frames
  readonly area: Area
  readonly reverse: Reverse
  readonly tables: Tables
  readonly leaves: Leaves
  readonly regions: Regions
  readonly objects: Pick<Objects, 'isHeld' | 'objectOf'>
}

export function createEvict(core: Core, chapters: Chapters) {
  const { frames, area, reverse, tables, leaves, regions, objects } = chapters
  const { words, layout } = core
  const { ENOSPC, NONE, OK } = answers
  const { swappedHigh, swappedLow } = entryFormat
  const { page: PAGE } = uses.frameUse
  const { NO_NODE } = layouts
  const { firstOf, nextOf, unlink } = reverse
  const { hide, pageOf, prune, spaceOf } = tables
  const { drop, set } = leaves
  const { get, put, take, uncache, write } = area
  const { free } = frames
  const { find, lockOf } = regions
  const { isHeld: isObjectHeld, objectOf } = objects
  const USE = layout.use
  const REFERENCES = layout.references
  const PART = layout.framePart
  const SLOT = layout.frameSlot
  const SLOT_REFERENCES = layout.slotReferences
  const SLOT_PART = layout.slotPart
  const { sharers: SHARERS } = core.boot
  const { takeRegions, giveRegions, takeMaps, giveMaps } = chapters.cpus
  const { evict: evictAmongOthers } = createLeaving(core, chapters, evictable)
  const SEVERAL = core.boot.cpus > 1

  /** Whether a frame may be taken from its page: nobody locks it, no operation holds it, its slot can count its entries. */
  function evictable(frame: number) {
    if (words[USE + frame] !== PAGE) return false
    const part = words[PART + frame]
    if (part !== 0 && isObjectHeld(objectOf(part))) return false
    let entries = 0
    for (let entry = firstOf(frame); entry !== 0; entry = nextOf(entry)) {
      if (isLocked(entry)) return false
      entries++
    }
    // Its last name may just have gone, and it is about to be free.
    if (SEVERAL && entries === 0 && part === 0) return false
    const others = words[REFERENCES + frame] - entries - (part !== 0 ? 1 : 0)
    const copy = words[SLOT + frame] - 1
    if (copy === NONE) return others === 0
    // The copy's slot must be able to count the entries, instead of the cache.
    return others === 1 && words[SLOT_REFERENCES + copy] + entries - 1 <= SHARERS
  }

  function isLocked(entry: number) {
    const region = find(spaceOf(entry), pageOf(entry))
    return region !== NO_NODE && lockOf(region) !== 0
  }

  /** Evicts an evictable frame, which is then free. OK; ENOSPC without a slot, and nothing has changed. */
  function evict(frame: number) {
    if (SEVERAL) return evictAmongOthers(frame)
    const copy = words[SLOT + frame] - 1
    const slot = copy === NONE ? take() : copy
    if (slot === NONE) return ENOSPC
    const part = words[PART + frame]
    if (part !== 0) evictPart(frame, part, slot)
    else if (copy === NONE) evictPrivate(frame, slot)
    else {
      rename(frame, slot)
      uncache(slot)
    }
    free(frame)
    return OK
  }

  function evictPrivate(frame: number, slot: number) {
    // Hidden before it is copied: a store that comes later must fault, not get lost.
    for (let entry = firstOf(frame); entry !== 0; entry = nextOf(entry)) hide(entry)
    write(slot, frame)
    rename(frame, slot)
    // Every entry brought a reference; the one that the slot was taken with goes.
    put(slot)
  }

  /** Lets all entries that name a frame name a slot, with a reference to the slot for each. */
  function rename(frame: number, slot: number) {
    for (let entry = firstOf(frame); entry !== 0; entry = firstOf(frame)) {
      unlink(entry)
      get(slot)
      set(entry, swappedLow(slot), swappedHigh(slot))
    }
  }

  function evictPart(frame: number, part: number, slot: number) {
    for (let entry = firstOf(frame); entry !== 0; entry = firstOf(frame)) {
      if (drop(entry) === 0) prune(entry)
    }
    write(slot, frame)
    words[part] = ~slot
    words[SLOT_PART + slot] = part
  }

  /** The same as `evictable`, where others map and unmap meanwhile. */
  function isEvictable(frame: number) {
    return SEVERAL ? isEvictableAmongOthers(frame) : evictable(frame)
  }

  function isEvictableAmongOthers(frame: number) {
    takeRegions()
    takeMaps()
    const answer = evictable(frame)
    giveMaps()
    giveRegions()
    return answer
  }

  return { evictable, isEvictable, evict }
}
