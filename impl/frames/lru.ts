// Page frames in the order in which they were last seen in use, as far as the processor's accessed bits tell: an
// active list and an inactive one, both newest first (Linux, mm/vmscan.c). Reclaim takes from the end of the inactive
// list. Machines that do not reclaim keep no lists, so that equal states have equal words.
//
// Lists are circular, with their heads behind the frames, as the buddy allocator's.

import type { Core } from '../core.js'

export type Lru = ReturnType<typeof createLru>

export function createLru(core: Core) {
  const { words, layout } = core
  const NEXT = layout.lruNext
  const PREVIOUS = layout.lruPrevious
  /** Which list a frame is in: 0 for none, or 1 + the list. */
  const LIST = layout.lruList
  const COUNTS = layout.lruCounts
  const HEADS = layout.poolFrames
  const [INACTIVE, ACTIVE] = [0, 1]

  function format() {
    words[COUNTS] = words[COUNTS + 1] = 0
    if (!core.boot.reclaim) return
    words.fill(0, NEXT, NEXT + HEADS)
    words.fill(0, PREVIOUS, PREVIOUS + HEADS)
    words.fill(0, LIST, LIST + HEADS)
    for (const head of [HEADS, HEADS + 1]) words[NEXT + head] = words[PREVIOUS + head] = head
  }

  /** A new page is inactive until it is seen in use: most are touched once. */
  function add(frame: number, list = INACTIVE) {
    const head = HEADS + list
    const next = words[NEXT + head]
    words[NEXT + frame] = next
    words[PREVIOUS + frame] = head
    words[PREVIOUS + next] = words[NEXT + head] = frame
    words[LIST + frame] = list + 1
    words[COUNTS + list]++
  }

  /** Does nothing for a frame that is in no list: page tables and the kernel's frames are in none. */
  function remove(frame: number) {
    const list = words[LIST + frame]
    if (list === 0) return
    const next = words[NEXT + frame]
    const previous = words[PREVIOUS + frame]
    words[NEXT + previous] = next
    words[PREVIOUS + next] = previous
    words[NEXT + frame] = words[PREVIOUS + frame] = words[LIST + frame] = 0
    words[COUNTS + list - 1]--
  }

  /** Makes a frame the newest of a list. */
  function move(frame: number, list: number) {
    remove(frame)
    add(frame, list)
  }

  /** The oldest frame of a list that is not empty. */
  const oldest = (list: number) => words[PREVIOUS + HEADS + list]
  const countOf = (list: number) => words[COUNTS + list]

  return { format, add, remove, move, oldest, countOf, INACTIVE, ACTIVE }
}
