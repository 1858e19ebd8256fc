// Reading a machine's memory from outside: what a checker needs to compare the real structures with what they should
// mean. Everything here reads words only, by real tables, trees and lists, and shares no code with what it inspects
// except the format of an entry and the layout. It is slow and may allocate.

import { NONE } from './answers.js'
import type { Core } from './core.js'
import { indexBits } from './geometry.js'
import { createInspectRecords, type InspectRecords } from './inspect-records.js'
import { areaField, areaWords, spaceField, spaceWords } from './layout.js'
import { frameOf, isPresent } from './page-tables/entry.js'

export interface Inspect extends InspectRecords {
  /** All entries in use of a space's user half, in the order of pages, by the real tables. */
  entries(space: number, visit: (page: number, low: number, high: number) => void): void
  /** All tables of a space, a parent before its children; the root has level `levels - 1` and parent -1. */
  tables(space: number, visit: (frame: number, level: number, parent: number, entries: number) => void): void
  /** A value of `frameUse`. Frames of the pool come first, then those set aside for tables. */
  useOf(frame: number): number
  referencesOf(frame: number): number
  /** Entries in use that a table's frame counts, 0 for any other frame. */
  entriesOf(frame: number): number
  /** The entry that a table hangs below, -1 for roots and for frames that are no table. */
  parentOf(frame: number): number
  /** Whether the bitmap says that a frame of the pool is in use. */
  isFrameTaken(frame: number): boolean
  /** The blocks in the buddy lists: 2^order frames from `frame` on. */
  freeBlocks(visit: (frame: number, order: number) => void): void
  /** The free frames of those set aside for tables. */
  freeTables(visit: (frame: number) => void): void
  isSlotTaken(slot: number): boolean
  slotReferencesOf(slot: number): number
  /** The frame that the swap cache says holds what a slot holds, -1 for none; and the slot of a frame. */
  cachedFrameOf(slot: number): number
  cachedSlotOf(frame: number): number
  /** The entries (numbers of their low words) that the reverse mapping of a frame of the pool lists, or of a slot. */
  mapsOf(frame: number, visit: (entry: number) => void): void
  mapsOfSlot(slot: number, visit: (entry: number) => void): void
  /** The word of the object that names a frame of the pool, or a slot; 0 for none. */
  partOfFrame(frame: number): number
  partOfSlot(slot: number): number
  /** The page frames that a list of the replacement policy holds, newest first; false for the inactive list. */
  lru(active: boolean, visit: (frame: number) => void): void
  areaAt(area: number): {
    readonly on: boolean
    readonly header: boolean
    readonly priority: number
    readonly free: number
  }
  /** One word, unsigned, of what a frame holds. */
  frameWord(frame: number, index: number): number
  /** One word, unsigned, of what a slot holds. */
  slotWord(slot: number, index: number): number
  /** Free frames of the pool, free frames for tables, and free slots, as the machine counts them. */
  free(): { readonly frames: number; readonly tables: number; readonly slots: number }
}

export function createInspect(core: Core): Inspect {
  const { words, layout } = core
  const { geometry } = core.boot
  const tableEntries = 2 ** indexBits(geometry)
  const topLevel = geometry.levels - 1
  const bit = (at: number, member: number) => ((words[at + (member >>> 5)] >>> (member & 31)) & 1) === 1
  const field = (space: number, of: number) => words[layout.spaces + space * spaceWords + of]
  const entryAt = (table: number, index: number) => layout.ram + table * layout.pageWords + index * 2
  /** Entries of a table on a level that belong to the user: half of the root's, all of the others'. */
  const userEntries = (level: number) => (level === topLevel ? tableEntries / 2 : tableEntries)

  function entries(
    table: number,
    level: number,
    base: number,
    visit: (page: number, low: number, high: number) => void,
  ) {
    for (let index = 0; index < userEntries(level); index++) {
      const [low, high] = [words[entryAt(table, index)], words[entryAt(table, index) + 1]]
      const page = base + index * tableEntries ** level
      if (level > 0 && isPresent(low)) entries(frameOf(low, high), level - 1, page, visit)
      else if ((low | high) !== 0) visit(page, low, high)
    }
  }

  function tables(
    table: number,
    level: number,
    parent: number,
    visit: (frame: number, level: number, parent: number, entries: number) => void,
  ) {
    visit(table, level, parent, words[layout.entries + table])
    if (level === 0) return
    for (let index = 0; index < userEntries(level); index++) {
      const [low, high] = [words[entryAt(table, index)], words[entryAt(table, index) + 1]]
      if (isPresent(low)) tables(frameOf(low, high), level - 1, table, visit)
    }
  }

  function freeBlocks(visit: (frame: number, order: number) => void) {
    for (let order = 0; order < layout.orders; order++) {
      const head = layout.poolFrames + order
      for (let frame = words[layout.next + head]; frame !== head; frame = words[layout.next + frame]) {
        visit(frame, order)
      }
    }
  }

  function freeTables(visit: (frame: number) => void) {
    for (let frame = words[layout.freeTable]; frame !== NONE; frame = words[layout.parent + frame]) visit(frame)
  }

  function maps(first: number, visit: (entry: number) => void) {
    const links = layout.links - layout.ram
    for (let entry = first; entry !== 0; entry = words[entry + links]) visit(entry)
  }

  function lru(active: boolean, visit: (frame: number) => void) {
    if (!core.boot.reclaim) return
    const head = layout.poolFrames + (active ? 1 : 0)
    for (let frame = words[layout.lruNext + head]; frame !== head; frame = words[layout.lruNext + frame]) visit(frame)
  }

  function areaAt(area: number) {
    const at = layout.areas + area * areaWords
    return {
      on: words[at + areaField.on] === 1,
      header: words[at + areaField.header] === 1,
      priority: words[at + areaField.priority],
      free: words[at + areaField.free],
    }
  }

  return {
    ...createInspectRecords(core),
    entries: (space, visit) => entries(field(space, spaceField.root), topLevel, 0, visit),
    tables: (space, visit) => tables(field(space, spaceField.root), topLevel, NONE, visit),
    useOf: frame => words[layout.use + frame],
    referencesOf: frame => words[layout.references + frame],
    entriesOf: frame => words[layout.entries + frame],
    // A root's parent is its space, inverted.
    parentOf: frame => Math.max(NONE, words[layout.parent + frame]),
    isFrameTaken: frame => bit(layout.frameBits, frame),
    freeBlocks,
    freeTables,
    isSlotTaken: slot => bit(layout.slotBits, slot),
    slotReferencesOf: slot => words[layout.slotReferences + slot],
    cachedFrameOf: slot => words[layout.slotFrame + slot] - 1,
    cachedSlotOf: frame => words[layout.frameSlot + frame] - 1,
    mapsOf: (frame, visit) => maps(words[layout.frameMaps + frame], visit),
    mapsOfSlot: (slot, visit) => maps(words[layout.slotMaps + slot], visit),
    partOfFrame: frame => words[layout.framePart + frame],
    partOfSlot: slot => words[layout.slotPart + slot],
    lru,
    areaAt,
    frameWord: (frame, index) => words[layout.ram + frame * layout.pageWords + index] >>> 0,
    slotWord: (slot, index) => words[layout.slots + slot * layout.pageWords + index] >>> 0,
    free: () => ({
      frames: words[layout.freeFrames],
      tables: core.boot.tables.kind === 'separate' ? words[layout.freeTables] : words[layout.freeFrames],
      slots: words[layout.freeSlots],
    }),
  }
}
