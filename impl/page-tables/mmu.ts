// The processor's side of page tables: it translates a page for one access, or gives up and faults. It knows nothing
// of regions; it reads the entries in RAM and sets their accessed and dirty bits (Intel SDM vol. 3A, 4.6 and 4.8).

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as entryFormat from './entry.js'
import type { PageTables } from './page-tables.js'

/** The kinds of access, as numbers for the hot path. */
export const LOAD = 0
export const STORE = 1
export const FETCH = 2

export type Mmu = ReturnType<typeof createMmu>

export function createMmu(core: Core, pageTables: PageTables) {
  const { words, layout } = core
  const { walk } = pageTables
  const { NONE } = answers
  const { ACCESSED, DIRTY, frameOf, FRAME_SHIFT, LOW_FRAMES, NO_EXECUTE, PRESENT, USER, WRITABLE } = entryFormat
  const NARROW = layout.allFrames <= LOW_FRAMES
  const FETCH_KIND = FETCH
  const LOAD_NEEDS = PRESENT | USER
  const STORE_NEEDS = PRESENT | USER | WRITABLE
  const LOAD_MARKS = ACCESSED
  const STORE_MARKS = ACCESSED | DIRTY

  /** The frame that a page is in, marked as accessed and, by a store, as dirty; NONE is a page fault. */
  function translate(root: number, page: number, access: number) {
    const entry = walk(root, page)
    if (entry === NONE) return NONE
    const low = words[entry]
    const needs = access === STORE ? STORE_NEEDS : LOAD_NEEDS
    if ((low & needs) !== needs || (access === FETCH_KIND && (words[entry + 1] & NO_EXECUTE) !== 0)) return NONE
    const marks = access === STORE ? STORE_MARKS : LOAD_MARKS
    if ((low & marks) !== marks) words[entry] = low | marks
    return NARROW ? low >>> FRAME_SHIFT : frameOf(low, words[entry + 1])
  }

  return { translate }
}
