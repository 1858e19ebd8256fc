// The processor's side of page tables where several CPUs run: it translates by what it keeps, or else by a walk, and keeps
// what it found. It takes no lock, and no interrupt between the look and the access: whoever asks it to forget waits
// until the instruction is over (spec/tlb.md#translation).

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import * as entryFormat from '../page-tables/entry.js'
import * as processor from '../page-tables/mmu.js'
import type { PageTables } from '../page-tables/page-tables.js'
import * as tlbs from './tlb.js'

export type Hardware = ReturnType<typeof createHardware>

export function createHardware(core: Core, tlb: tlbs.Tlb, { walk }: PageTables) {
  const { words, layout, preempt } = core
  const { FAULT, NONE } = answers
  const { FETCH, STORE } = processor
  const { WRITES, EXECUTES } = tlbs
  const { ACCESSED, DIRTY, frameOf, NO_EXECUTE, PRESENT, USER, WRITABLE } = entryFormat
  const { spaceField, spaceWords } = layouts
  const { look, keep } = tlb
  const ROOT = layout.spaces + spaceField.root
  const DIRTIED = WRITABLE | DIRTY

  /** The frame that a page of the loaded space is in, for an access that is made before the next interrupt; or FAULT. */
  function translate(space: number, page: number, access: number) {
    const kept = look(space, page, access === STORE ? WRITES : access === FETCH ? EXECUTES : 0)
    const frame = kept === NONE ? fill(space, page, access) : kept
    if (frame === NONE) return FAULT
    preempt('mmu.access')
    return frame
  }

  /** Walks, and keeps what it finds if that allows the access. A store writes through only what says that it is dirty. */
  function fill(space: number, page: number, access: number) {
    const needs = access === STORE ? PRESENT | USER | WRITABLE : PRESENT | USER
    const marks = access === STORE ? ACCESSED | DIRTY : ACCESSED
    for (;;) {
      const entry = walk(words[ROOT + space * spaceWords], page)
      if (entry === NONE) return NONE
      const low = Atomics.load(words, entry)
      const high = words[entry + 1]
      if ((low & needs) !== needs || (access === FETCH && (high & NO_EXECUTE) !== 0)) return NONE
      preempt('mmu.fill')
      // Also where nothing is marked: both words must be of the same entry.
      if (Atomics.compareExchange(words, entry, low, low | marks) !== low) continue
      const frame = frameOf(low, high)
      const writes = ((low | marks) & DIRTIED) === DIRTIED ? WRITES : 0
      keep(space, page, frame, writes | ((high & NO_EXECUTE) === 0 ? EXECUTES : 0))
      return frame
    }
  }

  return { translate }
}
