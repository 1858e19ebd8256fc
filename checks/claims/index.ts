// Every claim about the memory system, the headline first: about the model, and about the implementation's memory.

import type { Claim } from '../../model/index.js'
import { concurrencyClaims } from './concurrency.js'
import { copyOnWriteClaims } from './copy-on-write.js'
import { directoryClaims } from './directory.js'
import { entriesMachineClaims } from './entries.machine.js'
import { faultsClaims } from './faults.js'
import { filesClaims } from './files.js'
import { framesClaims, noDoubleMapping } from './frames.js'
import { framesMachineClaims } from './frames.machine.js'
import { freeSetsMachineClaims } from './free-sets.machine.js'
import { guardsClaims } from './guards.js'
import { kernelHalfMachineClaims } from './kernel-half.machine.js'
import { listsMachineClaims } from './lists.machine.js'
import { lockingClaims } from './locking.js'
import type { MachineClaim } from './machine.js'
import { mappingsClaims } from './mappings.js'
import { notedClaims } from './noted.js'
import { pageTablesClaims } from './page-tables.js'
import { pageTablesMachineClaims } from './page-tables.machine.js'
import { pinsClaims } from './pins.js'
import { processesClaims } from './processes.js'
import { processesMachineClaims } from './processes.machine.js'
import { protectionClaims, writeXorExecute, writeXorExecuteOverAliases } from './protection.js'
import { writeXorExecuteInMemory, writeXorExecuteOverAliasesInMemory } from './protection.machine.js'
import { noDoubleMappingInMemory, referencesMachineClaims } from './references.machine.js'
import { regionLockClaims } from './region-locks.js'
import { regionsClaims } from './regions.js'
import { regionsMachineClaims } from './regions.machine.js'
import { remapClaims } from './remap.js'
import { segmentsClaims } from './segments.js'
import { sharedMemoryClaims } from './shared-memory.js'
import { sharedMemoryMachineClaims } from './shared-memory.machine.js'
import { swapClaims } from './swap.js'
import { swapMachineClaims } from './swap.machine.js'
import { swapAreasClaims } from './swap-areas.js'
import { tagsClaims } from './tags.js'
import { tlbClaims } from './tlb.js'
import { treesMachineClaims } from './trees.machine.js'

/** No frame is mapped twice unless that is meant, and nothing is writable and executable, at any address. */
export const headline: readonly Claim[] = [noDoubleMapping, writeXorExecute, writeXorExecuteOverAliases]

export const modelClaims: readonly Claim[] = [
  ...headline,
  ...framesClaims,
  ...protectionClaims,
  ...pageTablesClaims,
  ...directoryClaims,
  ...regionsClaims,
  ...mappingsClaims,
  ...remapClaims,
  ...faultsClaims,
  ...copyOnWriteClaims,
  ...sharedMemoryClaims,
  ...segmentsClaims,
  ...lockingClaims,
  ...swapClaims,
  ...swapAreasClaims,
  ...processesClaims,
  ...tlbClaims,
  ...tagsClaims,
  ...notedClaims,
  ...concurrencyClaims,
  ...guardsClaims,
  ...filesClaims,
  ...pinsClaims,
  ...regionLockClaims,
]

/** The same of the implementation's memory. */
export const headlineInMemory: readonly MachineClaim[] = [
  noDoubleMappingInMemory,
  writeXorExecuteInMemory,
  writeXorExecuteOverAliasesInMemory,
]

export const machineClaims: readonly MachineClaim[] = [
  ...headlineInMemory,
  ...framesMachineClaims,
  ...freeSetsMachineClaims,
  ...referencesMachineClaims,
  ...listsMachineClaims,
  ...pageTablesMachineClaims,
  ...kernelHalfMachineClaims,
  ...entriesMachineClaims,
  ...regionsMachineClaims,
  ...treesMachineClaims,
  ...sharedMemoryMachineClaims,
  ...swapMachineClaims,
  ...processesMachineClaims,
]
