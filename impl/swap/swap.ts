// Swapping: a page's content moves to a slot and its frame becomes free, or the way back. The entry keeps its place in
// the page table throughout, so no table comes or goes. Faults bring pages in through the same function as the command.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import * as layouts from '../layout.js'
import * as entryFormat from '../page-tables/entry.js'
import type { PageTables } from '../page-tables/page-tables.js'
import type { Tables } from '../page-tables/tables.js'
import type { Regions } from '../regions/regions.js'
import type { Area } from './area.js'

export type Swap = ReturnType<typeof createSwap>

interface Chapters {
  readonly frames: Frames
  readonly tables: Tables
  readonly pageTables: PageTables
  readonly regions: Regions
  readonly area: Area
}

export function createSwap(core: Core, { frames, tables, pageTables, regions, area }: Chapters) {
  const { words, layout } = core
  const { EINVAL, ENOMEM, ENOSPC, NONE, OK } = answers
  const { frameOf, highFor, isPresent, isSwapped, lowFor, slotOf, swappedHigh, swappedLow } = entryFormat
  const { takePage, free: freeFrame } = frames
  const { hide, publish } = tables
  const { walk } = pageTables
  const { find, protectionOf } = regions
  const { take: takeSlot, free: freeSlot, write, read } = area
  const { spaceField, spaceWords } = layouts
  const ROOT = layout.spaces + spaceField.root

  const entryOf = (space: number, page: number) => walk(words[ROOT + space * spaceWords], page)

  /** Moves a resident page to a slot. OK; ENOSPC without a free slot; EINVAL where the page is not resident. */
  function swapOut(space: number, page: number) {
    const entry = entryOf(space, page)
    if (entry === NONE || !isPresent(words[entry])) return EINVAL
    const slot = takeSlot()
    if (slot === NONE) return ENOSPC
    const frame = frameOf(words[entry], words[entry + 1])
    // Hidden before it is copied: a store that comes later must fault, not get lost.
    hide(entry)
    write(slot, frame)
    publish(entry, swappedLow(slot), swappedHigh(slot))
    freeFrame(frame)
    return OK
  }

  /** Brings a swapped page back. OK; ENOMEM without a free frame; EINVAL where the page is not swapped. */
  function swapIn(space: number, page: number) {
    const entry = entryOf(space, page)
    if (entry === NONE || !isSwapped(words[entry])) return EINVAL
    return bringIn(entry, protectionOf(find(space, page)))
  }

  /** Gives a swapped entry a frame with its slot's content, under its region's protection. OK or ENOMEM. */
  function bringIn(entry: number, protection: number) {
    const frame = takePage()
    if (frame === NONE) return ENOMEM
    const slot = slotOf(words[entry], words[entry + 1])
    read(slot, frame)
    publish(entry, lowFor(frame, protection), highFor(frame, protection))
    freeSlot(slot)
    return OK
  }

  return { swapOut, swapIn, bringIn }
}

/** What becomes of an entry's frame or slot once the entry is absent. */
export function createDiscard({ free: freeFrame }: Frames, { free: freeSlot }: Area) {
  const { frameOf, isPresent, slotOf } = entryFormat
  return function discard(low: number, high: number) {
    if (isPresent(low)) freeFrame(frameOf(low, high))
    else freeSlot(slotOf(low, high))
  }
}
