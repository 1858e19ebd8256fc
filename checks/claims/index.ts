// Every claim about the memory system's model, the headline first.

import type { Claim } from '../../model/index.js'
import { faultsClaims } from './faults.js'
import { framesClaims } from './frames.js'
import { pageTablesClaims } from './page-tables.js'
import { processesClaims } from './processes.js'
import { protectionClaims } from './protection.js'
import { regionsClaims } from './regions.js'
import { swapClaims } from './swap.js'

export const modelClaims: readonly Claim[] = [
  ...framesClaims,
  ...protectionClaims,
  ...pageTablesClaims,
  ...regionsClaims,
  ...faultsClaims,
  ...swapClaims,
  ...processesClaims,
]
