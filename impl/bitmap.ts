// A two-level bitmap: one bit a member, 1 = in use, and above every 32 words a summary word whose bits say which
// of them are full. Finding the lowest free member looks at one bit in a thousand. Used for frames, slots,
// spaces and chains.
//
//   summary   ┌ word 0 full? ┬ word 1 full? ┬ …
//   words     │ 0 … 31       │ 32 … 63      │ …          what is past the last member stays set

import * as answers from './answers.js'

const memberWords = (members: number) => Math.ceil(members / 32)
const summaryWords = (members: number) => Math.ceil(members / 1024)

/** Words that a bitmap of so many members takes in the buffer. */
export const bitmapWords = (members: number) => memberWords(members) + summaryWords(members)

export type Bitmap = ReturnType<typeof createBitmap>

export function createBitmap(words: Int32Array, at: number, members: number) {
  const { NONE } = answers
  const WORDS = memberWords(members)
  const SUMMARIES = summaryWords(members)
  const BITS = at
  const SUMMARY = at + WORDS

  /** Marks everything free, and what stands for no member, in either level, in use. */
  function format() {
    words.fill(0, BITS, SUMMARY + SUMMARIES)
    for (let word = WORDS; word < SUMMARIES * 32; word++) words[SUMMARY + (word >>> 5)] |= 1 << (word & 31)
    for (let member = members; member < WORDS * 32; member++) set(member)
  }

  function has(member: number) {
    return ((words[BITS + (member >>> 5)] >>> (member & 31)) & 1) === 1
  }

  function set(member: number) {
    const word = member >>> 5
    const bits = words[BITS + word] | (1 << (member & 31))
    words[BITS + word] = bits
    if (bits === -1) words[SUMMARY + (word >>> 5)] |= 1 << (word & 31)
  }

  function clear(member: number) {
    const word = member >>> 5
    words[BITS + word] &= ~(1 << (member & 31))
    words[SUMMARY + (word >>> 5)] &= ~(1 << (word & 31))
  }

  /** The lowest member that is not in use, or NONE. */
  function lowest() {
    for (let summary = 0; summary < SUMMARIES; summary++) {
      const full = words[SUMMARY + summary]
      if (full === -1) continue
      const word = (summary << 5) + lowestZero(full)
      return (word << 5) + lowestZero(words[BITS + word])
    }
    return NONE
  }

  /** The lowest member from `first` up to `end` that is not in use, or NONE. Word by word: ranges are short. */
  function lowestIn(first: number, end: number) {
    for (let at = first; at < end; at = (at | 31) + 1) {
      const taken = words[BITS + (at >>> 5)] | ~(-1 << (at & 31))
      if (taken === -1) continue
      const member = (at & ~31) + lowestZero(taken)
      return member < end ? member : NONE
    }
    return NONE
  }

  return { format, has, set, clear, lowest, lowestIn }
}

/** The position of the lowest 0 bit; the caller knows that there is one. */
const lowestZero = (bits: number) => 31 - Math.clz32(~bits & -~bits)
