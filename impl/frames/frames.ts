// Frames: who uses each, and how many references hold it. The buddy allocator below decides which one is taken;
// this chapter keeps the books, reports the choice, and knows whether page tables share the pool with pages.
// A frame is handed out with whatever it held before: the caller zeroes it, or fills it, before a user sees it.
//
// References are the entries that name a frame, the object it is a page of, the swap cache, the kernel, and a running
// operation that must not lose it. Where only the swap cache is left, nobody needs the page any more.

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import { createArea } from '../swap/area.js'
import { createBuddy } from './buddy.js'
import { frameUse } from './frame-use.js'
import { createKernelFrames } from './kernel-frames.js'
import { createLru } from './lru.js'
import { createTablePool } from './table-pool.js'

export { frameUse }

export type Frames = ReturnType<typeof createFrames>

export function createFrames(core: Core, cpus: Cpus) {
  const { words, layout, preempt, chose } = core
  const { ENOMEM, FAILED_ENOMEM, NONE } = answers
  const { free: FREE, page: PAGE, table: TABLE, spare: SPARE, kernel: KERNEL, image: IMAGE } = frameUse
  const USE = layout.use
  const REFERENCES = layout.references
  const MAPS = layout.frameMaps
  const PART = layout.framePart
  const SLOT = layout.frameSlot
  const EVICTED = cpus.evictedWord
  const RAM = layout.ram
  const PAGE_WORDS = layout.pageWords
  const POOL = layout.poolFrames
  const ALL = layout.allFrames
  const SEPARATE = core.boot.tables.kind === 'separate'
  const RECLAIM = core.boot.reclaim
  const { reservedFrames: RESERVED_FRAMES } = core.boot
  const SEVERAL = core.boot.cpus > 1
  const { takeFrames: lock, giveFrames: unlock } = cpus
  const buddy = createBuddy(core)
  const tablePool = createTablePool(core)
  const lru = createLru(core)
  const { take, give } = buddy
  const { uncache } = createArea(core, cpus)
  /** Evicts a page. Whether it could; reclaim is built on frames, and therefore comes later. */
  let evictOne = () => false

  function relieveBy(evict: () => boolean) {
    evictOne = evict
  }

  function format() {
    words.fill(FREE, USE, USE + POOL)
    words.fill(SPARE, USE + POOL, USE + POOL + layout.tableFrames)
    words.fill(IMAGE, USE + POOL + layout.tableFrames, USE + ALL)
    words.fill(0, REFERENCES, REFERENCES + ALL)
    for (const at of [MAPS, PART, SLOT]) words.fill(0, at, at + POOL)
    words[EVICTED] = 0
    buddy.format()
    tablePool.format()
    lru.format()
    for (let frame = 0; frame < RESERVED_FRAMES; frame++) kernel.reserve(frame)
  }

  /** An operation begins that may evict pages. */
  function begin() {
    words[EVICTED] = 0
  }

  /** What an operation answers that began and found no frame: whether evictions stay behind as its residue. */
  function lacks() {
    const evicted = words[EVICTED] !== 0
    words[EVICTED] = 0
    return evicted ? FAILED_ENOMEM : ENOMEM
  }

  /** Takes one frame of the pool, with one reference. Its number, or NONE. */
  function allocate(use: number = PAGE) {
    preempt('frames.allocate')
    let frame = takeOne()
    while (RECLAIM && frame === NONE && evictOne()) frame = takeOne()
    if (frame !== NONE) hold(frame, use)
    return frame
  }

  function takeOne() {
    if (SEVERAL) lock()
    const frame = take(0)
    if (SEVERAL) unlock()
    return frame
  }

  /** Gives one frame of the pool back, whatever holds it. Throws when it is free already. */
  function free(frame: number) {
    preempt('frames.free')
    if (SEVERAL) lock()
    give(frame, 0)
    if (RECLAIM) lru.remove(frame)
    words[USE + frame] = FREE
    words[REFERENCES + frame] = words[PART + frame] = 0
    if (SEVERAL) unlock()
  }

  function hold(frame: number, use: number) {
    words[USE + frame] = use
    words[REFERENCES + frame] = 1
  }

  /** One reference more. */
  function get(frame: number) {
    if (SEVERAL) Atomics.add(words, REFERENCES + frame, 1)
    else words[REFERENCES + frame]++
  }

  /** One reference less; the frame is free when that was the last one, or when only the swap cache is left. */
  function put(frame: number) {
    if (SEVERAL) return putOfSeveral(frame)
    const left = words[REFERENCES + frame] - 1
    words[REFERENCES + frame] = left
    if (left === 1 && words[SLOT + frame] !== 0) uncache(words[SLOT + frame] - 1)
    if (words[REFERENCES + frame] <= 0) free(frame)
  }

  function putOfSeveral(frame: number) {
    if (Atomics.sub(words, REFERENCES + frame, 1) === 1) free(frame)
  }

  /** Takes a frame for a page, and reports which. Its number, or NONE. */
  function takePage() {
    const frame = allocate(PAGE)
    chose('frame', frame)
    if (RECLAIM && frame !== NONE) enlist(frame)
    return frame
  }

  /** The same, but nothing is evicted to have one. */
  function takeFreePage() {
    preempt('frames.allocate')
    const frame = takeOne()
    if (frame !== NONE) hold(frame, PAGE)
    chose('frame', frame)
    if (RECLAIM && frame !== NONE) enlist(frame)
    return frame
  }

  function enlist(frame: number) {
    if (SEVERAL) lock()
    lru.add(frame)
    if (SEVERAL) unlock()
  }

  /** Takes a frame for a page table from where this machine takes them. Its number, or NONE. */
  function takeTable() {
    if (!SEPARATE) return allocate(TABLE)
    preempt('frames.allocate')
    if (SEVERAL) lock()
    const frame = tablePool.take()
    if (SEVERAL) unlock()
    if (frame !== NONE) hold(frame, TABLE)
    return frame
  }

  function giveTable(frame: number) {
    if (words[USE + frame] !== TABLE) throw new Error(`frame ${frame} is given back as a page table but is none`)
    if (!SEPARATE) return free(frame)
    preempt('frames.free')
    if (SEVERAL) lock()
    tablePool.give(frame)
    words[USE + frame] = SPARE
    words[REFERENCES + frame] = 0
    if (SEVERAL) unlock()
  }

  /** Fills a frame with zero bytes. */
  function zero(frame: number) {
    const start = RAM + frame * PAGE_WORDS
    words.fill(0, start, start + PAGE_WORDS)
  }

  /** Takes a cleared frame for the kernel itself. Its number; ENOMEM. */
  function allocateKernel() {
    begin()
    const frame = allocate(KERNEL)
    chose('frame', frame)
    if (frame === NONE) return lacks()
    zero(frame)
    return frame
  }

  const kernel = createKernelFrames(core, buddy, free)

  return {
    format,
    relieveBy,
    begin,
    lacks,
    allocate,
    free,
    get,
    put,
    takePage,
    takeFreePage,
    takeTable,
    giveTable,
    zero,
    allocateKernel,
    freeKernel: kernel.free,
    reserve: kernel.reserve,
    buddy,
    lru,
  }
}
