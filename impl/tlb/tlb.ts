// What a CPU keeps of the tables: translations, each in the one place that its page has (direct-mapped). Only the CPU
// itself looks here, and it learns that an entry has changed only by being told (spec/tlb.md).
//
//   1 + space, or 0   │  page, low word  │  page, high word  │  frame … │ executable │ writable

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'

/** What a translation allows besides loads; its frame lies above these bits. */
export const WRITES = 1
export const EXECUTES = 2
export const rightsBits = 2

export type Tlb = ReturnType<typeof createTlb>

export function createTlb(core: Core) {
  const { words, layout, cpu: CPU } = core
  const { translations: SIZE, cpus: CPUS } = core.boot
  const { NONE } = answers
  const WORDS = layouts.translationWords
  const TLB = layout.translations
  const MASK = SIZE - 1
  const HIGH = 2 ** -32
  const RIGHTS = rightsBits

  function format() {
    if (CPUS > 1) words.fill(0, TLB, TLB + CPUS * SIZE * WORDS)
  }

  const placeOf = (cpu: number, page: number) => (TLB + (cpu * SIZE + (page & MASK)) * WORDS) | 0

  const holds = (at: number, space: number, page: number) =>
    words[at] === space + 1 && words[at + 1] === (page | 0) && words[at + 2] === Math.floor(page * HIGH)

  /** The frame of a page, if this CPU keeps it with all these rights; or NONE. */
  function look(space: number, page: number, rights: number) {
    const at = placeOf(CPU, page)
    return holds(at, space, page) && (words[at + 3] & rights) === rights ? words[at + 3] >> RIGHTS : NONE
  }

  /** Keeps a translation, in place of the one that was there. */
  function keep(space: number, page: number, frame: number, rights: number) {
    const at = placeOf(CPU, page)
    words[at] = space + 1
    words[at + 1] = page | 0
    words[at + 2] = Math.floor(page * HIGH)
    words[at + 3] = (frame << RIGHTS) | rights
  }

  function forgetPage(cpu: number, space: number, page: number) {
    const at = placeOf(cpu, page)
    if (holds(at, space, page)) words[at] = 0
  }

  function forgetFrame(cpu: number, frame: number) {
    const end = TLB + (cpu + 1) * SIZE * WORDS
    for (let at = TLB + cpu * SIZE * WORDS; at < end; at += WORDS) if (words[at + 3] >> RIGHTS === frame) words[at] = 0
  }

  function forgetSpace(cpu: number, space: number) {
    const end = TLB + (cpu + 1) * SIZE * WORDS
    for (let at = TLB + cpu * SIZE * WORDS; at < end; at += WORDS) if (words[at] === space + 1) words[at] = 0
  }

  return { format, look, keep, forgetPage, forgetFrame, forgetSpace }
}
