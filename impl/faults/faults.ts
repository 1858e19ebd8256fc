// Accesses as the processor makes them: translate; where that fails, handle the page fault and start the access again.
// The handler asks in this order (faults.md): is there a region, does it allow the access, is there a table, is there
// a frame. Whatever it made before something was missing is given back, so a failed access changes nothing.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import * as layouts from '../layout.js'
import * as entryFormat from '../page-tables/entry.js'
import * as processor from '../page-tables/mmu.js'
import type { PageTables } from '../page-tables/page-tables.js'
import type { Tables } from '../page-tables/tables.js'
import * as protections from '../protection/protection.js'
import type { Regions } from '../regions/regions.js'
import type { Swap } from '../swap/swap.js'

export type Faults = ReturnType<typeof createFaults>

interface Chapters {
  readonly frames: Frames
  readonly tables: Tables
  readonly pageTables: PageTables
  readonly mmu: processor.Mmu
  readonly regions: Regions
  readonly swap: Swap
}

export function createFaults(core: Core, { frames, tables, pageTables, mmu, regions, swap }: Chapters) {
  const { words, layout } = core
  const { STORE } = processor
  const { READ, WRITE } = protections
  const { ENOMEM, NONE, OK, SEGV_ACCERR, SEGV_MAPERR } = answers
  const { highFor, isSwapped, lowFor } = entryFormat
  const { takePage, zero } = frames
  const { fill, prune } = tables
  const { reach } = pageTables
  const { translate } = mmu
  const { find, protectionOf } = regions
  const { bringIn } = swap
  const { NO_NODE, spaceField, spaceWords } = layouts
  const ROOT = layout.spaces + spaceField.root

  /** The frame to load from or store to, once the page is resident; or ENOMEM, SEGV_MAPERR, SEGV_ACCERR. */
  function access(space: number, page: number, kind: number) {
    const root = words[ROOT + space * spaceWords]
    for (;;) {
      const frame = translate(root, page, kind)
      if (frame !== NONE) return frame
      const answer = fault(space, root, page, kind)
      if (answer !== OK) return answer
    }
  }

  /** Makes a page resident, if the access is allowed. OK, or why not. */
  function fault(space: number, root: number, page: number, kind: number) {
    const region = find(space, page)
    if (region === NO_NODE) return SEGV_MAPERR
    const protection = protectionOf(region)
    if ((protection & (kind === STORE ? WRITE : READ)) === 0) return SEGV_ACCERR
    const entry = reach(root, page)
    if (entry === NONE) return ENOMEM
    return isSwapped(words[entry]) ? bringIn(entry, protection) : demandZero(entry, protection)
  }

  /** Gives an absent entry a frame full of zeroes. OK or ENOMEM. */
  function demandZero(entry: number, protection: number) {
    const frame = takePage()
    if (frame === NONE) {
      prune(entry)
      return ENOMEM
    }
    zero(frame)
    fill(entry, lowFor(frame, protection), highFor(frame, protection))
    return OK
  }

  return { access, fault }
}
