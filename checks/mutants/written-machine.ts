// Mutants of the implementation written by hand, one for each claim about its memory: that claim must notice it with no
// model to help.

import { framesTexts } from './written-machine/frames.js'
import { pageTablesTexts } from './written-machine/page-tables.js'
import { processesTexts } from './written-machine/processes.js'
import { regionsTexts } from './written-machine/regions.js'
import { sharedMemoryTexts } from './written-machine/shared-memory.js'
import { swapTexts } from './written-machine/swap.js'
import { placed, type Text, type WrittenText } from './written-machine/text.js'

export type { WrittenText } from './written-machine/text.js'

/** Before their places are looked up in what was compiled. */
export const texts: readonly Text[] = [
  ...framesTexts,
  ...pageTablesTexts,
  ...regionsTexts,
  ...processesTexts,
  ...sharedMemoryTexts,
  ...swapTexts,
]

export const writtenTexts = (): readonly WrittenText[] => texts.map(placed)
