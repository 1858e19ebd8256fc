// The reverse mapping: from a frame, or a slot, to exactly the entries that name it. Every entry in RAM has two words
// of its own at a fixed distance: the next entry that names the same, and the word whose value is this entry: the
// head of the list or the first word of the entry before. So an entry is taken out without looking for it.
//
//   head ──▶ entry ──▶ entry ──▶ 0        (Linux finds entries by searching regions, anon_vma; exact lists cost two
//     ▲───────┘ ▲───────┘                  words an entry and never look at a space that does not have the page)

import type { Core } from '../core.js'
import * as entryFormat from '../page-tables/entry.js'

export type Reverse = ReturnType<typeof createReverse>

export function createReverse(core: Core) {
  const { words, layout } = core
  const { heldFrameOf, isSwapped, slotOf, SPECIAL } = entryFormat
  const FRAME_MAPS = layout.frameMaps
  const SLOT_MAPS = layout.slotMaps
  /** From the words of an entry to those that link it. */
  const NEXT = layout.links - layout.ram
  const HOLE = NEXT + 1

  /** Enters an entry into the list of what it names. An entry for the frame of zeros is in no list. */
  function link(entry: number, low: number, high: number) {
    if ((low & SPECIAL) !== 0) return
    const head = isSwapped(low) ? SLOT_MAPS + slotOf(low, high) : FRAME_MAPS + heldFrameOf(low, high)
    const next = words[head]
    words[entry + NEXT] = next
    words[entry + HOLE] = head
    if (next !== 0) words[next + HOLE] = entry + NEXT
    words[head] = entry
  }

  /** Takes an entry out of the list that it is in, if any. */
  function unlink(entry: number) {
    const hole = words[entry + HOLE]
    if (hole === 0) return
    const next = words[entry + NEXT]
    words[hole] = next
    if (next !== 0) words[next + HOLE] = hole
    words[entry + NEXT] = words[entry + HOLE] = 0
  }

  /** The first entry that names a frame, and the one after an entry; 0 where there is none. */
  const firstOf = (frame: number) => words[FRAME_MAPS + frame]
  const firstOfSlot = (slot: number) => words[SLOT_MAPS + slot]
  const nextOf = (entry: number) => words[entry + NEXT]

  return { link, unlink, firstOf, firstOfSlot, nextOf }
}
