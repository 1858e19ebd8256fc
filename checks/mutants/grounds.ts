// Where mutants run. Each ground has few pages and few of everything that can run out, and only the operations that have
// to do with each other, so that walks of a dozen commands meet what is rare elsewhere.

import type { Plan } from './plot.js'

const life = { spawn: 2, exit: 0.7, fork: 1.5 }
const access = { load: 2, store: 4, fetch: 1 }
const map = { mmap: 5, munmap: 2 }
const move = { swapOut: 6, swapIn: 2 }
const small = { processes: 2, spaces: 2, pages: 4, frames: 4, slots: 2, regions: 4, values: 2, tableFrames: 8 }
const frugal = { placement: ['fixed'], skew: ['aligned'], reach: ['user'], growth: ['steady'], reserve: ['reserve'] }
const plan = (name: string, given: Partial<Omit<Plan, 'name'>>): Plan => ({
  name,
  bounds: small,
  switches: {},
  operations: {},
  narrowed: {},
  walks: 150,
  length: 14,
  ...given,
})

export const grounds: readonly Plan[] = [
  plan('memory', {
    switches: { zeroFrame: 'on' },
    operations: { ...life, ...access, ...map, ...move, mprotect: 3, mincore: 1 },
    narrowed: { ...frugal, request: ['rw', 'r', 'none', 'rx', 'guard', 'rw+cow'] },
  }),
  plan('everything', {
    bounds: {
      ...{ processes: 3, spaces: 2, pages: 6, frames: 6, slots: 4, regions: 4, values: 2, tableFrames: 8 },
      ...{ objects: 2, parts: 3, areas: 2, partitions: 1, users: 3, keys: 2, sequences: 2, segments: 2, segmentPages: 4 },
      ...{ largest: 3, priorities: 1, gap: 1, stack: 3, reserved: 1, sharers: 3 },
    },
    switches: { zeroFrame: 'on', swapCache: 'on', locking: 'on', stacks: 'on', swapping: 'on', kernel: 'on' },
    length: 20,
    walks: 300,
  }),
]
