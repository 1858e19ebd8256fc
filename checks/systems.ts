// The systems that can be explored: the memory system, and the machines that test the checker itself.

import type { System } from '../model/index.js'
import { memory } from './memory/system.js'
import { choice } from './toys/choice.js'
import { clock } from './toys/clock.js'
import { counter } from './toys/counter.js'
import { deadlock } from './toys/deadlock.js'
import { depth7 } from './toys/depth7.js'
import { diamond } from './toys/diamond.js'
import { livelock } from './toys/livelock.js'
import { mmSmall } from './toys/mm-small.js'
import { tlb } from './toys/tlb.js'

export const systems: { readonly [name: string]: System } = {
  memory,
  'mm-small': mmSmall,
  clock,
  diamond,
  depth7,
  deadlock,
  livelock,
  choice,
  counter,
  tlb,
}
