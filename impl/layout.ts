// Where everything lies in the one buffer that holds the whole state of a machine. All positions are numbers of
// 32-bit words. Nothing outside the buffer remembers anything, so a copy of it is a complete snapshot.
//
//   word 0 ┌──────────────────────────────────────────────────────────────────────────────┐
//          │ counters    free frames, tables, slots; heads of free lists                   │
//          │ processes   space, user, capabilities given up, limits of each               │
//          │ spaces      a bitmap, then root frame, region tree and counters of each      │
//          │ objects     shared memory: what each is, and where its pages are             │
//          │ chains      a bitmap, and how many regions share each                        │
//          │ frames      per frame: use, references; of tables: entries, parent entry     │
//          │ reverse     per frame of the pool: first entry, word of its object, slot     │
//          │ lru         with reclaim: two lists of page frames                           │
//          │ buddy       next and previous with one list head per order, order, a bitmap  │
//          │ regions     a pool of tree nodes, 18 words each                              │
//          │ slots       a bitmap, references, and what names them; swap areas            │
//          │ CPUs        where there are several: locks, TLBs, who asks whom to forget       │
//          │ links       two words for each entry in RAM: who names the same frame or slot │
//          ├──────────────────────────────────────────────────────────────────────────────┤ page boundary
//          │ RAM         the frames of the pool, then the frames set aside for tables     │
//          │ swap area   the slots                                                        │
//          └──────────────────────────────────────────────────────────────────────────────┘

import { bitmapWords } from './bitmap.js'
import type { Settings } from './boot.js'

/** A process: its space or -1, its user, the capabilities it gave up, and the pages it may lock and may map. */
export const processWords = 5
export const processField = { space: 0, user: 1, dropped: 2, memlock: 3, as: 4 } as const

/**
 * A space: the frame of its root table, the root of its region tree, how many regions the tree holds, how mappings to
 * come are locked, how many pages are mapped and locked (doubles: there may be 2^35), and the process that uses it.
 */
export const spaceWords = 10
export const spaceField = { root: 0, tree: 1, regions: 2, future: 3, mapped: 4, locked: 6, process: 8 } as const

/**
 * A node of a region tree. Page numbers need up to 35 bits, so `start`, `end` and `offset` are doubles, as are the
 * three that the search for a free place goes by (regions/tree.ts).
 */
export const nodeWords = 18
export const nodeField = {
  start: 0,
  end: 2,
  offset: 4,
  low: 6,
  high: 8,
  gap: 10,
  left: 12,
  right: 13,
  attributes: 14,
  object: 15,
  chain: 16,
} as const
/** A swap area: whether it is in use, has a header, its priority, and how many of its slots are free. */
export const areaWords = 4
export const areaField = { on: 0, header: 1, priority: 2, free: 3 } as const

/** Frames of the kernel's own image: its text, its constants, its data. */
const imageFrames = 3

/** No node. What is read of it is zero. */
export const NO_NODE = 0
/** Nodes that an operation may need for a moment on top of those that it leaves: pieces cut before others merge. */
const spareNodes = 8

/** An object of shared memory. A word for each of its pages follows: 0, a frame + 1, or an inverted slot. */
export const objectField = {
  kind: 0,
  attachments: 1,
  size: 2,
  key: 3,
  sequence: 4,
  short: 5,
  owner: 6,
  creator: 7,
  mode: 8,
  marked: 9,
  held: 10,
  parts: 11,
} as const

/**
 * A CPU: the space whose tables it has loaded, or -1; who asks it to forget (a bit each); what it asks others to forget
 * (the page is a double); how many frames it gathered, and whether some CPU may know what is not so any more; whether its
 * operation has evicted something; tables in hand.
 */
export const cpuWords = 16
export const cpuField = {
  active: 0,
  asked: 1,
  kind: 2,
  space: 3,
  page: 4,
  frame: 6,
  gathered: 7,
  stale: 8,
  evicted: 9,
  tables: 10,
} as const
/** Tables that a fault may need: one for each level below the root, of which there are this many at most. */
export const mostTables = cpuWords - cpuField.tables
/** Frames gathered before every CPU is made to forget them. */
export const gatheredFrames = 32

/** A translation: 1 + its space or 0 for none, the page's low and high word, and the frame with its rights. */
export const translationWords = 4

/**
 * Locks of which there is one, in the order in which they are taken; and of each space, who counts on it, one for all and
 * one for entries.
 */
export const lockField = { processes: 0, regions: 1, maps: 2, slots: 3, frames: 4 } as const
const lockWords = 5
export const spaceLockWords = 3
export const spaceLockField = { space: 0, tables: 1, users: 2 } as const

/** Block sizes the buddy allocator knows: 1, 2, 4, … 1024 frames, as Linux, or as many as there are frames for. */
const mostOrders = 11

/** More words than this and a word's number would no longer be a small integer to the engine. */
const mostWords = 2 ** 30

export type Layout = ReturnType<typeof layoutOf>

export function layoutOf(boot: Settings) {
  const carve = carver()
  // Rounded although it is whole: V8 keeps a power as a double, and every word number computed from it.
  const pageWords = Math.floor(2 ** (boot.geometry.pageShift - 2))
  const tableFrames = boot.tables.kind === 'separate' ? boot.tables.frames : 0
  // Behind those: the frame of zeros, then the kernel's image and the tables that lead to it.
  const zeroFrames = boot.zeroFrame ? 1 : 0
  const kernelFrames = boot.kernelHalf ? imageFrames + boot.geometry.levels : 0
  const allFrames = boot.frames + tableFrames + zeroFrames + kernelFrames
  const orders = Math.min(mostOrders, Math.floor(Math.log2(boot.frames)) + 1)
  const nodes = boot.spaces * boot.regionLimit + spareNodes
  const objectWords = objectField.parts + boot.objectPages
  // What only several CPUs need has no words where one runs alone.
  const several = boot.cpus > 1 ? 1 : 0
  const cpus = several * boot.cpus
  const layout = {
    pageWords,
    /** Frames of the pool, and behind them those set aside for tables (none when tables come from the pool). */
    poolFrames: boot.frames,
    tableFrames,
    allFrames,
    /** The frame of zeros that all entries share whose page was only read; no entry names it where there is none. */
    zeroFrame: boot.frames + tableFrames,
    /** The kernel's image: text, read-only data, data; then its tables, the root first. */
    kernelFrames,
    kernelImage: boot.frames + tableFrames + zeroFrames,
    orders,
    nodeCount: nodes,
    /** Words of one object, parts included. */
    objectWords,
    /** Always zeros, so that 0 can mean "no node" in the links of a tree: a region without pages and rights. */
    noNode: carve(nodeWords),
    freeFrames: carve(1),
    freeTables: carve(1),
    freeSlots: carve(1),
    /** 1 once the running operation has evicted something. */
    evicted: carve(1),
    /** The swap area that a slot was taken from last: areas of equal priority take turns. */
    turn: carve(1),
    /** Bit k: the buddy list of order k is not empty. */
    filledOrders: carve(1),
    /** The first free frame of those set aside for tables. */
    freeTable: carve(1),
    /** The first free node for regions. */
    freeNode: carve(1),
    processes: carve(boot.processes * processWords),
    spaceBits: carve(bitmapWords(boot.spaces)),
    spaces: carve(boot.spaces * spaceWords, 2),
    objects: carve(boot.objects * objectWords),
    /** Chains in use, and how many regions share each; there are as many as there are nodes. */
    chainBits: carve(bitmapWords(nodes)),
    chains: carve(nodes),
    use: carve(allFrames),
    references: carve(allFrames),
    entries: carve(allFrames),
    parent: carve(allFrames),
    /** Reverse mapping: of a frame, its first entry, the object's word that names it, and 1 + the slot with the same content. */
    frameMaps: carve(boot.frames),
    framePart: carve(boot.frames),
    frameSlot: carve(boot.frames),
    /** Two lists of page frames, by when they were last used; their heads lie behind the frames. */
    lruNext: carve(boot.reclaim ? boot.frames + 2 : 0),
    lruPrevious: carve(boot.reclaim ? boot.frames + 2 : 0),
    lruList: carve(boot.reclaim ? boot.frames : 0),
    lruCounts: carve(2),
    next: carve(boot.frames + orders),
    previous: carve(boot.frames + orders),
    order: carve(boot.frames),
    frameBits: carve(bitmapWords(boot.frames)),
    nodes: carve(nodes * nodeWords, 2),
    slotBits: carve(bitmapWords(boot.slots)),
    slotReferences: carve(boot.slots),
    /** The same for a slot: its first entry, the object's word that names it, and 1 + the frame with the same content. */
    slotMaps: carve(boot.slots),
    slotPart: carve(boot.slots),
    slotFrame: carve(boot.slots),
    areas: carve(boot.areas.length * areaWords),
    /** Several CPUs: locks, what each CPU does, on which spaces it is behind, frames gathered, and what it keeps. */
    locks: carve(several * lockWords),
    /** How many evictions have not saved their page yet. */
    evicting: carve(several),
    spaceLocks: carve(several * boot.spaces * spaceLockWords),
    /** Who has the record of an object in hand, or of a swap area. */
    records: carve(several * (boot.objects + boot.areas.length)),
    slotBusy: carve(several * boot.slots),
    cpus: carve(cpus * cpuWords, several + 1),
    behind: carve(cpus * boot.spaces),
    gathered: carve(cpus * gatheredFrames),
    translations: carve(cpus * boot.translations * translationWords),
    /** Two words for each entry in RAM, at the same distance as the entry's: the next entry that names the same, and the word that leads here. */
    links: carve(allFrames * pageWords, pageWords),
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
