// Mutants written by hand, one for each claim about the model at least: what a tired programmer might forget. Each
// names the claim that must notice it with all other claims switched off, and the scope in which it does; a claim that
// no mutant can violate says nothing.

import { concurrencyMutants } from './written/concurrency.js'
import { directoryMutants } from './written/directory.js'
import { filesMutants } from './written/files.js'
import { framesMutants } from './written/frames.js'
import { guardsMutants } from './written/guards.js'
import { lockingMutants } from './written/locking.js'
import { notedMutants } from './written/noted.js'
import { pinsMutants } from './written/pins.js'
import { processesMutants } from './written/processes.js'
import { protectionMutants } from './written/protection.js'
import { regionLockMutants } from './written/region-locks.js'
import { regionsMutants } from './written/regions.js'
import { remapMutants } from './written/remap.js'
import { secondLookMutants } from './written/second-looks.js'
import { sharedMemoryMutants } from './written/shared-memory.js'
import { sharingMutants } from './written/sharing.js'
import { swapMutants } from './written/swap.js'
import { tlbMutants } from './written/tlb.js'
import type { Written } from './written/tools.js'
import { unaskedMutants } from './written/unasked.js'

export type { Written } from './written/tools.js'

export const written: readonly Written[] = [
  ...framesMutants,
  ...protectionMutants,
  ...regionsMutants,
  ...remapMutants,
  ...sharingMutants,
  ...sharedMemoryMutants,
  ...lockingMutants,
  ...swapMutants,
  ...processesMutants,
  ...directoryMutants,
  ...tlbMutants,
  ...notedMutants,
  ...concurrencyMutants,
  ...guardsMutants,
  ...filesMutants,
  ...pinsMutants,
  ...regionLockMutants,
  ...secondLookMutants,
  ...unaskedMutants,
]
