// Evicting one frame where several CPUs run: it locks no space. It waits until nobody has entries in hand that name the
// frame, lets all of them name the slot in one go, and makes every CPU forget the frame; only then is the content final,
// and copied. Until it is, the slot is busy, and who wants the page back waits (spec/swap.md#swap-out).

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import type { Reverse } from '../frames/reverse.js'
import * as entryFormat from '../page-tables/entry.js'
import type { Leaves } from '../page-tables/leaves.js'
import type { Tables } from '../page-tables/tables.js'
import type { Gather } from '../tlb/gather.js'
import type { Area } from './area.js'

interface Chapters {
  readonly cpus: Cpus
  readonly gather: Gather
  readonly frames: Frames
  readonly area: Area
  readonly reverse: Reverse
  readonly tables: Tables
  readonly leaves: Leaves
}

export function createLeaving(core: Core, chapters: Chapters, evictable: (frame: number) => boolean) {
  const { cpus, gather, frames, area, reverse, tables, leaves } = chapters
  const { words, layout } = core
  const { EBUSY, ENOSPC, NONE, OK } = answers
  const { swappedHigh, swappedLow } = entryFormat
  const { takeRegions, giveRegions, takeMaps, giveMaps, areInHand, waitForTables, forgetFrameEverywhere } = cpus
  const { get: getFrame, put: putFrame } = frames
  const { get: getSlot, put: putSlot, take, write } = area
  const { firstOf, nextOf, unlink } = reverse
  const { clear, prune, spaceOf } = tables
  const { isAlone, tryToRead, giveToRead } = cpus
  const { giveAll, hasRoom } = gather
  const { set } = leaves
  const PART = layout.framePart
  const SLOT_PART = layout.slotPart
  const BUSY = layout.slotBusy
  const EVICTING = layout.evicting

  /** Evicts a frame. OK; ENOSPC without a slot; EBUSY where it is not what was looked at any more. */
  function evict(frame: number) {
    const slot = take()
    if (slot === NONE) return ENOSPC
    Atomics.store(words, BUSY + slot, 1)
    const left = redirect(frame, slot)
    if (left) {
      forgetFrameEverywhere(frame)
      // Tables: everybody was asked, so nobody walks through them any more.
      giveAll()
      write(slot, frame)
    }
    vacate(slot)
    if (!left) return EBUSY
    Atomics.sub(words, EVICTING, 1)
    putFrame(frame)
    return OK
  }

  /** All that names a frame names a slot, if it may still go. Whether it does; the frame is then in hand. */
  function redirect(frame: number, slot: number) {
    takeSettled(frame)
    const goes = evictable(frame)
    if (goes) {
      getFrame(frame)
      if (words[PART + frame] === 0) renameEntries(frame, slot)
      else renamePart(frame, slot)
      Atomics.add(words, EVICTING, 1)
    }
    giveMaps()
    giveRegions()
    return goes
  }

  /** Takes regions and maps when nobody has entries in hand that name a frame. */
  function takeSettled(frame: number) {
    for (;;) {
      takeRegions()
      takeMaps()
      const space = spaceInHand(frame)
      if (space === NONE) return
      giveMaps()
      giveRegions()
      waitForTables(space)
    }
  }

  function spaceInHand(frame: number) {
    for (let entry = firstOf(frame); entry !== 0; entry = nextOf(entry)) {
      if (areInHand(spaceOf(entry))) return spaceOf(entry)
    }
    return NONE
  }

  function renameEntries(frame: number, slot: number) {
    for (let entry = firstOf(frame); entry !== 0; entry = firstOf(frame)) {
      unlink(entry)
      getSlot(slot)
      set(entry, swappedLow(slot), swappedHigh(slot))
      putFrame(frame)
    }
  }

  /** The page of an object is swapped once for all: the entries that showed it go. */
  function renamePart(frame: number, slot: number) {
    const part = words[PART + frame]
    for (let entry = firstOf(frame); entry !== 0; entry = firstOf(frame)) {
      const space = spaceOf(entry)
      unlink(entry)
      if (clear(entry) === 0) pruneIn(space, entry)
      putFrame(frame)
    }
    getSlot(slot)
    words[part] = ~slot
    words[SLOT_PART + slot] = part
    words[PART + frame] = 0
    putFrame(frame)
  }

  /** Unhooks tables that are empty now, unless another CPU has the space alone: it may be at work in them, and will find them. */
  function pruneIn(space: number, entry: number) {
    if (!hasRoom()) return
    if (isAlone(space)) prune(entry)
    else if (tryToRead(space)) {
      prune(entry)
      giveToRead(space)
    }
  }

  /** The slot holds what it should, or nothing, and the operation needs it no more. */
  function vacate(slot: number) {
    takeMaps()
    Atomics.store(words, BUSY + slot, 0)
    putSlot(slot)
    giveMaps()
  }

  return { evict }
}
