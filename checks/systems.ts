// The systems that can be explored: the memory system, and the machines that test the checker itself.

import { decisions, fused, geometries, operations, rules, type System, state } from '../model/index.js'
import { modelClaims } from './claims/index.js'
import {
  contradiction,
  firstState,
  isHardware,
  isWhereabouts,
  leavesOut,
  offered,
  parts,
  spurious,
  symmetric,
  usual,
} from './memory.js'
import { written } from './mutants/written.js'
import { choice } from './toys/choice.js'
import { clock } from './toys/clock.js'
import { counter } from './toys/counter.js'
import { deadlock } from './toys/deadlock.js'
import { depth7 } from './toys/depth7.js'
import { diamond } from './toys/diamond.js'
import { livelock } from './toys/livelock.js'
import { mmSmall } from './toys/mm-small.js'
import { tlb } from './toys/tlb.js'

/** The memory system: model, claims and mutants in one value. */
export const memory: System = {
  name: 'memory',
  state,
  operations,
  rules,
  decisions,
  claims: modelClaims,
  recounts: {
    frames: {
      id: 'frames/references-recount',
      says: 'a frame counts what names it: entries, pages of objects, the swap cache, the kernel, and operations under way',
      rule: 'frames.md#references',
    },
    slots: {
      id: 'swap/references-recount',
      says: 'a slot counts what names it: entries, pages of objects, and its cache',
      rule: 'swap.md#slots',
    },
    spaces: {
      id: 'processes/users-recount',
      says: 'a space counts the processes that use it',
      rule: 'processes.md#spaces',
    },
  },
  mutants: written.map(({ mutant }) => mutant),
  sizes: {
    cpus: { of: 'cpu', low: 0, high: 3, usual: 0 },
    kernelPages: { of: 'kernelPage', low: 0, high: 2, usual: 0 },
    asids: { of: 'tag', low: 0, high: 4, usual: 0 },
    pins: { of: 'pin', low: 0, high: 2, usual: 0 },
    flushPages: { of: 'flushPage', low: 0, high: 8, usual: 0 },
    translations: { of: 'translation', low: 0, high: 3, usual: 0 },
    walks: { of: 'walk', low: 0, high: 2, usual: 0 },
    directory: { of: 'table', low: 0, high: 4, usual: 0 },
    processes: { of: 'process', low: 1, high: 8, usual: 1 },
    spaces: { of: 'space', low: 1, high: 8, usual: 1 },
    pages: { of: 'page', low: 1, high: 64, usual: 2 },
    frames: { of: 'frame', low: 1, high: 64, usual: 2 },
    slots: { of: 'slot', low: 0, high: 64, usual: 1 },
    regions: { of: 'region', low: 1, high: 64, usual: 8 },
    values: { of: 'value', low: 1, high: 200, usual: 1 },
    tableFrames: { of: 'tableFrame', low: 1, high: 256, usual: 8 },
    objects: { of: 'object', low: 0, high: 8, usual: 0 },
    parts: { of: 'part', low: 0, high: 16, usual: 0 },
    files: { of: 'file', low: 0, high: 1, usual: 0 },
    areas: { of: 'area', low: 1, high: 8, usual: 1 },
    partitions: { of: 'partition', low: 0, high: 8, usual: 1 },
    holed: { of: 'holed', low: 0, high: 8, usual: 0 },
    chains: { of: 'chain', low: 0, high: 64, usual: 0 },
    users: { of: 'user', low: 1, high: 8, usual: 1 },
    keys: { of: 'key', low: 1, high: 8, usual: 1 },
    sequences: { of: 'sequence', low: 1, high: 64, usual: 1 },
    sharers: { of: 'sharers', low: 1, high: 1000, usual: 1000 },
    gap: { of: 'gap', low: 0, high: 256, usual: 1 },
    stack: { of: 'stack', low: 1, high: 2048, usual: 64 },
    segments: { of: 'segment', low: 0, high: 8, usual: 0 },
    segmentPages: { of: 'segmentPage', low: 0, high: 64, usual: 0 },
    largest: { of: 'largest', low: 0, high: 16, usual: 0 },
    reserved: { of: 'reserved', low: 0, high: 64, usual: 0 },
    nodes: { of: 'node', low: 0, high: 16, usual: 0 },
    rounds: { of: 'round', low: 0, high: 16, usual: 0 },
    priorities: { of: 'priority', low: 0, high: 32767, usual: 0 },
  },
  switches: {
    tables: ['separate', 'counted', 'plenty', 'framed'],
    walkers: ['off', 'on'],
    window: ['top', 'straddle-1', 'straddle-2', 'straddle-3'],
    geometry: Object.keys(geometries),
    profile: ['textbook', 'linux'],
    zeroFrame: ['off', 'on'],
    swapCache: ['off', 'on'],
    reclaim: ['off', 'on'],
    locking: ['off', 'on'],
    stacks: ['off', 'on'],
    swapping: ['off', 'on'],
    kernel: ['off', 'on'],
    downgrade: ['off', 'on'],
    regionLocks: ['off', 'on'],
    reaper: ['off', 'on'],
    walkerBits: ['off', 'on'],
    accessedBits: ['off', 'on'],
    batches: ['off', 'on'],
  },
  symmetric,
  initial: firstState,
  offered,
  fused,
  contradiction,
  isHardware,
  isWhereabouts,
  parts,
  spurious,
  leavesOut,
  usual,
}

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
