// Which way a page becomes resident for an access, decided by reading only: so it can be asked a second time when what
// was prepared is about to be used (faults/overtaken.ts). The maps are held by whoever asks.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as entryFormat from '../page-tables/entry.js'
import * as processor from '../page-tables/mmu.js'

// Those that need no frame of their own come first.
/** It is resident, and allows the access. */
export const NOTHING = 0
/** The frame of zeros, which all share. */
export const ZEROS = 1
/** The object has it in a frame. */
export const SHOW = 2
/** The entry may be written: nobody else has its frame, or all write where it is. */
export const ALLOW = 3
/** Zeros of its own. */
export const FRESH = 4
/** A copy of what the entry names. */
export const COPY = 5
/** From the slot that the entry names. */
export const BRING = 6
/** The object gets it: zeros, or from its slot. */
export const FILL_PART = 7
export const READ_PART = 8

const lastWithout = ALLOW
export const takesFrame = (way: number) => way > lastWithout

export function createWay(core: Core) {
  const { words, layout } = core
  const { NONE } = answers
  const { STORE } = processor
  const { heldFrameOf, isHeld, isSwapped, isZero, slotOf, WRITABLE } = entryFormat
  const { zeroFrame: HAS_ZERO } = core.boot
  const REFERENCES = layout.references

  /** How an entry (NONE without tables), of a page of an object if `part` is not 0, comes to allow an access. */
  function wayOf(entry: number, kind: number, part: number) {
    if (entry === NONE || (words[entry] | words[entry + 1]) === 0) return firstWay(kind, part)
    const low = words[entry]
    if (isSwapped(low)) return BRING
    if (kind !== STORE || (low & WRITABLE) !== 0) return NOTHING
    if (part !== 0) return ALLOW
    return !isZero(low) && words[REFERENCES + heldFrameOf(low, words[entry + 1])] === 1 ? ALLOW : COPY
  }

  function firstWay(kind: number, part: number) {
    if (part === 0) return HAS_ZERO && kind !== STORE ? ZEROS : FRESH
    return words[part] > 0 ? SHOW : words[part] === 0 ? FILL_PART : READ_PART
  }

  /** The frame that an entry names, or NONE: of the frame of zeros nobody keeps books. */
  function sourceFrameOf(entry: number) {
    if (entry === NONE || !isHeld(words[entry]) || isZero(words[entry])) return NONE
    return heldFrameOf(words[entry], words[entry + 1])
  }

  /** The slot that an entry, or else the object, has the page in; or NONE. */
  function sourceSlotOf(entry: number, part: number) {
    if (entry !== NONE && isSwapped(words[entry])) return slotOf(words[entry], words[entry + 1])
    const isAbsent = entry === NONE || (words[entry] | words[entry + 1]) === 0
    return isAbsent && part !== 0 && words[part] < 0 ? ~words[part] : NONE
  }

  return { wayOf, sourceFrameOf, sourceSlotOf }
}
