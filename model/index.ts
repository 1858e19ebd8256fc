// The model: what every command means. Pure, immutable, and small enough to be read as the specification it is.

import { accessDecision } from './faults/faults.js'
import { load } from './faults/load.js'
import { store } from './faults/store.js'
import type { Decision, Operation } from './kit/index.js'
import { exit } from './processes/exit.js'
import { spawn } from './processes/spawn.js'
import { grantDecision } from './protection/grant.js'
import { mmap } from './regions/mmap.js'
import { munmap } from './regions/munmap.js'
import { swapIn } from './swap/swap-in.js'
import { swapOut } from './swap/swap-out.js'

/** Every operation, in the order in which their commands are numbered. */
export const operations: readonly Operation[] = [spawn, exit, mmap, munmap, load, store, swapOut, swapIn]
export const decisions: readonly Decision[] = [grantDecision, accessDecision]

export { staleByte } from './faults/load.js'
export * from './kit/index.js'
export * from './page-tables/tree.js'
export * from './state.js'
export { accessDecision, exit, grantDecision, load, mmap, munmap, spawn, store, swapIn, swapOut }
