// The swap area: slots the size of a page, outside RAM, each free or held by references. The lowest free slot is taken.
// Moving a page to a slot or back copies its words within the buffer.

import * as answers from '../answers.js'
import { createBitmap } from '../bitmap.js'
import type { Core } from '../core.js'

export type Area = ReturnType<typeof createArea>

export function createArea(core: Core) {
  const { words, layout, preempt, chose } = core
  const { NONE } = answers
  const { slots: COUNT } = core.boot
  const FREE = layout.freeSlots
  const REFERENCES = layout.slotReferences
  const SLOTS = layout.slots
  const RAM = layout.ram
  const PAGE_WORDS = layout.pageWords
  const bitmap = createBitmap(words, layout.slotBits, COUNT)
  const { lowest, set: setTaken, clear: setFree } = bitmap

  function format() {
    bitmap.format()
    words[FREE] = COUNT
    words.fill(0, REFERENCES, REFERENCES + COUNT)
  }

  /** Takes a slot, with one reference, and reports which. Its number, or NONE. */
  function take() {
    const slot = lowest()
    chose('slot', slot)
    if (slot === NONE) return NONE
    setTaken(slot)
    words[REFERENCES + slot] = 1
    words[FREE]--
    return slot
  }

  /** Gives one slot back; its one reference goes with it. Throws when it is free already. */
  function free(slot: number) {
    if (words[REFERENCES + slot] === 0) throw new Error(`slot ${slot} is free already: somebody gave it back twice`)
    words[REFERENCES + slot] = 0
    setFree(slot)
    words[FREE]++
  }

  /** Copies a frame's content to a slot. */
  function write(slot: number, frame: number) {
    preempt('swap.write')
    const from = RAM + frame * PAGE_WORDS
    words.copyWithin(SLOTS + slot * PAGE_WORDS, from, from + PAGE_WORDS)
  }

  /** Copies a slot's content to a frame. */
  function read(slot: number, frame: number) {
    preempt('swap.read')
    const from = SLOTS + slot * PAGE_WORDS
    words.copyWithin(RAM + frame * PAGE_WORDS, from, from + PAGE_WORDS)
  }

  return { format, take, free, write, read, isTaken: bitmap.has }
}
