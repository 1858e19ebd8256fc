// An x86-64 page-table entry as two 32-bit words (Intel SDM vol. 3A, 4.5; the positions are in spec/interface.ts).
//
//             31      30 … 20       19 … 0          31 … 12       11 … 7   6 5   4 3  2 1 0
//   present  ┌NX┬──────────────┬─frame 39…20─┬─frame 19…0───┬──────────┬D┬A┬─────┬U┬W┬1┐
//   swapped  │  │              │─~slot ……………─┬─~slot 19…0───┬──9──┐                   │0│   bit 9: "swapped"
//   absent   └──┴──────────────┴─────────────┴──────────────┴──all bits zero──────────┴─┘
//                            high word                               low word
//
// A slot number is stored inverted, as Linux does: a processor that speculates on an entry whose present bit is
// clear (L1TF, CVE-2018-3620) then computes an address that no memory answers (Linux, admin-guide/hw-vuln/l1tf.rst).
// Bit 9 is one of those that software may use; without it, an entry for some slot could look absent.

import { x86Entry } from '../../spec/interface.js'
import { EXECUTE, WRITE } from '../protection/protection.js'

const { low: lowBit, high: highBit, frameShift } = x86Entry

export const PRESENT = 1 << lowBit.present
export const WRITABLE = 1 << lowBit.writable
export const USER = 1 << lowBit.user
export const ACCESSED = 1 << lowBit.accessed
export const DIRTY = 1 << lowBit.dirty
export const NO_EXECUTE = 1 << highBit.noExecute
export const SWAPPED = 1 << 9

// What a module exports is looked up again at every use; what it keeps to itself V8 folds. Hence these copies.
const presentBit = PRESENT
const swappedBit = SWAPPED
const kindBits = PRESENT | SWAPPED
const readableRights = PRESENT | USER
const writableRights = PRESENT | USER | WRITABLE
const noExecuteBit = NO_EXECUTE
const writeBit = WRITE
const executeBit = EXECUTE

/** Frame numbers have 40 bits: 20 in the low word and 20 in the high one. */
const lowFrameBits = 32 - frameShift
const highFrames = 2 ** lowFrameBits
const highFrameMask = highFrames - 1

/** The low word of a present entry; `rights` are bits of the low word. */
export const presentLow = (frame: number, rights: number) => (frame << frameShift) | rights
/** The high word of a present entry: the frame's upper bits, and NO_EXECUTE or 0. */
export const presentHigh = (frame: number, noExecute: number) => ((frame / highFrames) & highFrameMask) | noExecute
/** The frame of a present entry, all 40 bits. */
export const wideFrameOf = (low: number, high: number) => (high & highFrameMask) * highFrames + (low >>> frameShift)
/**
 * The same for a frame of this machine, whose number always fits 31 bits: no multiplication on every level of a walk.
 * 12 is `frameShift` and 20 `lowFrameBits`: written out, it is short enough for V8 to inline it wherever it is called.
 */
export const frameOf = (low: number, high: number) => (low >>> 12) | ((high & 0x7ff) << 20)

/** The low word of a user page's entry under a region's protection. Readable always: x86-64 cannot say less. */
export const lowFor = (frame: number, protection: number) =>
  (frame << frameShift) | ((protection & writeBit) === 0 ? readableRights : writableRights)

/** The high word of the same entry, for a frame of this machine: no-execute unless the region is for code. */
export const highFor = (frame: number, protection: number) =>
  (frame >>> lowFrameBits) | ((protection & executeBit) === 0 ? noExecuteBit : 0)

export const swappedLow = (slot: number) => (~slot << frameShift) | swappedBit
export const swappedHigh = (slot: number) => (~slot >> lowFrameBits) & highFrameMask
export const slotOf = (low: number, high: number) => ~((low >>> frameShift) | (high << lowFrameBits))

export const isPresent = (low: number) => (low & presentBit) !== 0
export const isSwapped = (low: number) => (low & kindBits) === swappedBit

/** An entry in words a reader understands. Made by inspection and tests, never on a hot path. */
export type Entry =
  | { readonly is: 'absent' }
  | { readonly is: 'swapped'; readonly slot: number }
  | ({ readonly is: 'present'; readonly frame: number } & { readonly [F in EntryFlag]: boolean })
export type EntryFlag = 'writable' | 'user' | 'accessed' | 'dirty' | 'noExecute'

export function decode(low: number, high: number): Entry {
  if (isSwapped(low)) return { is: 'swapped', slot: slotOf(low, high) }
  if (!isPresent(low)) return { is: 'absent' }
  return {
    is: 'present',
    frame: wideFrameOf(low, high),
    writable: (low & WRITABLE) !== 0,
    user: (low & USER) !== 0,
    accessed: (low & ACCESSED) !== 0,
    dirty: (low & DIRTY) !== 0,
    noExecute: (high & NO_EXECUTE) !== 0,
  }
}

/** The low and the high word of an entry. */
export function encode(entry: Entry): readonly [low: number, high: number] {
  switch (entry.is) {
    case 'absent':
      return [0, 0]
    case 'swapped':
      return [swappedLow(entry.slot), swappedHigh(entry.slot)]
    case 'present':
      return [presentLow(entry.frame, rightsOf(entry)), presentHigh(entry.frame, entry.noExecute ? NO_EXECUTE : 0)]
  }
}

function rightsOf(flags: { readonly [F in EntryFlag]: boolean }) {
  let rights = PRESENT
  if (flags.writable) rights |= WRITABLE
  if (flags.user) rights |= USER
  if (flags.accessed) rights |= ACCESSED
  if (flags.dirty) rights |= DIRTY
  return rights
}
