// What fork does with a page that a device may reach: the parent keeps the frame, and its right to write, and the child
// gets a copy at once. Sharing it would part the parent from its device with the next store. Rule: spec/pins.md#fork.

import { isFree, putFrame } from '../frames/frames.js'
import { choose, concurrent, go, need, step } from '../kit/index.js'
import { setEntry } from '../page-tables/page-tables.js'
import { isPinned, markExclusive } from '../pins/pins.js'
import { Entry, type Frame, frame, type M, type Page, type Process, type Space, type State, spaceOf } from '../state.js'

export interface Copying {
  readonly process: Process
  space: Space | null
  at: Page | null
  frame: Frame | null
}

/** The frame of the page that fork is at, if that is private and pinned, and not copied yet. */
function pinnedAt(m: M, my: Copying): Frame | null {
  if (my.at === null || !m.limits.pinning) return null
  const { entry, object } = m.spaces[need(spaceOf(m, my.process))].pages[my.at]
  if (entry.is !== 'present' || object !== null || !isPinned(m, entry.frame)) return null
  return m.spaces[need(my.space)].pages[my.at].entry.is === 'absent' ? entry.frame : null
}
export const mustCopy = (m: M, my: Copying): boolean => pinnedAt(m, my) !== null

/** A frame for the page, and the copy: there only where pages can be pinned. */
export const copyAtOnceSteps = <T extends Copying>() => ({
  frame: concurrent(
    choose<State, T, Frame, 'room'>(
      frame,
      (m, _my, f) => isFree(m, f),
      (m, my, f) => {
        m.frames[f].references = 1
        my.frame = f
      },
      { none: () => go('room') },
    ),
  ),
  duplicate: concurrent(step<State, T>(duplicate, remember)),
})

/** The page may have been unpinned and evicted since the frame was taken: then it is shared like any other. */
function duplicate(m: M, my: Copying): void {
  const at = need(my.at)
  const copy = need(my.frame)
  const { entry } = m.spaces[need(spaceOf(m, my.process))].pages[at]
  my.frame = null
  if (entry.is !== 'present') {
    putFrame(m, copy)
    return
  }
  m.frames[copy].content = m.frames[entry.frame].content
  markExclusive(m, copy)
  setEntry(m, need(my.space), at, Entry.present({ frame: copy, rights: entry.rights }))
}
/** Ghost: the child reads what the parent read just then, whatever its device writes later. */
function remember(m: State, my: Copying): void {
  const [at, child] = [need(my.at), need(my.space)]
  if (m.spaces[child].pages[at].entry.is !== 'present') return
  m.ghost.spaces[child].pages[at].byte = m.ghost.spaces[need(spaceOf(m, my.process))].pages[at].byte
}
