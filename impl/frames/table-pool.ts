// Frames set aside for page tables, behind those of the pool: a stack, threaded through the parent words that its
// free frames have no other use for. One size only, so it needs no buddies, and page tables can run out without
// taking a frame from any page.

import * as answers from '../answers.js'
import type { Core } from '../core.js'

export type TablePool = ReturnType<typeof createTablePool>

export function createTablePool(core: Core) {
  const { words, layout } = core
  const { NONE } = answers
  const TOP = layout.freeTable
  const FREE = layout.freeTables
  const BELOW = layout.parent
  const FIRST = layout.poolFrames
  const END = layout.poolFrames + layout.tableFrames

  function format() {
    words[TOP] = NONE
    words[FREE] = 0
    for (let frame = END - 1; frame >= FIRST; frame--) give(frame)
  }

  /** A frame, or NONE. */
  function take() {
    const frame = words[TOP]
    if (frame === NONE) return NONE
    words[TOP] = words[BELOW + frame]
    words[FREE]--
    return frame
  }

  function give(frame: number) {
    words[BELOW + frame] = words[TOP]
    words[TOP] = frame
    words[FREE]++
  }

  return { format, take, give }
}
