// Entries of bottom tables, with the books on what they name: whoever sets, changes or drops an entry here keeps the
// reverse mapping right, and where an entry goes, its frame or slot loses a reference. A reference for a new entry is
// the caller's to bring.

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import type { Reverse } from '../frames/reverse.js'
import type { Area } from '../swap/area.js'
import type { Gather } from '../tlb/gather.js'
import * as entryFormat from './entry.js'
import type { Tables } from './tables.js'

export type Leaves = ReturnType<typeof createLeaves>

interface Chapters {
  readonly cpus: Cpus
  readonly gather: Gather
  readonly frames: Frames
  readonly area: Area
  readonly reverse: Reverse
  readonly tables: Tables
}

export function createLeaves(core: Core, { cpus, gather: hand, frames, area, reverse, tables }: Chapters) {
  const { words } = core
  const { NONE } = answers
  const { ACCESSED, DIRTY, heldFrameOf, highFor, isHeld, isSwapped, lowFor, slotOf, SPECIAL } = entryFormat
  const MARKS = ACCESSED | DIRTY | SPECIAL
  const { put: putFrame } = frames
  const { put: putSlot } = area
  const { link, unlink } = reverse
  const { clear, publish } = tables
  const { takeMaps, giveMaps } = cpus
  const { gather, mark } = hand
  const SEVERAL = core.boot.cpus > 1

  /** Gives an absent entry, already claimed, its meaning. */
  function set(entry: number, low: number, high: number) {
    link(entry, low, high)
    publish(entry, low, high)
  }

  /** One reference less for what an entry named. */
  function letGo(low: number, high: number) {
    if (isSwapped(low)) putSlot(slotOf(low, high))
    else if ((low & SPECIAL) === 0) putFrame(heldFrameOf(low, high))
  }

  /** Lets an entry in use name something else. */
  function replace(entry: number, low: number, high: number) {
    const oldLow = words[entry]
    const oldHigh = words[entry + 1]
    unlink(entry)
    set(entry, low, high)
    letGo(oldLow, oldHigh)
  }

  /** Makes an entry absent. Its table stays, even when that was its last one. How many the table has left. */
  function drop(entry: number) {
    if (SEVERAL) return takeAway(entry)
    const low = words[entry]
    const high = words[entry + 1]
    const left = clear(entry)
    unlink(entry)
    letGo(low, high)
    return left
  }

  /** The same where other CPUs may still know it: what it held is in hand until they have forgotten. */
  function takeAway(entry: number) {
    takeMaps()
    const low = words[entry]
    const high = words[entry + 1]
    // Evicted meanwhile, if it was of an object.
    if ((low | high) !== 0) {
      clear(entry)
      unlink(entry)
      if (isSwapped(low)) putSlot(slotOf(low, high))
      else if ((low & SPECIAL) === 0) gather(heldFrameOf(low, high))
      else mark()
    }
    giveMaps()
    return NONE
  }

  /** Moves an entry's meaning to an absent one that is already claimed. How many the old one's table has left. */
  function move(from: number, to: number) {
    if (SEVERAL) return moveHidden(from, to)
    const low = words[from]
    const high = words[from + 1]
    const left = clear(from)
    unlink(from)
    set(to, low, high)
    return left
  }

  /**
   * The same where other CPUs may still reach the page where it was: nobody gets in where it is now, until it is said
   * what they may.
   */
  function moveHidden(from: number, to: number) {
    takeMaps()
    const low = words[from]
    const high = words[from + 1]
    const left = clear(from)
    unlink(from)
    if (isHeld(low)) {
      const frame = heldFrameOf(low, high)
      set(to, lowFor(frame, 0) | (low & MARKS), highFor(frame, 0))
      mark()
    } else set(to, low, high)
    giveMaps()
    return left
  }

  return { set, replace, drop, move }
}
