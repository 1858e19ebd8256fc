// Emptying a swap area where several CPUs run. Nothing goes to it from the first change on. Its slots are emptied one by
// one: the slot is held and read into a frame with no lock; then, when nobody has a space alone that names it, or entries
// in hand, all of them get the frame in one go. What faults have brought back by then is left to them
// (spec/concurrency.md#records).

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import type { Reverse } from '../frames/reverse.js'
import type { Tables } from '../page-tables/tables.js'
import type { Area } from './area.js'
import type { createAreas } from './areas.js'

interface Chapters {
  readonly cpus: Cpus
  readonly frames: Frames
  readonly area: Area
  readonly reverse: Reverse
  readonly tables: Tables
}
/** What it is made of where one CPU runs alone, too. */
interface Parts {
  readonly cannotEmpty: (area: number) => boolean
  readonly give: (slot: number, frame: number) => void
}

export function createEmptying(
  core: Core,
  { cpus, frames, area: slots, reverse, tables }: Chapters,
  { close, reopen, retire }: ReturnType<typeof createAreas>,
  { cannotEmpty, give }: Parts,
) {
  const { words, layout } = core
  const { ENOMEM, NONE, OK } = answers
  const { takeRegions, giveRegions, takeMaps, giveMaps, takeSlots, giveSlots, takeFrames, giveFrames } = cpus
  const { areInHand, waitForTables, isLocked, waitForSpace, wait } = cpus
  const { put: putFrame, takeFreePage } = frames
  const { firstOf, get: getSlot, put: putSlot, read } = slots
  const { firstOfSlot, nextOf } = reverse
  const { spaceOf } = tables
  const REFERENCES = layout.slotReferences
  const PART = layout.slotPart
  const BUSY = layout.slotBusy

  /** Brings all pages of an area back and stops using it. OK, or ENOMEM. */
  function emptyAmongOthers(area: number) {
    if (!begin(area)) return ENOMEM
    const end = firstOf(area + 1)
    let isEmpty = true
    for (let slot = firstOf(area); slot < end && isEmpty; slot++) isEmpty = empty(slot)
    takeSlots()
    if (isEmpty) retire(area)
    else reopen(area)
    giveSlots()
    return isEmpty ? OK : ENOMEM
  }

  /** Closes the area, if there are frames enough now. */
  function begin(area: number) {
    takeMaps()
    takeSlots()
    takeFrames()
    const begins = !cannotEmpty(area)
    if (begins) close(area)
    giveFrames()
    giveSlots()
    giveMaps()
    return begins
  }

  /** Empties a slot, which nobody takes again. Whether there was a frame. */
  function empty(slot: number) {
    while (hold(slot)) {
      const frame = takeFreePage()
      if (frame !== NONE) read(slot, frame)
      takeSettled(slot)
      if (frame !== NONE) bringBack(slot, frame)
      putSlot(slot)
      giveMaps()
      giveRegions()
      if (frame === NONE) return false
    }
    return true
  }

  /** Holds a slot, so that it stays what it is, once its content is there. Whether anybody needs it any more. */
  function hold(slot: number) {
    for (;;) {
      takeMaps()
      const references = words[REFERENCES + slot]
      const isBusy = words[BUSY + slot] !== 0
      const isHeld = references > 0 && !isBusy && isNamed(slot)
      if (isHeld) getSlot(slot)
      giveMaps()
      if (isHeld || references === 0) return isHeld
      if (isBusy) wait(BUSY + slot, 1, 'slots.busy')
      // Only operations hold it that have brought it back, or found themselves overtaken.
      else wait(REFERENCES + slot, references, 'slots.busy')
    }
  }

  /** Whether entries or a page of an object name a slot. */
  function isNamed(slot: number) {
    const part = words[PART + slot]
    return firstOfSlot(slot) !== 0 || (part !== 0 && words[part] === ~slot)
  }

  /** Gives a frame to all that names the slot; back, where others were quicker. */
  function bringBack(slot: number, frame: number) {
    if (isNamed(slot)) give(slot, frame)
    else putFrame(frame)
  }

  /** Takes regions and maps when no space that names the slot is changed, and nobody has its entries in hand. */
  function takeSettled(slot: number) {
    for (;;) {
      takeRegions()
      takeMaps()
      const space = spaceAtWork(slot)
      if (space === NONE) return
      giveMaps()
      giveRegions()
      waitForSpace(space)
      waitForTables(space)
    }
  }

  function spaceAtWork(slot: number) {
    for (let entry = firstOfSlot(slot); entry !== 0; entry = nextOf(entry)) {
      const space = spaceOf(entry)
      if (isLocked(space) || areInHand(space)) return space
    }
    return NONE
  }

  return { emptyAmongOthers }
}
