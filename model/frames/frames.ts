// Frames of physical memory: free when nothing names them, with unspecified content; cleared or filled before a
// process can see them. Rules: spec/frames.md.

import { choose, need, refuse } from '../kit/index.js'
import { Content, type Frame, frame, type M, type State } from '../state.js'

export const isFree = (m: M, f: Frame): boolean => m.frames[f].references === 0

export function freeFrames(m: M): number {
  let free = 0
  for (const f of m.frames) if (f.references === 0) free++
  return free
}

/** A step that takes any free frame, with whatever it holds; the operation owns the reference. */
export const takeFrame = <T extends { frame: Frame | null }>() =>
  choose<State, T, Frame>(
    frame,
    (m, _my, f) => isFree(m, f),
    (m, my, f) => {
      m.frames[f].references = 1
      my.frame = f
    },
    { none: () => refuse('ENOMEM') },
  )

/** Gives one reference back. The last one frees the frame, and what it held may not be counted on any more. */
export function putFrame(m: M, f: Frame): void {
  const it = m.frames[f]
  it.references--
  if (it.references === 0) it.content = Content.stale
}

/** A step that gives back the frame an operation owns. */
export const releaseFrame = (m: M, my: { frame: Frame | null }): void => {
  putFrame(m, need(my.frame))
  my.frame = null
}
