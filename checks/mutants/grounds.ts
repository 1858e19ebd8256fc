// Where mutants run. Each ground has few pages and few of everything that can run out, and only the operations that have
// to do with each other, so that walks of a dozen commands meet what is rare elsewhere.

import type { Plan } from './plot.js'

const life = { spawn: 2, exit: 0.7, fork: 1.5 }
const access = { load: 2, store: 4, fetch: 1 }
const map = { mmap: 5, munmap: 2 }
const move = { swapOut: 6, swapIn: 2 }
const small = { processes: 2, spaces: 2, pages: 4, frames: 4, slots: 2, regions: 4, values: 2, tableFrames: 8 }
const frugal = { short: [0, 1], placement: ['fixed'], skew: ['aligned'], reach: ['user'], growth: ['steady'], reserve: ['reserve'] }
const plan = (name: string, given: Partial<Omit<Plan, 'name'>>): Plan => ({
  name,
  bounds: small,
  switches: {},
  operations: {},
  narrowed: {},
  walks: 400,
  length: 10,
  ...given,
})

const all: Plan['operations'] = {}
const locks = { mlock: 2, mlock2: 2, munlock: 1, mlockall: 1.5, munlockall: 0.7, rlimit: 1.5, setuid: 0.5, dropcap: 0.5 }
const areas = { mkswap: 1.5, rmswap: 1, swapon: 3, swapoff: 2 }
const segments = { shmget: 4, shmat: 4, shmdt: 2, shmremove: 1.5, shmset: 1, shmstat: 1, shmlock: 1, shmunlock: 0.5 }
const objects = { objects: 2, parts: 2 }
const rare = { walks: 800, length: 12 }

export const grounds: readonly Plan[] = [
  plan('memory', {
    switches: { zeroFrame: 'on' },
    operations: { ...life, ...access, ...map, ...move, mprotect: 3, mincore: 1 },
    narrowed: { ...frugal, request: ['rw', 'r', 'none', 'rx', 'guard', 'rw+cow'] },
  }),
  plan('regions', {
    bounds: { ...small, ...objects, processes: 1, spaces: 1, pages: 6, gap: 2, stack: 3, regions: 3 },
    switches: { stacks: 'on' },
    operations: { spawn: 1, ...access, ...map, mprotect: 3, mremap: 3, mincore: 1, rlimit: 1 },
    ...rare,
  }),
  plan('moves', {
    bounds: { ...small, ...objects, processes: 1, spaces: 1, pages: 5, regions: 3 },
    switches: { zeroFrame: 'on' },
    operations: { spawn: 1, ...access, ...map, ...move, mremap: 5, mprotect: 1 },
    narrowed: { ...frugal, placement: ['fixed', 'anywhere'] },
  }),
  plan('swap', {
    bounds: { ...small, pages: 2, frames: 3, sharers: 2, areas: 1 },
    switches: { swapCache: 'on', zeroFrame: 'on' },
    operations: { ...life, ...access, ...map, ...move, mprotect: 0.5, mincore: 1, mremap: 1 },
    narrowed: { ...frugal, request: ['rw', 'r', 'none'] },
  }),
  plan('areas', {
    bounds: { ...small, ...objects, parts: 1, pages: 2, frames: 3, slots: 3, areas: 3, holed: 1, priorities: 1 },
    switches: { swapping: 'on', swapCache: 'on' },
    operations: { ...life, ...access, ...map, ...move, ...areas, dropcap: 0.3, exit: 0.3 },
    narrowed: { ...frugal, request: ['rw', 'r'] },
    ...rare,
  }),
  plan('reclaim', {
    bounds: { ...small, ...objects, parts: 1, pages: 3, frames: 2 },
    switches: { reclaim: 'on', swapCache: 'on', locking: 'on' },
    operations: { ...life, ...access, ...map, ...move, mlock: 1, munlock: 0.5, swapOut: 1 },
    narrowed: { ...frugal, request: ['rw', 'r'] },
    ...rare,
  }),
  plan('reclaim-counted', {
    bounds: { ...small, pages: 3, frames: 6 },
    switches: { reclaim: 'on', tables: 'counted' },
    operations: { ...life, ...access, ...map, mremap: 2, exit: 0.3 },
    narrowed: { ...frugal, request: ['rw', 'r'] },
    ...rare,
  }),
  plan('counted', {
    bounds: { ...small, frames: 5, pages: 5 },
    switches: { tables: 'counted', window: 'straddle-1', zeroFrame: 'on' },
    operations: { ...life, ...access, ...map, ...move, mremap: 2 },
    narrowed: { ...frugal, request: ['rw', 'r'], moving: ['none', 'maymove|fixed', 'maymove|fixed|dontunmap'] },
  }),
  plan('few-tables', {
    bounds: { ...small, ...objects, pages: 5, tableFrames: 3 },
    switches: { window: 'straddle-1' },
    operations: { ...life, ...access, ...map, ...move, mremap: 2 },
    narrowed: { ...frugal, request: ['rw', 'r'], moving: ['none', 'maymove|fixed', 'maymove|fixed|dontunmap'] },
  }),
  plan('kernel', {
    bounds: { ...small, pages: 2, frames: 5, reserved: 1 },
    switches: { kernel: 'on', reclaim: 'on' },
    operations: { spawn: 1, exit: 0.3, store: 3, mmap: 3, munmap: 1, reserve: 2, allocate: 2, free: 4 },
    narrowed: { ...frugal, request: ['rw'] },
  }),
  plan('locking', {
    bounds: { ...small, users: 2 },
    switches: { locking: 'on' },
    operations: { ...life, ...access, ...map, mprotect: 2, mremap: 1, ...locks, swapOut: 1 },
    narrowed: { ...frugal, request: ['rw', 'r', 'none', 'guard'] },
    ...rare,
  }),
  plan('stacks', {
    bounds: { ...small, processes: 1, spaces: 1, pages: 6, frames: 2, gap: 1, stack: 3, users: 2 },
    switches: { stacks: 'on', locking: 'on' },
    operations: { spawn: 1, ...access, mmap: 4, munmap: 1, mprotect: 1, mremap: 1, rlimit: 1.5, mlockall: 0.5, mlock: 1, dropcap: 1 },
    narrowed: { growth: ['growsdown', 'steady'], skew: ['aligned'], reach: ['user'], sharing: ['private'], request: ['rw', 'r', 'none'] },
    ...rare,
  }),
  plan('segments', {
    bounds: {
      ...{ ...small, processes: 2, users: 4, keys: 2, objects: 2, parts: 2, segments: 2, segmentPages: 3, largest: 2 },
      ...{ sequences: 2, pages: 3 },
    },
    switches: {},
    operations: { ...life, load: 1, store: 2, ...segments, munmap: 1, mprotect: 1, setuid: 1, dropcap: 0.3, fork: 0.7, exit: 0.5 },
    narrowed: { skew: ['aligned', 'unaligned'], reach: ['user'], mode: [0, 0o600, 0o660, 0o666, 0o400, 0o777, 0o060, 0o006] },
    ...rare,
  }),
  plan('segment-pages', {
    bounds: { ...small, ...objects, segments: 2, segmentPages: 3, largest: 2, sequences: 2, pages: 4, frames: 3 },
    switches: { locking: 'on', reclaim: 'on' },
    operations: { ...life, ...access, ...map, ...move, ...segments, shmset: 0, shmstat: 0, mremap: 1, rlimit: 0.5, mlockall: 0.5, swapOut: 2 },
    narrowed: { ...frugal, placement: ['fixed', 'anywhere', 'hint'], mode: [0o600], request: ['rw', 'r'], key: [0] },
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
    bounds: { ...small, ...objects, processes: 1, spaces: 1, pages: 6, chains: 6, regions: 6, frames: 6 },
    switches: { profile: 'linux', stacks: 'on' },
    operations: { spawn: 1, ...access, ...map, mprotect: 4, mremap: 4 },
    ...rare,
  }),
  plan('sharers', {
    bounds: { ...small, ...objects, processes: 3, spaces: 3, pages: 2, sharers: 2, parts: 1 },
    switches: {},
    operations: { ...life, ...access, ...map, ...move, fork: 3, mremap: 1 },
    narrowed: { ...frugal, request: ['rw', 'r'] },
  }),
  plan('fork-fails', {
    bounds: { ...small, ...objects, pages: 3, tableFrames: 5, frames: 3, slots: 1 },
    switches: { window: 'straddle-1' },
    operations: { spawn: 1, exit: 0.3, fork: 4, load: 1, store: 4, mmap: 4, swapOut: 1 },
    narrowed: { ...frugal, request: ['rw'], sharing: ['private', 'shared'] },
  }),
  plan('fork-fails-counted', {
    bounds: { ...small, ...objects, pages: 3, frames: 5, slots: 2 },
    switches: { window: 'straddle-1', tables: 'counted', reclaim: 'on' },
    operations: { spawn: 1, exit: 0.3, fork: 4, load: 1, store: 4, mmap: 4 },
    narrowed: { ...frugal, request: ['rw'], sharing: ['private', 'shared'] },
  }),
  plan('region-limit', {
    bounds: { ...small, ...objects, processes: 1, spaces: 1, pages: 6, regions: 3, frames: 1, slots: 0, tableFrames: 4 },
    operations: { spawn: 0.3, mmap: 3, munmap: 2, mprotect: 3, mremap: 6 },
    narrowed: { ...frugal, request: ['rw', 'r'], placement: ['fixed', 'anywhere'] },
    ...rare,
  }),
  plan('region-limit-linux', {
    bounds: { ...small, ...objects, processes: 1, spaces: 1, pages: 6, regions: 3, frames: 2, slots: 0, chains: 6 },
    switches: { profile: 'linux', locking: 'on' },
    operations: { spawn: 0.3, mmap: 3, munmap: 2, mprotect: 2, mremap: 6, mlock2: 1, munlock: 1, store: 1 },
    narrowed: { ...frugal, request: ['rw', 'r'], lockFlag: ['onfault'], flag: ['onfault', 'now'] },
    ...rare,
  }),
  plan('linux-move', {
    bounds: { ...small, ...objects, processes: 1, spaces: 1, pages: 6, regions: 5, frames: 3, slots: 0, chains: 6, tableFrames: 5 },
    switches: { profile: 'linux', window: 'straddle-1' },
    operations: { spawn: 0.3, mmap: 3, munmap: 2, mremap: 6, mprotect: 1, store: 3 },
    narrowed: { ...frugal, request: ['rw', 'r'], sharing: ['private', 'shared'], filling: ['lazy'] },
    ...rare,
  }),
  plan('duplicates', {
    bounds: { ...small, ...objects, processes: 1, spaces: 1, pages: 5, regions: 4 },
    switches: { locking: 'on' },
    operations: { spawn: 0.3, mmap: 3, munmap: 1, mremap: 8, store: 2, load: 1, rlimit: 1, mlock: 1, dropcap: 0.3 },
    narrowed: {
      ...{ ...frugal, request: ['rw', 'r'], placement: ['fixed'], sharing: ['shared'], old: [0, 1, 2], count: [0, 1, 2, 3] },
      ...{ moving: ['none', 'maymove', 'maymove|fixed'], resource: ['as', 'memlock'] },
    },
    ...rare,
  }),
  plan('linux-segments', {
    bounds: {
      ...{ ...small, users: 1, keys: 1, objects: 2, parts: 3, segments: 2, segmentPages: 6, largest: 3, sequences: 1, pages: 6 },
      ...{ chains: 6, regions: 4, processes: 1, spaces: 1 },
    },
    switches: { profile: 'linux' },
    operations: { spawn: 0.3, shmget: 2, shmat: 3, shmdt: 1, mprotect: 3, munmap: 1, mremap: 2, mmap: 0.5, load: 0.5 },
    narrowed: { ...frugal, mode: [0o600], creation: ['creat'], request: ['rw', 'r', 'none'] },
    ...rare,
  }),
  plan('guards', {
    bounds: { ...small, ...objects, processes: 1, spaces: 1, pages: 4, users: 1 },
    switches: { locking: 'on' },
    operations: { spawn: 0.3, mmap: 3, mprotect: 5, mlock: 2, mlock2: 1, munlock: 1, mlockall: 1, mincore: 1, store: 1, load: 1, swapOut: 1 },
    narrowed: { ...frugal, request: ['rw', 'r', 'none', 'guard', 'rw+cow', 'rx', 'w'] },
    ...rare,
  }),
  plan('swapoff', {
    bounds: { ...small, objects: 1, parts: 1, pages: 3, frames: 2, slots: 3, areas: 2, partitions: 2 },
    switches: { swapping: 'on' },
    operations: { spawn: 1, exit: 0.2, fork: 1, load: 1, store: 4, mmap: 3, munmap: 0.5, swapOut: 5, swapon: 3, swapoff: 4 },
    narrowed: { ...frugal, request: ['rw', 'r'], priority: [0], filling: ['lazy'] },
    ...rare,
  }),
  plan('swapoff-cached', {
    bounds: { ...small, processes: 3, spaces: 3, pages: 2, frames: 3, slots: 2, sharers: 2 },
    switches: { swapping: 'on', swapCache: 'on' },
    operations: { spawn: 1, exit: 0.2, fork: 3, load: 3, store: 2, mmap: 2, swapOut: 5, swapon: 3, swapoff: 3, swapIn: 2 },
    narrowed: { ...frugal, request: ['rw'], sharing: ['private'], filling: ['lazy'], priority: [0] },
    ...rare,
  }),
  plan('priorities', {
    bounds: { ...small, processes: 1, spaces: 1, pages: 3, frames: 3, slots: 3, areas: 3, partitions: 3, priorities: 1 },
    switches: { swapping: 'on' },
    operations: { spawn: 0.3, store: 2, mmap: 2, swapOut: 5, swapon: 6, swapoff: 4 },
    narrowed: { ...frugal, request: ['rw'], sharing: ['private'], priority: [-1, 0, 1] },
  }),
  plan('segment-rights', {
    bounds: {
      ...{ ...small, processes: 2, users: 6, keys: 2, objects: 2, parts: 1, segments: 2, segmentPages: 2, largest: 1 },
      ...{ sequences: 1, pages: 2 },
    },
    operations: { spawn: 1, fork: 1, setuid: 3, dropcap: 0.3, shmget: 4, shmat: 2, shmset: 2, shmstat: 2, shmremove: 1, shmlock: 0.5 },
    narrowed: { ...frugal, mode: [0, 0o600, 0o060, 0o006, 0o400, 0o040, 0o004, 0o777], key: [1] },
    ...rare,
  }),
  plan('several', {
    bounds: { ...small, processes: 1, spaces: 1, pages: 8, regions: 4, frames: 3, slots: 0, chains: 8, tableFrames: 12 },
    switches: { profile: 'linux' },
    operations: { spawn: 0.3, mmap: 4, munmap: 1, mremap: 6, mprotect: 1, store: 3 },
    narrowed: {
      ...{ ...frugal, request: ['rw', 'r'], sharing: ['private'], filling: ['lazy'], placement: ['fixed'] },
      ...{ moving: ['maymove|fixed', 'maymove|fixed|dontunmap'], old: [2, 3, 4], count: [1, 2, 3, 4] },
    },
    ...rare,
  }),
  plan('tree', {
    bounds: { ...small, processes: 1, spaces: 1, pages: 12, regions: 12, frames: 1, slots: 0, gap: 1, tableFrames: 12 },
    switches: { stacks: 'on' },
    operations: { spawn: 0.3, mmap: 6, munmap: 3, mremap: 2, mprotect: 1 },
    narrowed: {
      ...{ skew: ['aligned'], request: ['rw', 'r'], sharing: ['private'], filling: ['lazy'], count: [1, 2] },
      ...{ placement: ['fixed', 'anywhere'], growth: ['steady', 'growsdown'], moving: ['maymove', 'maymove|fixed'] },
    },
    ...{ walks: 800, length: 16 },
  }),
  plan('linux-stacks', {
    bounds: { ...small, processes: 1, spaces: 1, pages: 6, frames: 3, chains: 6, gap: 1, stack: 4 },
    switches: { profile: 'linux', stacks: 'on', zeroFrame: 'on', reclaim: 'on' },
    operations: { spawn: 0.3, load: 2, store: 4, mmap: 4, munmap: 1, mremap: 3, mprotect: 1 },
    narrowed: {
      ...{ skew: ['aligned'], reach: ['user'], sharing: ['private'], request: ['rw', 'r'], filling: ['lazy'] },
      ...{ placement: ['fixed'], growth: ['growsdown', 'steady'], short: [0] },
    },
    ...rare,
  }),
  plan('stacks-touch', {
    bounds: { ...small, processes: 1, spaces: 1, pages: 5, frames: 1, slots: 1, gap: 0, stack: 4 },
    switches: { stacks: 'on', reclaim: 'on' },
    operations: { spawn: 0.3, load: 1, store: 4, mmap: 4, munmap: 1 },
    narrowed: {
      ...{ skew: ['aligned'], reach: ['user'], sharing: ['private'], request: ['rw'], filling: ['lazy'] },
      ...{ placement: ['fixed'], growth: ['growsdown'], short: [0] },
    },
  }),
  plan('sharers-swapped', {
    bounds: { ...small, processes: 3, spaces: 3, pages: 1, frames: 2, slots: 1, sharers: 2 },
    operations: { spawn: 1, store: 2, load: 1, mmap: 2, swapOut: 4, fork: 4 },
    narrowed: { ...frugal, request: ['rw'], sharing: ['private'], filling: ['lazy'], count: [1] },
    walks: 200,
  }),
  plan('swap-shared', {
    bounds: { ...small, pages: 2, frames: 3, slots: 1, sharers: 3 },
    switches: { swapCache: 'on' },
    operations: { spawn: 1, fork: 3, mmap: 3, store: 2, load: 4, swapOut: 5, mincore: 2, munmap: 0.5 },
    narrowed: { ...frugal, request: ['rw'], sharing: ['private'], filling: ['lazy'], count: [1, 2] },
    ...rare,
  }),
  plan('guards-shared', {
    bounds: { ...small, ...objects, processes: 1, spaces: 1, pages: 2 },
    operations: { spawn: 0.3, mmap: 2, store: 2, load: 1, mprotect: 3, mincore: 3, swapOut: 1, mremap: 1 },
    narrowed: { ...frugal, request: ['rw', 'guard', 'r', 'none'], sharing: ['shared'], placement: ['fixed'], count: [1, 2] },
    walks: 200,
  }),
  plan('few-tables-filled', {
    bounds: { ...small, ...objects, processes: 1, spaces: 1, pages: 5, frames: 3, tableFrames: 2, slots: 0 },
    switches: { window: 'straddle-1', locking: 'on' },
    operations: { spawn: 0.3, mmap: 5, munmap: 2, store: 2, load: 1, mlockall: 1, mremap: 2 },
    narrowed: {
      ...{ ...frugal, request: ['rw'], filling: ['populate', 'locked', 'lazy'], sharing: ['private', 'shared'] },
      ...{ placement: ['fixed'], moving: ['none', 'maymove|fixed'] },
    },
    ...rare,
  }),
  plan('limits', {
    bounds: { ...small, processes: 1, spaces: 1, pages: 5, frames: 3, slots: 0, ...objects },
    switches: { locking: 'on' },
    operations: { spawn: 0.3, mmap: 3, mremap: 5, mlock: 3, rlimit: 4, dropcap: 3, mlockall: 1, munlock: 0.3 },
    narrowed: {
      ...{ ...frugal, request: ['rw'], capability: ['ipc_lock'], placement: ['fixed'] },
      ...{ moving: ['none', 'maymove', 'maymove|fixed', 'maymove|dontunmap'] },
    },
    ...rare,
  }),
  plan('segment-limits', {
    bounds: { ...small, ...objects, processes: 1, spaces: 1, segments: 1, segmentPages: 2, largest: 2, pages: 4 },
    switches: { locking: 'on' },
    operations: { spawn: 0.3, shmget: 3, shmat: 4, rlimit: 3, dropcap: 2, mlockall: 2, mmap: 1, mprotect: 2, shmdt: 1 },
    narrowed: {
      ...{ ...frugal, request: ['rw', 'r'], capability: ['ipc_lock'], mode: [0o600], key: [0], placement: ['fixed', 'anywhere'] },
      ...{ creation: ['creat'] },
    },
    ...rare,
  }),
  plan('segment-moves', {
    bounds: { ...small, processes: 1, spaces: 1, objects: 2, parts: 2, segments: 2, segmentPages: 4, largest: 2, pages: 5, slots: 0 },
    operations: { spawn: 0.3, shmget: 3, shmat: 4, mremap: 4, shmdt: 4, mprotect: 1, munmap: 0.5 },
    narrowed: {
      ...{ ...frugal, request: ['rw', 'r'], mode: [0o600], key: [0], placement: ['fixed'], creation: ['creat'] },
      ...{ moving: ['maymove|fixed'], old: [1, 2], count: [1, 2], attaching: ['none'] },
    },
    ...rare,
  }),
  plan('region-limit-shared', {
    bounds: { ...small, processes: 1, spaces: 1, objects: 3, parts: 3, pages: 5, regions: 3, frames: 1, slots: 0, tableFrames: 4 },
    operations: { spawn: 0.3, mmap: 3, munmap: 1, mprotect: 2, mremap: 6 },
    narrowed: { ...frugal, request: ['rw', 'r'], placement: ['fixed'], sharing: ['shared'], filling: ['lazy'] },
    ...rare,
  }),
  plan('linux-seams', {
    bounds: { ...small, processes: 1, spaces: 1, pages: 5, regions: 4, frames: 5, slots: 0, chains: 6 },
    switches: { profile: 'linux', locking: 'on' },
    operations: { spawn: 0.3, mmap: 3, store: 4, mremap: 5, mprotect: 2, mlock2: 1, munlock: 1 },
    narrowed: {
      ...{ ...frugal, request: ['rw', 'r'], placement: ['fixed'], sharing: ['private'], filling: ['lazy'], flag: ['onfault'] },
      ...{ moving: ['maymove|fixed', 'maymove|fixed|dontunmap'], count: [1, 2], old: [1, 2] },
    },
    ...rare,
  }),
  plan('x86-few-tables', {
    bounds: { ...small, frames: 3, pages: 4, slots: 1, tableFrames: 6 },
    switches: { geometry: 'x86', window: 'straddle-3' },
    operations: { spawn: 1, fork: 1, exit: 0.3, store: 4, mmap: 4, munmap: 1, mremap: 2 },
    narrowed: { ...frugal, request: ['rw'], sharing: ['private'], filling: ['lazy'], placement: ['fixed'], moving: ['maymove|fixed'] },
    walks: 80,
  }),
  plan('x86', {
    bounds: { ...small, frames: 6, pages: 6, tableFrames: 12 },
    switches: { geometry: 'x86', window: 'straddle-3' },
    operations: { ...life, ...access, ...map, ...move, mprotect: 2, mremap: 2 },
    narrowed: { reach: ['user'], moving: ['none', 'maymove|fixed', 'maymove|fixed|dontunmap'] },
    walks: 60,
  }),
  plan('everything', {
    bounds: {
      ...{ processes: 3, spaces: 2, pages: 6, frames: 6, slots: 4, regions: 4, values: 2, tableFrames: 8 },
      ...{ objects: 2, parts: 3, areas: 2, partitions: 1, users: 3, keys: 2, sequences: 2, segments: 2, segmentPages: 4 },
      ...{ largest: 3, priorities: 1, gap: 1, stack: 3, reserved: 1, sharers: 3 },
    },
    switches: { zeroFrame: 'on', swapCache: 'on', locking: 'on', stacks: 'on', swapping: 'on', kernel: 'on' },
    operations: all,
    length: 14,
    walks: 400,
  }),
]
