// Swapping: a page's content moves to a slot and its frame becomes free, or the way back. Faults bring pages in through
// the same function as the command. With the swap cache, a page that came back and was not written keeps its slot: the
// slot is a copy that makes the next eviction free, and others who have the page in that slot share the frame.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import * as layouts from '../layout.js'
import * as entryFormat from '../page-tables/entry.js'
import type { Leaves } from '../page-tables/leaves.js'
import type { PageTables } from '../page-tables/page-tables.js'
import type { Regions } from '../regions/regions.js'
import type { Area } from './area.js'
import type { Evict } from './evict.js'

export type Swap = ReturnType<typeof createSwap>

interface Chapters {
  readonly frames: Frames
  readonly leaves: Leaves
  readonly pageTables: PageTables
  readonly regions: Regions
  readonly area: Area
  readonly evict: Evict
}

export function createSwap(core: Core, { frames, leaves, pageTables, regions, area, evict: evicting }: Chapters) {
  const { words, layout } = core
  const { EBUSY, EINVAL, NONE, OK } = answers
  const { heldFrameOf, highFor, isHeld, isSwapped, isZero, lowFor, slotOf, withoutWrite } = entryFormat
  const { begin, get, lacks, takePage } = frames
  const { replace } = leaves
  const { walk } = pageTables
  const { find, protectionOf } = regions
  const { cache, cachedOf, read } = area
  const { evict, isEvictable } = evicting
  const { spaceField, spaceWords } = layouts
  const { swapCache: CACHING, sharers: SHARERS } = core.boot
  const SEVERAL = core.boot.cpus > 1
  const ROOT = layout.spaces + spaceField.root
  const REFERENCES = layout.references

  const entryOf = (space: number, page: number) => walk(words[ROOT + space * spaceWords], page)

  /** Moves a resident page to a slot. OK; ENOSPC without a slot; EINVAL where no frame is; EBUSY where it must stay. */
  function swapOut(space: number, page: number) {
    const entry = entryOf(space, page)
    const low = words[entry]
    if (entry === NONE || !isHeld(low) || isZero(low)) return EINVAL
    const frame = heldFrameOf(low, words[entry + 1])
    // Looked at without the lock of maps: both words must be of one entry. Whether its frame may go is asked under the locks.
    if (SEVERAL && Atomics.load(words, entry) !== low) return EBUSY
    return isEvictable(frame) ? evict(frame) : EBUSY
  }

  /** Brings a swapped page back. OK; ENOMEM without a frame; EINVAL where the page is not swapped. */
  function swapIn(space: number, page: number) {
    const entry = entryOf(space, page)
    if (entry === NONE || !isSwapped(words[entry])) return EINVAL
    begin()
    return bringIn(entry, protectionOf(find(space, page)), false) ? OK : lacks()
  }

  /**
   * Gives a swapped entry a frame with its slot's content, under its region's protection. `alone` asks for a frame of
   * its own, to be written. Whether it could; otherwise the entry is as it was.
   */
  function bringIn(entry: number, protection: number, alone: boolean) {
    const slot = slotOf(words[entry], words[entry + 1])
    const resident = CACHING ? cachedOf(slot) : NONE
    // Whoever wants to write would have to share the frame first, and then copy it.
    if (resident !== NONE && words[REFERENCES + resident] >= SHARERS) return false
    if (resident !== NONE && !alone) get(resident)
    const frame = resident !== NONE && !alone ? resident : bringBack(slot, CACHING && !alone)
    if (frame === NONE) return false
    const allowed = CACHING && !alone ? withoutWrite(protection) : protection
    replace(entry, lowFor(frame, allowed), highFor(frame, allowed))
    return true
  }

  /** A fresh frame with a slot's content, known to the swap cache or not. Its number, or NONE. */
  function bringBack(slot: number, cached: boolean) {
    const frame = takePage()
    if (frame === NONE) return NONE
    read(slot, frame)
    if (cached) cache(slot, frame)
    return frame
  }

  return { swapOut, swapIn, bringIn }
}
