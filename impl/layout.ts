// Where everything lies in the one buffer that holds the whole state of a machine. All positions are numbers of
// 32-bit words. Nothing outside the buffer remembers anything, so a copy of it is a complete snapshot.
//
//   word 0 ┌──────────────────────────────────────────────────────────────────────────────┐
//          │ counters    free frames, tables, slots; heads of free lists (word 0: unused) │
//          │ processes   one word each: its space, or -1                                  │
//          │ spaces      a bitmap, then root frame, region tree, number of regions of each│
//          │ frames      per frame: use, references; of tables: entries, parent entry     │
//          │ buddy       next and previous with one list head per order, order, a bitmap  │
//          │ regions     a pool of tree nodes, 8 words each                               │
//          │ slots       a bitmap, references                                             │
//          ├──────────────────────────────────────────────────────────────────────────────┤ page boundary
//          │ RAM         the frames of the pool, then the frames set aside for tables     │
//          │ swap area   the slots                                                        │
//          └──────────────────────────────────────────────────────────────────────────────┘

import { bitmapWords } from './bitmap.js'
import { type BootInfo, validate } from './boot.js'

/** A space: the frame of its root table, the root of its region tree, and how many regions the tree holds. */
export const spaceWords = 3
export const spaceField = { root: 0, tree: 1, regions: 2 } as const

/** A node of a region tree. `start` and `end` are doubles: page numbers need up to 35 bits. */
export const nodeWords = 8
export const nodeField = { start: 0, end: 2, left: 4, right: 5, protection: 6 } as const
/** No node. Word 0 of the buffer is never one. */
export const NO_NODE = 0

/** Block sizes the buddy allocator knows: 1, 2, 4, … 1024 frames, as Linux, or as many as there are frames for. */
const mostOrders = 11

/** More words than this and a word's number would no longer be a small integer to the engine. */
const mostWords = 2 ** 30

export type Layout = ReturnType<typeof layoutOf>

export function layoutOf(boot: BootInfo) {
  validate(boot)
  const carve = carver()
  // Rounded although it is whole: V8 keeps a power as a double, and every word number computed from it.
  const pageWords = Math.floor(2 ** (boot.geometry.pageShift - 2))
  const tableFrames = boot.tables.kind === 'separate' ? boot.tables.frames : 0
  const allFrames = boot.frames + tableFrames
  const orders = Math.min(mostOrders, Math.floor(Math.log2(boot.frames)) + 1)
  // One above the limit: mapping into the middle of a region of equal protection splits it before it merges again.
  const nodes = boot.spaces * (boot.regionLimit + 1)
  const layout = {
    pageWords,
    /** Frames of the pool, and behind them those set aside for tables (none when tables come from the pool). */
    poolFrames: boot.frames,
    tableFrames,
    allFrames,
    orders,
    nodeCount: nodes,
    /** Never used, so that 0 can mean "no node" in the links of a tree. */
    unused: carve(1),
    freeFrames: carve(1),
    freeTables: carve(1),
    freeSlots: carve(1),
    /** Bit k: the buddy list of order k is not empty. */
    filledOrders: carve(1),
    /** The first free frame of those set aside for tables. */
    freeTable: carve(1),
    /** The first free node for regions. */
    freeNode: carve(1),
    processes: carve(boot.processes),
    spaceBits: carve(bitmapWords(boot.spaces)),
    spaces: carve(boot.spaces * spaceWords),
    use: carve(allFrames),
    references: carve(allFrames),
    entries: carve(allFrames),
    parent: carve(allFrames),
    next: carve(boot.frames + orders),
    previous: carve(boot.frames + orders),
    order: carve(boot.frames),
    frameBits: carve(bitmapWords(boot.frames)),
    nodes: carve(nodes * nodeWords, 2),
    slotBits: carve(bitmapWords(boot.slots)),
    slotReferences: carve(boot.slots),
    ram: carve(allFrames * pageWords, pageWords),
    slots: carve(boot.slots * pageWords, pageWords),
    totalWords: carve(0),
  }
  if (layout.totalWords > mostWords) {
    throw new RangeError(`this machine needs ${layout.totalWords * 4} bytes; the most is ${mostWords * 4}`)
  }
  return layout
}

/** Hands out consecutive ranges of words. */
function carver() {
  let at = 0
  return (words: number, alignment = 1) => {
    const from = Math.ceil(at / alignment) * alignment
    at = from + words
    return from
  }
}
