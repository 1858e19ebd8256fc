// Reading a machine's memory from outside: what a checker needs to compare the real structures with what they should
// mean. Everything here reads words only, by real tables, trees and lists, and shares no code with what it inspects
// except the format of an entry and the layout. It is slow and may allocate.

import { NONE } from './answers.js'
import type { Core } from './core.js'
import { indexBits } from './geometry.js'
import { nodeField, spaceField, spaceWords } from './layout.js'
import { frameOf, isPresent } from './page-tables/entry.js'

export interface Inspect {
  /** The space of a process, or -1 when it is not alive. */
  spaceOf(process: number): number
  /** The frame of a space's root table, or -1 when the space is free. */
  rootOf(space: number): number
  /** The number of regions that the space itself has counted. */
  regionCountOf(space: number): number
  /** All entries in use of a space's user half, in the order of pages, by the real tables. */
  entries(space: number, visit: (page: number, low: number, high: number) => void): void
  /** All tables of a space, a parent before its children; the root has level `levels - 1` and parent -1. */
  tables(space: number, visit: (frame: number, level: number, parent: number, entries: number) => void): void
  /** All regions of a space in order, as pages from `start` up to `end` and the bits of their protection. */
  regions(space: number, visit: (start: number, end: number, protection: number) => void): void
  /** Tree nodes in the free list, by the number of their first word. */
  freeNodes(visit: (node: number) => void): void
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
  /** One word, unsigned, of what a frame holds. */
  frameWord(frame: number, index: number): number
  /** One word, unsigned, of what a slot holds. */
  slotWord(slot: number, index: number): number
  /** Free frames of the pool, free frames for tables, and free slots, as the machine counts them. */
  free(): { readonly frames: number; readonly tables: number; readonly slots: number }
}

export function createInspect(core: Core): Inspect {
  const { words, doubles, layout } = core
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

  function regions(node: number, visit: (start: number, end: number, protection: number) => void) {
    if (node === 0) return
    regions(words[node + nodeField.left], visit)
    visit(
      doubles[(node + nodeField.start) / 2],
      doubles[(node + nodeField.end) / 2],
      words[node + nodeField.protection],
    )
    regions(words[node + nodeField.right], visit)
  }

  function freeBlocks(visit: (frame: number, order: number) => void) {
    for (let order = 0; order < layout.orders; order++) {
      const head = layout.poolFrames + order
      for (let frame = words[layout.next + head]; frame !== head; frame = words[layout.next + frame]) {
        visit(frame, order)
      }
    }
  }

  function freeNodes(visit: (node: number) => void) {
    for (let node = words[layout.freeNode]; node !== 0; node = words[node + nodeField.left]) visit(node)
  }

  function freeTables(visit: (frame: number) => void) {
    for (let frame = words[layout.freeTable]; frame !== NONE; frame = words[layout.parent + frame]) visit(frame)
  }

  return {
    spaceOf: process => words[layout.processes + process],
    rootOf: space => field(space, spaceField.root),
    regionCountOf: space => field(space, spaceField.regions),
    entries: (space, visit) => entries(field(space, spaceField.root), topLevel, 0, visit),
    tables: (space, visit) => tables(field(space, spaceField.root), topLevel, NONE, visit),
    regions: (space, visit) => regions(field(space, spaceField.tree), visit),
    freeNodes,
    useOf: frame => words[layout.use + frame],
    referencesOf: frame => words[layout.references + frame],
    entriesOf: frame => words[layout.entries + frame],
    parentOf: frame => words[layout.parent + frame],
    isFrameTaken: frame => bit(layout.frameBits, frame),
    freeBlocks,
    freeTables,
    isSlotTaken: slot => bit(layout.slotBits, slot),
    slotReferencesOf: slot => words[layout.slotReferences + slot],
    frameWord: (frame, index) => words[layout.ram + frame * layout.pageWords + index] >>> 0,
    slotWord: (slot, index) => words[layout.slots + slot * layout.pageWords + index] >>> 0,
    free: () => ({
      frames: words[layout.freeFrames],
      tables: core.boot.tables.kind === 'separate' ? words[layout.freeTables] : words[layout.freeFrames],
      slots: words[layout.freeSlots],
    }),
  }
}
