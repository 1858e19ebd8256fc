// An x86-64 page-table entry as two 32-bit words (Intel SDM vol. 3A, 4.5; the positions are in spec/interface.ts).
//
//             31      30 … 20       19 … 0          31 … 12       11 10 9 8 7   6 5   4 3  2 1 0
//   present  ┌NX┬──────────────┬─frame 39…20─┬─frame 19…0───┬──────Z─────┬D┬A┬─────┬U┬W┬1┐
//   kept     │  │              │─~frame ……………┬─~frame 19…0──┬──────Z───K─┬D┬A┬─────────┬0│   rights: none
//   swapped  │  │              │─~slot ……………─┬─~slot 19…0───┬────────S─────────────────┬0│
//   absent   └──┴──────────────┴─────────────┴──────────────┴──all bits zero───────────┴─┘
//                            high word                               low word
//
// Bits 8 to 10 are free for software where the present bit is clear. S says that the page is in a swap slot. K keeps
// the frame of a page that nobody may access for now (Linux: _PAGE_PROTNONE, also bit 8). Z says that the frame is the
// one of zeros, which all share and nobody counts (Linux: pte_special).
//
// Slots, and frames that are kept, are stored inverted, as Linux does: a processor that speculates on an entry whose
// present bit is clear (L1TF, CVE-2018-3620) then computes an address that no memory answers (Linux,
// admin-guide/hw-vuln/l1tf.rst). Without their bits, an inverted number could look like an absent entry.

import { x86Entry } from '../../spec/interface.js'
import { EXECUTE, READ, WRITE } from '../protection/protection.js'

const { low: lowBit, high: highBit, frameShift } = x86Entry

export const PRESENT = 1 << lowBit.present
export const WRITABLE = 1 << lowBit.writable
export const USER = 1 << lowBit.user
export const ACCESSED = 1 << lowBit.accessed
export const DIRTY = 1 << lowBit.dirty
export const NO_EXECUTE = 1 << highBit.noExecute
export const KEPT = 1 << 8
export const SWAPPED = 1 << 9
export const SPECIAL = 1 << 10

// What a module exports is looked up again at every use; what it keeps to itself V8 folds. Hence these copies.
const presentBit = PRESENT
const swappedBit = SWAPPED
const keptBit = KEPT
const specialBit = SPECIAL
const heldBits = PRESENT | KEPT
const kindBits = PRESENT | KEPT | SWAPPED
const readableRights = PRESENT | USER
const writableRights = PRESENT | USER | WRITABLE
const noExecuteBit = NO_EXECUTE
const writeBit = WRITE
const executeBit = EXECUTE
const readBit = READ
const accessBits = READ | WRITE | EXECUTE

/** Frame numbers have 40 bits: 20 in the low word and 20 in the high one. */
const lowFrameBits = 32 - frameShift
const highFrames = 2 ** lowFrameBits
const highFrameMask = highFrames - 1

/** Frames from this number on need bits of the high word too. */
export const LOW_FRAMES = highFrames
export const FRAME_SHIFT = frameShift

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

/** The low word of a user page's entry under a region's protection. Readable unless nothing is: x86-64 cannot say less. */
export const lowFor = (frame: number, protection: number) =>
  (protection & accessBits) === 0
    ? (~frame << frameShift) | keptBit
    : (frame << frameShift) | ((protection & writeBit) === 0 ? readableRights : writableRights)

/** The high word of the same entry, for a frame of this machine: no-execute unless the region is for code. */
export const highFor = (frame: number, protection: number) =>
  (protection & accessBits) === 0
    ? (~frame >> lowFrameBits) & highFrameMask
    : (frame >>> lowFrameBits) | ((protection & executeBit) === 0 ? noExecuteBit : 0)

/** The same protection for an entry that must not be written through: what it names is not, or not only, its own. */
export const withoutWrite = (protection: number) =>
  (protection & accessBits) === 0 ? 0 : (protection & executeBit) | readBit

export const swappedLow = (slot: number) => (~slot << frameShift) | swappedBit
export const swappedHigh = (slot: number) => (~slot >> lowFrameBits) & highFrameMask
export const slotOf = (low: number, high: number) => ~((low >>> frameShift) | (high << lowFrameBits))

/** The frame of an entry that holds one, present or kept. */
export const heldFrameOf = (low: number, high: number) =>
  (low & presentBit) === 0 ? slotOf(low, high) : frameOf(low, high)

export const isPresent = (low: number) => (low & presentBit) !== 0
export const isKept = (low: number) => (low & heldBits) === keptBit
/** Whether an entry names a frame, its own or the one of zeros. */
export const isHeld = (low: number) => (low & heldBits) !== 0
/** Whether an entry names the frame of zeros. */
export const isZero = (low: number) => (low & specialBit) !== 0
export const isSwapped = (low: number) => (low & kindBits) === swappedBit

/**
 * An entry in words a reader understands. Made by inspection and tests, never on a hot path. What is present or kept and
 * `zero` names the frame of zeros; `kept` lets nobody in.
 */
export type Entry =
  | { readonly is: 'absent' }
  | { readonly is: 'swapped'; readonly slot: number }
  | ({ readonly is: 'present'; readonly frame: number } & { readonly [F in EntryFlag]: boolean })
  | { readonly is: 'kept'; readonly frame: number; readonly zero: boolean }
export type EntryFlag = 'writable' | 'user' | 'accessed' | 'dirty' | 'noExecute' | 'zero'

export function decode(low: number, high: number): Entry {
  if (isSwapped(low)) return { is: 'swapped', slot: slotOf(low, high) }
  if (isKept(low)) return { is: 'kept', frame: slotOf(low, high), zero: isZero(low) }
  if (!isPresent(low)) return { is: 'absent' }
  return {
    is: 'present',
    frame: wideFrameOf(low, high),
    writable: (low & WRITABLE) !== 0,
    user: (low & USER) !== 0,
    accessed: (low & ACCESSED) !== 0,
    dirty: (low & DIRTY) !== 0,
    noExecute: (high & NO_EXECUTE) !== 0,
    zero: isZero(low),
  }
}

/** The low and the high word of an entry. */
export function encode(entry: Entry): readonly [low: number, high: number] {
  switch (entry.is) {
    case 'absent':
      return [0, 0]
    case 'swapped':
      return [swappedLow(entry.slot), swappedHigh(entry.slot)]
    case 'kept':
      return [lowFor(entry.frame, 0) | (entry.zero ? SPECIAL : 0), highFor(entry.frame, 0)]
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
  if (flags.zero) rights |= SPECIAL
  return rights
}
