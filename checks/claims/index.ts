// Every claim about the memory system, the headline first: about the model, and about the implementation's memory.

import type { Claim } from '../../model/index.js'
import { faultsClaims } from './faults.js'
import { framesClaims } from './frames.js'
import { framesMachineClaims } from './frames.machine.js'
import type { MachineClaim } from './machine.js'
import { pageTablesClaims } from './page-tables.js'
import { pageTablesMachineClaims } from './page-tables.machine.js'
import { processesClaims } from './processes.js'
import { protectionClaims } from './protection.js'
import { regionsClaims } from './regions.js'
import { regionsMachineClaims } from './regions.machine.js'
import { swapClaims } from './swap.js'
import { swapMachineClaims } from './swap.machine.js'

export const modelClaims: readonly Claim[] = [
  ...framesClaims,
  ...protectionClaims,
  ...pageTablesClaims,
  ...regionsClaims,
  ...faultsClaims,
  ...swapClaims,
  ...processesClaims,
]

export const machineClaims: readonly MachineClaim[] = [
  ...framesMachineClaims,
  ...pageTablesMachineClaims,
  ...regionsMachineClaims,
  ...swapMachineClaims,
]
