// The buddy allocator: the pool's free frames as blocks of 1, 2, 4, … frames, one list for each size (Knowlton 1965;
// Knuth, TAOCP vol. 1, 2.5). A block of order k starts at a multiple of 2^k, so its buddy, the block it was split from,
// is one exclusive-or away, and two free buddies are merged at once.
//
//   order 2   ┌───────────────┐        A list is circular: frame → frame → head → …, and the heads are nodes behind
//   order 1   ├───────┬───────┤        the frames in the same arrays, so linking never asks whether a list is empty.
//   order 0   ├───┬───┼───┬───┤
//             0   1   2   3            The bitmap says the same once more, a bit a frame; it catches double frees.

import * as answers from '../answers.js'
import { createBitmap } from '../bitmap.js'
import type { Core } from '../core.js'

export type Buddy = ReturnType<typeof createBuddy>

export function createBuddy(core: Core) {
  const { words, layout } = core
  const { NONE } = answers
  const FRAMES = layout.poolFrames
  const NEXT = layout.next
  const PREVIOUS = layout.previous
  const ORDER = layout.order
  const FILLED = layout.filledOrders
  const FREE = layout.freeFrames
  const TOP = layout.orders - 1
  const HEADS = FRAMES
  const bitmap = createBitmap(words, layout.frameBits, FRAMES)
  const { has: isTaken, set: setTaken, clear: setFree } = bitmap

  /** Cuts the pool into the largest aligned blocks, the lowest first in its list. */
  function format() {
    words.fill(NONE, NEXT, NEXT + FRAMES)
    words.fill(NONE, PREVIOUS, PREVIOUS + FRAMES)
    words.fill(NONE, ORDER, ORDER + FRAMES)
    for (let head = HEADS; head <= HEADS + TOP; head++) words[NEXT + head] = words[PREVIOUS + head] = head
    words[FILLED] = 0
    words[FREE] = FRAMES
    bitmap.format()
    for (let end = FRAMES; end > 0; ) {
      const order = Math.min(TOP, 31 - Math.clz32(end & -end))
      end -= 1 << order
      link(end, order)
    }
  }

  function link(frame: number, order: number) {
    const head = HEADS + order
    const next = words[NEXT + head]
    words[NEXT + frame] = next
    words[PREVIOUS + frame] = head
    words[PREVIOUS + next] = frame
    words[NEXT + head] = frame
    words[ORDER + frame] = order
    words[FILLED] |= 1 << order
  }

  function unlink(frame: number, order: number) {
    const next = words[NEXT + frame]
    const previous = words[PREVIOUS + frame]
    words[NEXT + previous] = next
    words[PREVIOUS + next] = previous
    // Nothing stale stays behind: taking a block and giving it back leaves every word as it was.
    words[NEXT + frame] = words[PREVIOUS + frame] = words[ORDER + frame] = NONE
    // Only where one node is left, its head, do both ways lead to the same one.
    if (next === previous) words[FILLED] &= ~(1 << order)
  }

  /** Takes a block of 2^order frames: the first of the smallest size that is large enough. Its first frame, or NONE. */
  function take(order: number) {
    const fitting = words[FILLED] & (-1 << order)
    if (fitting === 0) return NONE
    let size = 31 - Math.clz32(fitting & -fitting)
    const frame = words[NEXT + HEADS + size]
    unlink(frame, size)
    while (size > order) {
      size--
      link(frame + (1 << size), size)
    }
    const end = frame + (1 << order)
    for (let taken = frame; taken < end; taken++) setTaken(taken)
    words[FREE] -= 1 << order
    return frame
  }

  /** Takes one frame and no other out of the free block it lies in. Whether it was free. */
  function takeAt(frame: number) {
    if (isTaken(frame)) return false
    let size = 0
    while (words[ORDER + (frame & -(1 << size))] !== size) size++
    let first = frame & -(1 << size)
    unlink(first, size)
    while (size > 0) {
      size--
      const upper = first + (1 << size)
      link(frame < upper ? upper : first, size)
      if (frame >= upper) first = upper
    }
    setTaken(frame)
    words[FREE]--
    return true
  }

  /** Gives a block back and merges it with its buddy as often as that is free. Throws when part of it is free already. */
  function give(frame: number, order: number) {
    checkTaken(frame, order)
    const end = frame + (1 << order)
    for (let given = frame; given < end; given++) setFree(given)
    words[FREE] += 1 << order
    let first = frame
    let size = order
    for (; size < TOP; size++) {
      const buddy = first ^ (1 << size)
      if (buddy >= FRAMES || words[ORDER + buddy] !== size) break
      unlink(buddy, size)
      first &= ~(1 << size)
    }
    link(first, size)
  }

  function checkTaken(frame: number, order: number) {
    const end = frame + (1 << order)
    if (frame < 0 || end > FRAMES || (frame & ((1 << order) - 1)) !== 0) {
      throw new RangeError(`no block of order ${order} starts at frame ${frame}`)
    }
    for (let given = frame; given < end; given++) {
      if (!isTaken(given)) throw new Error(`frame ${given} is free already: somebody gave it back twice`)
    }
  }

  return { format, take, takeAt, give, isTaken }
}
