// Where mutants run. Each ground has few pages and few of everything that can run out, and only the operations that have
// to do with each other, so that walks of a dozen commands meet what is rare elsewhere.

import type { Plan } from '../plot.js'
import { limitGrounds } from './limits.js'
import { memoryGrounds } from './memory.js'
import { modelGrounds } from './model.js'
import { regionsGrounds } from './regions.js'
import { sharedMemoryGrounds } from './shared-memory.js'
import { swapGrounds } from './swap.js'
import { textGrounds } from './text.js'
import { toldGrounds } from './told.js'

export const grounds: readonly Plan[] = [
  ...memoryGrounds,
  ...regionsGrounds,
  ...swapGrounds,
  ...sharedMemoryGrounds,
  ...limitGrounds,
  ...textGrounds,
  ...modelGrounds,
  ...toldGrounds,
]
