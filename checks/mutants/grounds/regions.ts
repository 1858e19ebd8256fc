// Grounds for regions: their tree, their limits, stacks, and what keeps them apart under `linux`.

import type { Plan } from '../plot.js'
import { access, alone, frugal, life, map, objects, plan, rare, small } from './kit.js'

export const regionsGrounds: readonly Plan[] = [
  plan('regions', {
    bounds: { ...alone, ...objects, pages: 6, gap: 2, stack: 3, regions: 3 },
    switches: { stacks: 'on' },
    operations: { spawn: 1, ...access, ...map, mprotect: 3, mremap: 3, mincore: 1, rlimit: 1 },
    ...rare,
  }),
  plan('stacks', {
    bounds: { ...alone, pages: 6, frames: 2, gap: 1, stack: 3, users: 2 },
    switches: { stacks: 'on', locking: 'on' },
    operations: {
      spawn: 1,
      ...access,
      mmap: 4,
      munmap: 1,
      mprotect: 1,
      mremap: 1,
      rlimit: 1.5,
      mlockall: 0.5,
      mlock: 1,
      dropcap: 1,
    },
    narrowed: {
      growth: ['growsdown', 'steady'],
      skew: ['aligned'],
      reach: ['user'],
      sharing: ['private'],
      request: ['rw', 'r', 'none'],
    },
    ...rare,
  }),
  plan('region-limit', {
    bounds: { ...alone, ...objects, pages: 6, regions: 3, frames: 1, slots: 0, tableFrames: 4 },
    operations: { spawn: 0.3, mmap: 3, munmap: 2, mprotect: 3, mremap: 6 },
    narrowed: { ...frugal, request: ['rw', 'r'], placement: ['fixed', 'anywhere'] },
    ...rare,
  }),
  plan('region-limit-shared', {
    bounds: { ...alone, objects: 3, parts: 3, pages: 5, regions: 3, frames: 1, slots: 0, tableFrames: 4 },
    operations: { spawn: 0.3, mmap: 3, munmap: 1, mprotect: 2, mremap: 6 },
    narrowed: { ...frugal, request: ['rw', 'r'], placement: ['fixed'], sharing: ['shared'], filling: ['lazy'] },
    ...rare,
  }),
  plan('duplicates', {
    bounds: { ...alone, ...objects, pages: 5, regions: 4 },
    switches: { locking: 'on' },
    operations: { spawn: 0.3, mmap: 3, munmap: 1, mremap: 8, store: 2, load: 1, rlimit: 1, mlock: 1, dropcap: 0.3 },
    narrowed: {
      ...frugal,
      request: ['rw', 'r'],
      placement: ['fixed'],
      sharing: ['shared'],
      old: [0, 1, 2],
      count: [0, 1, 2, 3],
      moving: ['none', 'maymove', 'maymove|fixed'],
      resource: ['as', 'memlock'],
    },
    ...rare,
  }),
  plan('tree', {
    bounds: { ...alone, pages: 12, regions: 12, frames: 1, slots: 0, gap: 1, tableFrames: 12 },
    switches: { stacks: 'on' },
    operations: { spawn: 0.3, mmap: 6, munmap: 3, mremap: 2, mprotect: 1 },
    narrowed: {
      skew: ['aligned'],
      request: ['rw', 'r'],
      sharing: ['private'],
      filling: ['lazy'],
      count: [1, 2],
      placement: ['fixed', 'anywhere'],
      growth: ['steady', 'growsdown'],
      moving: ['maymove', 'maymove|fixed'],
    },
    walks: 800,
    length: 16,
  }),
  plan('stacks-touch', {
    bounds: { ...alone, pages: 5, frames: 1, slots: 1, gap: 0, stack: 4 },
    switches: { stacks: 'on', reclaim: 'on' },
    operations: { spawn: 0.3, load: 1, store: 4, mmap: 4, munmap: 1 },
    narrowed: {
      skew: ['aligned'],
      reach: ['user'],
      sharing: ['private'],
      request: ['rw'],
      filling: ['lazy'],
      placement: ['fixed'],
      growth: ['growsdown'],
      short: [0],
    },
  }),
  plan('limits', {
    bounds: { ...alone, pages: 5, frames: 3, slots: 0, ...objects },
    switches: { locking: 'on' },
    operations: { spawn: 0.3, mmap: 3, mremap: 5, mlock: 3, rlimit: 4, dropcap: 3, mlockall: 1, munlock: 0.3 },
    narrowed: {
      ...frugal,
      request: ['rw'],
      capability: ['ipc_lock'],
      placement: ['fixed'],
      moving: ['none', 'maymove', 'maymove|fixed', 'maymove|dontunmap'],
    },
    ...rare,
  }),
  plan('linux', {
    bounds: { ...small, ...objects, pages: 5, chains: 10, regions: 5, frames: 5 },
    switches: { profile: 'linux', zeroFrame: 'on', locking: 'on' },
    operations: { ...life, ...access, ...map, mprotect: 4, mremap: 3, mlock: 1, munlock: 1, mlock2: 0.5, swapOut: 1 },
    narrowed: { ...frugal, reserve: ['reserve', 'noreserve'] },
    ...rare,
  }),
  plan('linux-regions', {
    bounds: { ...alone, ...objects, pages: 6, chains: 6, regions: 6, frames: 6 },
    switches: { profile: 'linux', stacks: 'on' },
    operations: { spawn: 1, ...access, ...map, mprotect: 4, mremap: 4 },
    ...rare,
  }),
  plan('region-limit-linux', {
    bounds: { ...alone, ...objects, pages: 6, regions: 3, frames: 2, slots: 0, chains: 6 },
    switches: { profile: 'linux', locking: 'on' },
    operations: { spawn: 0.3, mmap: 3, munmap: 2, mprotect: 2, mremap: 6, mlock2: 1, munlock: 1, store: 1 },
    narrowed: { ...frugal, request: ['rw', 'r'], lockFlag: ['onfault'], flag: ['onfault', 'now'] },
    ...rare,
  }),
  plan('linux-move', {
    bounds: { ...alone, ...objects, pages: 6, regions: 5, frames: 3, slots: 0, chains: 6, tableFrames: 5 },
    switches: { profile: 'linux', window: 'straddle-1' },
    operations: { spawn: 0.3, mmap: 3, munmap: 2, mremap: 6, mprotect: 1, store: 3 },
    narrowed: { ...frugal, request: ['rw', 'r'], sharing: ['private', 'shared'], filling: ['lazy'] },
    ...rare,
  }),
  plan('linux-stacks', {
    bounds: { ...alone, pages: 6, frames: 3, chains: 6, gap: 1, stack: 4 },
    switches: { profile: 'linux', stacks: 'on', zeroFrame: 'on', reclaim: 'on' },
    operations: { spawn: 0.3, load: 2, store: 4, mmap: 4, munmap: 1, mremap: 3, mprotect: 1 },
    narrowed: {
      skew: ['aligned'],
      reach: ['user'],
      sharing: ['private'],
      request: ['rw', 'r'],
      filling: ['lazy'],
      placement: ['fixed'],
      growth: ['growsdown', 'steady'],
      short: [0],
    },
    ...rare,
  }),
  plan('linux-seams', {
    bounds: { ...alone, pages: 5, regions: 4, frames: 5, slots: 0, chains: 6 },
    switches: { profile: 'linux', locking: 'on' },
    operations: { spawn: 0.3, mmap: 3, store: 4, mremap: 5, mprotect: 2, mlock2: 1, munlock: 1 },
    narrowed: {
      ...frugal,
      request: ['rw', 'r'],
      placement: ['fixed'],
      sharing: ['private'],
      filling: ['lazy'],
      flag: ['onfault'],
      moving: ['maymove|fixed', 'maymove|fixed|dontunmap'],
      count: [1, 2],
      old: [1, 2],
    },
    ...rare,
  }),
  plan('several', {
    bounds: { ...alone, pages: 8, regions: 4, frames: 3, slots: 0, chains: 8, tableFrames: 12 },
    switches: { profile: 'linux' },
    operations: { spawn: 0.3, mmap: 4, munmap: 1, mremap: 6, mprotect: 1, store: 3 },
    narrowed: {
      ...frugal,
      request: ['rw', 'r'],
      sharing: ['private'],
      filling: ['lazy'],
      placement: ['fixed'],
      moving: ['maymove|fixed', 'maymove|fixed|dontunmap'],
      old: [2, 3, 4],
      count: [1, 2, 3, 4],
    },
    ...rare,
    // One region more than there may be, where what moves and where it comes to touch: above, below, and above again
    // with the last of what moves like the first.
    told: [
      `P0 spawn
      P0 mmap @0 2 rw private|anon|fixed
      P0 mmap @2 1 r private|anon|fixed
      P0 mmap @3 3 rw private|anon|fixed
      P0 mmap @7 1 rw private|anon|fixed
      P0 mremap @1 2 2 maymove|fixed @3`,
      `P0 spawn
      P0 mmap @0 3 rw private|anon|fixed
      P0 mmap @3 1 r private|anon|fixed
      P0 mmap @4 2 rw private|anon|fixed
      P0 mmap @7 1 rw private|anon|fixed
      P0 mremap @3 2 2 maymove|fixed @1`,
      `P0 spawn
      P0 mmap @0 2 rw private|anon|fixed
      P0 mmap @2 1 r private|anon|fixed
      P0 mmap @3 1 rw private|anon|fixed
      P0 mmap @7 1 r private|anon|fixed
      P0 mremap @1 3 3 maymove|fixed @4`,
    ],
  }),
]
