// Frames: who uses each, and how many references hold it. The buddy allocator below decides which one is taken;
// this chapter keeps the books, reports the choice, and knows whether page tables share the pool with pages.
// A frame is handed out with whatever it held before: the caller zeroes it, or fills it, before a user sees it.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import { createBuddy } from './buddy.js'
import { createTablePool } from './table-pool.js'

/** What a frame is used for. `reserved` frames are set aside for tables and hold none now. */
export const frameUse = { free: 0, page: 1, table: 2, reserved: 3 } as const

export type Frames = ReturnType<typeof createFrames>

export function createFrames(core: Core) {
  const { words, layout, preempt, chose } = core
  const { NONE } = answers
  const { free: FREE, page: PAGE, table: TABLE, reserved: RESERVED } = frameUse
  const USE = layout.use
  const REFERENCES = layout.references
  const RAM = layout.ram
  const PAGE_WORDS = layout.pageWords
  const POOL = layout.poolFrames
  const ALL = layout.allFrames
  const SEPARATE = core.boot.tables.kind === 'separate'
  const buddy = createBuddy(core)
  const tablePool = createTablePool(core)
  const { take, give } = buddy

  function format() {
    words.fill(FREE, USE, USE + POOL)
    words.fill(RESERVED, USE + POOL, USE + ALL)
    words.fill(0, REFERENCES, REFERENCES + ALL)
    buddy.format()
    tablePool.format()
  }

  /** Takes one frame of the pool, with one reference. Its number, or NONE. */
  function allocate(use: number = PAGE) {
    preempt('frames.allocate')
    const frame = take(0)
    if (frame !== NONE) hold(frame, use)
    return frame
  }

  /** Gives one frame of the pool back; its one reference goes with it. Throws when it is free already. */
  function free(frame: number) {
    preempt('frames.free')
    give(frame, 0)
    words[USE + frame] = FREE
    words[REFERENCES + frame] = 0
  }

  function hold(frame: number, use: number) {
    words[USE + frame] = use
    words[REFERENCES + frame] = 1
  }

  /** Takes a frame for a page, and reports which. Its number, or NONE. */
  function takePage() {
    const frame = allocate(PAGE)
    chose('frame', frame)
    return frame
  }

  /** Takes a frame for a page table from where this machine takes them. Its number, or NONE. */
  function takeTable() {
    if (!SEPARATE) return allocate(TABLE)
    preempt('frames.allocate')
    const frame = tablePool.take()
    if (frame !== NONE) hold(frame, TABLE)
    return frame
  }

  function giveTable(frame: number) {
    if (words[USE + frame] !== TABLE) throw new Error(`frame ${frame} is given back as a page table but is none`)
    if (!SEPARATE) return free(frame)
    preempt('frames.free')
    tablePool.give(frame)
    words[USE + frame] = RESERVED
    words[REFERENCES + frame] = 0
  }

  /** Fills a frame with zero bytes. */
  function zero(frame: number) {
    const start = RAM + frame * PAGE_WORDS
    words.fill(0, start, start + PAGE_WORDS)
  }

  return { format, allocate, free, takePage, takeTable, giveTable, zero, buddy }
}
