// Pins: references for a device, which reads and writes a frame past every table and every TLB, and for as long as its
// transfer takes. So the frame must stay where the page is: it is not evicted, not copied away by the first store after a
// fork, and not given to a child. Private memory is pinned only while it is marked as exclusive, and is not shared while
// it is pinned. Rules: spec/pins.md.

import { match } from 'ts-pattern'
import { isWritable } from '../faults/rights.js'
import { putFrame } from '../frames/frames.js'
import { bool, decision, oneOf } from '../kit/index.js'
import type { Frame, M, Page, Pin, Space, State } from '../state.js'

/** What the device will do: read from memory, or write to it. */
export const how = oneOf('load', 'store')

/** What an entry that names a frame must be for it to be pinned as it stands; anything else is a fault's affair first. */
export const pinDecision = decision(
  'pin',
  'pins.md#what-may-be-pinned',
  { how, writable: bool, found: oneOf('of an object', 'exclusive', 'shared') },
  x =>
    match(x)
      .with({ how: 'store' }, ({ writable }) => (writable ? ('pin' as const) : ('fault' as const)))
      .with({ how: 'load', found: 'shared' }, () => 'fault' as const)
      .with({ how: 'load' }, () => 'pin' as const)
      .exhaustive(),
)

/** The frame that may be pinned through an entry as it is now, or null. The frame of zeros is nobody's to pin. */
export function pinnable(m: M, space: Space, page: Page, how: 'load' | 'store'): Frame | null {
  const { entry, object } = m.spaces[space].pages[page]
  if (entry.is !== 'present' || entry.rights === 'none') return null
  const found = object !== null ? 'of an object' : m.frames[entry.frame].exclusive ? 'exclusive' : 'shared'
  return pinDecision({ how, writable: isWritable(entry.rights), found }) === 'pin' ? entry.frame : null
}

/** A pin counts as one of the frame's references. */
export function takePin(m: M, f: Frame): void {
  m.frames[f].references++
  m.frames[f].pins++
}
export function putPin(m: M, f: Frame): void {
  m.frames[f].pins--
  putFrame(m, f)
}

export const isPinned = (m: M, f: Frame): boolean => m.frames[f].pins > 0

/** The frame is private memory of one page, and may be written there until a fork shares it. */
export function markExclusive(m: M, f: Frame): void {
  if (m.limits.pinning) m.frames[f].exclusive = true
}
/** Two pages have it from now on. */
export function markShared(m: M, f: Frame): void {
  if (m.limits.pinning) m.frames[f].exclusive = false
}

/** Ghost: pages that are not mapped any more are nobody's to keep in step with what is pinned. */
export function forgetPins(m: State, space: Space, isGone: (v: Page) => boolean): void {
  for (const it of m.ghost.pins) if (it.space === space && it.page !== null && isGone(it.page)) it.page = null
}
/** Ghost: what is pinned belongs to no space any more. */
export function disownPins(m: State, space: Space): void {
  for (const it of m.ghost.pins) if (it.space === space) it.space = null
}
/** Ghost: what was pinned is another page of the space from now on. */
export function movePins(m: State, space: Space, to: (v: Page) => Page): void {
  for (const it of m.ghost.pins) if (it.space === space && it.page !== null) it.page = to(it.page)
}
/** Ghost: a pin is for no page any more. */
export function forgetPin(m: State, pin: Pin): void {
  m.ghost.pins[pin].space = null
  m.ghost.pins[pin].page = null
}
/** Ghost: a pin is for this page from now on. What munmap is still taking away is no page of anybody's: of that it keeps the frame alone. */
export function notePin(m: State, pin: Pin, space: Space, page: Page): void {
  if (m.spaces[space].pages[page].detached) return
  m.ghost.pins[pin].space = space
  m.ghost.pins[pin].page = page
}
