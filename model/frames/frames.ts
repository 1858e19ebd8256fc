// Frames of physical memory: free when nothing names them, with unspecified content; cleared or filled before anybody
// can see them. What names a frame is counted: entries, pages of objects, the swap cache, the kernel, and an operation
// that has it in hand. Rules: spec/frames.md#references, spec/frames.md#content.

import { choose, need, type Then } from '../kit/index.js'
import { Content, type Frame, frame, type M, type Slot, type State } from '../state.js'
import { cacheOf, putSlot } from '../swap/swap.js'

export const isFree = (m: M, f: Frame): boolean => m.frames[f].references === 0 && !m.frames[f].reserved

export function freeFrames(m: M): number {
  let free = 0
  for (const f of m.frames) if (f.references === 0 && !f.reserved) free++
  return free
}

/** Whether one more may name the frame: references are counted in so many bits. Rule: spec/copy-on-write.md#sharers. */
export const isShareable = (m: M, f: Frame): boolean => m.frames[f].references < m.limits.sharers

/** Whether a frame more leaves one for each table. One CPU alone has seen to it when it looked for room. */
const leavesTables = (m: M): boolean =>
  !m.limits.concurrent || !m.limits.counted || freeFrames(m) > [...m.spaces].reduce((sum, it) => sum + it.tables, 0)

/** A free frame is in hand, to be used as this from now on. */
export function takeFrameAs(m: M, f: Frame, kind: 'page' | 'table'): void {
  m.frames[f].references = 1
  if (m.limits.framed) m.frames[f].kind = kind
}

/**
 * A step that takes any free frame, with whatever it holds, where one is wanted; the operation owns the reference. `gone`:
 * how it goes on where another CPU has taken the last one since there was room.
 */
export const takeFrame = <T extends { frame: Frame | null }, const S extends string = never>(
  wanted: (m: M, my: T) => boolean,
  gone: (my: T) => Then<S> = () => undefined,
) =>
  choose<State, T, Frame, S>(
    frame,
    (m, my, f) => isFree(m, f) && wanted(m, my) && leavesTables(m),
    (m, my, f) => {
      takeFrameAs(m, f, 'page')
      my.frame = f
    },
    { none: (m, my) => (wanted(m, my) ? gone(my) : undefined) },
  )

/**
 * Gives one reference back. The last one frees the frame, and what it held may not be counted on any more. The swap
 * cache does not keep a frame that nobody else names.
 */
export function putFrame(m: M, f: Frame): void {
  drop(m, f)
  const slot = cacheOf(m, f)
  if (slot !== null && m.frames[f].references === 1) letGo(m, slot)
}
function drop(m: M, f: Frame): void {
  const it = m.frames[f]
  it.references--
  if (it.references > 0) return
  it.content = Content.stale
  if (m.limits.framed) it.kind = 'free'
  if (m.limits.pinning) it.exclusive = false
}

/** The swap cache forgets that a frame holds the same as the slot. */
export function letGo(m: M, slot: Slot): void {
  const f = need(m.slots[slot].cached)
  m.slots[slot].cached = null
  m.slots[slot].kept = null
  putSlot(m, slot)
  drop(m, f)
}
