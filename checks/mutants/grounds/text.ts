// Grounds for edits of the implementation's text that no other ground meets: each is about one thing that is rare, and
// has hardly more than that takes.

import type { Plan } from '../plot.js'
import { alone, frugal, objects, plan, small } from './kit.js'

const plain = { ...frugal, short: [0], request: ['rw'], sharing: ['private'], filling: ['lazy'] }
const oneSegment = { users: 1, keys: 1, objects: 1, parts: 1, segments: 1, segmentPages: 1, largest: 1, sequences: 1 }
const anySegment = { key: [0], creation: ['creat'], replacing: ['keep'] }

const frameGrounds: readonly Plan[] = [
  plan('kernel-order', {
    bounds: { ...alone, pages: 2, frames: 6, slots: 0 },
    switches: { kernel: 'on' },
    operations: { spawn: 0.3, store: 2, mmap: 2, munmap: 1, reserve: 4, allocate: 2, free: 4 },
    narrowed: plain,
    walks: 200,
  }),
  plan('kernel-full', {
    bounds: { ...alone, pages: 2, frames: 1, slots: 1 },
    switches: { kernel: 'on', reclaim: 'on' },
    operations: { spawn: 0.3, store: 4, mmap: 3, allocate: 3 },
    narrowed: { ...plain, count: [1, 2] },
    walks: 50,
    told: ['P0 spawn\nP0 mmap @0 2 rw private|anon|fixed\nP0 write @0 1\nP0 write @1 1\nalloc'],
  }),
  // More frames than a word of their bitmap has bits.
  plan('many-frames', {
    bounds: { ...alone, pages: 2, frames: 33, slots: 0 },
    operations: { spawn: 0.3, store: 3, mmap: 3, munmap: 2 },
    narrowed: plain,
    walks: 30,
  }),
  plan('object-sharers', {
    bounds: { ...small, pages: 2, objects: 1, parts: 1, sharers: 2, slots: 0 },
    operations: { spawn: 1, fork: 2, load: 4, store: 1, mmap: 2, mremap: 2 },
    narrowed: { ...plain, sharing: ['shared'], count: [0, 1], old: [0, 1], moving: ['maymove|fixed'] },
    walks: 150,
  }),
]

const tableGrounds: readonly Plan[] = [
  plan('tables-full', {
    bounds: { ...small, frames: 1, slots: 1, tableFrames: 2 },
    switches: { reclaim: 'on', window: 'straddle-1' },
    operations: { spawn: 2, store: 4, mmap: 3, mremap: 3 },
    narrowed: { ...plain, count: [1, 2], old: [1], moving: ['maymove|fixed'], to: [1, 2, 3] },
  }),
  plan('move-tables', {
    bounds: { ...alone, pages: 5, slots: 0, tableFrames: 2 },
    switches: { window: 'straddle-1' },
    operations: { spawn: 0.3, mmap: 4, store: 3, mremap: 6 },
    narrowed: { ...plain, count: [2, 3], old: [2, 3], moving: ['maymove|fixed'] },
    walks: 300,
  }),
  plan('x86-near', {
    bounds: { ...alone, slots: 0 },
    switches: { geometry: 'x86', window: 'straddle-1' },
    operations: { spawn: 0.3, mmap: 4, store: 4, munmap: 1 },
    narrowed: { ...plain, count: [1, 2, 4] },
    walks: 40,
  }),
  // Making the child's table takes away what it was made for, and with it the parent's.
  plan('fork-evicts', {
    bounds: { ...small, objects: 1, parts: 11, pages: 11, frames: 6, slots: 1 },
    switches: { geometry: 'x86', tables: 'counted', reclaim: 'on' },
    operations: { spawn: 1, fork: 4, store: 4, mmap: 3 },
    narrowed: { ...plain, sharing: ['shared'], count: [11] },
    walks: 20,
    told: ['P0 spawn\nP0 mmap @0 11 rw shared|anon|fixed\nP0 write @0 1\nP0 fork P1'],
  }),
]

const swapGrounds: readonly Plan[] = [
  // The slot of a page that is known to be in it too counts those who have not brought it back.
  plan('cached-uncountable', {
    bounds: { ...small, processes: 4, spaces: 4, pages: 1, frames: 2, slots: 1, sharers: 3 },
    switches: { swapCache: 'on', locking: 'on' },
    operations: { spawn: 0.3, mmap: 2, load: 3, swapOut: 4, fork: 6 },
    narrowed: { ...plain, filling: ['populate'], count: [1] },
    ...{ walks: 50, length: 10 },
    told: [
      `P0 spawn
      P0 mmap @0 1 rw private|anon|fixed|populate
      P0 fork P1
      P0 fork P2
      P0 swapout @0
      P0 read @0
      P0 fork P3
      P0 swapout @0`,
    ],
  }),
  // Private memory has no object: what lies before the records, the limits of the process, must not be taken for one.
  plan('no-object', {
    bounds: { ...alone, ...oneSegment, parts: 3, pages: 3, frames: 2, slots: 1 },
    switches: { locking: 'on' },
    operations: { spawn: 0.3, mmap: 3, store: 3, swapOut: 3, rlimit: 2, shmdt: 2 },
    narrowed: { ...plain, resource: ['as'] },
    walks: 100,
    told: [
      `P0 spawn
      P0 rlimit as 2
      P0 mmap @0 1 rw private|anon|fixed
      P0 shmdt @0`,
      `P0 spawn
      P0 mmap @0 1 rw private|anon|fixed
      P0 write @0 1
      P0 swapout @0`,
    ],
  }),
  plan('cached-sharers', {
    bounds: { ...small, processes: 3, spaces: 3, pages: 1, frames: 3, slots: 1, sharers: 4 },
    switches: { swapCache: 'on' },
    operations: { spawn: 1, exit: 1, fork: 3, mmap: 2, munmap: 1, store: 2, load: 4, swapOut: 5 },
    narrowed: { ...plain, count: [1] },
    walks: 300,
  }),
  plan('reclaim-cached', {
    bounds: { ...small, pages: 2, frames: 1, slots: 1, sharers: 3 },
    switches: { reclaim: 'on', swapCache: 'on' },
    operations: { spawn: 0.5, fork: 2, mmap: 2, store: 2, load: 5, swapOut: 4 },
    narrowed: { ...plain, count: [1, 2] },
  }),
  plan('swap-again', {
    bounds: { ...alone, pages: 3, frames: 2, slots: 3 },
    operations: { spawn: 0.3, mmap: 3, store: 3, swapOut: 8 },
    narrowed: { ...plain, count: [1, 2, 3] },
    ...{ walks: 200, probeShare: 2 },
    told: [
      // A frame with the number of the slot is another page's.
      `P0 spawn
      P0 mmap @0 3 rw private|anon|fixed
      P0 write @0 1
      P0 write @1 1
      P0 swapout @0
      P0 write @2 1
      P0 swapout @0`,
    ],
  }),
  // No frame is left for what comes back.
  plan('swapoff-one', {
    bounds: { ...alone, pages: 2, frames: 1, slots: 1, areas: 1, partitions: 1 },
    switches: { swapping: 'on', swapCache: 'on' },
    operations: { spawn: 0.3, mmap: 3, store: 3, load: 2, swapOut: 5, swapon: 2, swapoff: 4 },
    narrowed: { ...plain, count: [1, 2], priority: [0] },
    walks: 200,
    told: [
      `P0 spawn
      P0 mmap @0 2 rw private|anon|fixed
      P0 swapon A0 0
      P0 write @0 1
      P0 swapout @0
      P0 write @1 1
      P0 swapoff A0`,
    ],
  }),
  plan('swapoff-sharers', {
    bounds: {
      ...{ processes: 4, spaces: 4, pages: 1, frames: 2, slots: 1, areas: 1, partitions: 1, sharers: 3, values: 2 },
      ...{ regions: 4, tableFrames: 8 },
    },
    switches: { swapping: 'on', swapCache: 'on', locking: 'on' },
    operations: { spawn: 0.3, mmap: 2, load: 3, swapOut: 4, fork: 6, swapon: 2, swapoff: 3 },
    narrowed: { ...plain, filling: ['populate'], count: [1], priority: [0] },
    ...{ walks: 100, length: 12 },
    told: [
      `P0 spawn
      P0 mmap @0 1 rw private|anon|fixed|populate
      P0 fork P1
      P0 fork P2
      P0 swapon A0 0
      P0 swapout @0
      P0 read @0
      P0 fork P3
      P0 swapoff A0`,
    ],
  }),
]

const regionGrounds: readonly Plan[] = [
  plan('stack-locks', {
    bounds: { ...alone, slots: 0, gap: 0, stack: 4 },
    switches: { stacks: 'on', locking: 'on' },
    operations: { spawn: 0.3, store: 4, mmap: 3, rlimit: 3, dropcap: 3, mlock: 2 },
    narrowed: {
      ...{ ...plain, growth: ['growsdown'], filling: ['locked', 'lazy'], count: [1, 2] },
      ...{ capability: ['ipc_lock'], resource: ['memlock'] },
    },
    walks: 200,
  }),
  plan('stack-moved', {
    bounds: { ...alone, pages: 3, frames: 3, slots: 0, gap: 1, stack: 6, chains: 6 },
    switches: { profile: 'linux', stacks: 'on' },
    operations: { spawn: 0.3, store: 5, mmap: 3, mremap: 3 },
    narrowed: { ...plain, growth: ['growsdown'], moving: ['maymove|fixed'], to: [1, 2], count: [1], old: [1] },
    walks: 200,
  }),
  plan('no-neighbours', {
    bounds: { ...small, pages: 2, frames: 2, slots: 0, chains: 8 },
    switches: { profile: 'linux' },
    operations: { spawn: 2, mmap: 4, load: 2, store: 4 },
    narrowed: { ...plain, request: ['rw', 'r'], reserve: ['reserve', 'noreserve'], count: [1] },
    walks: 150,
  }),
  plan('lock-shared', {
    bounds: { ...alone, ...objects, pages: 2, frames: 3, slots: 0 },
    switches: { locking: 'on' },
    operations: { spawn: 0.3, mmap: 2, store: 2, load: 2, mprotect: 4, mlock: 3 },
    narrowed: { ...plain, sharing: ['shared'], request: ['rw', 'r'], count: [1] },
    walks: 200,
  }),
  plan('mincore-two', {
    bounds: { ...small, objects: 1, parts: 2, pages: 2, frames: 3, slots: 0 },
    operations: { spawn: 2, mmap: 3, mincore: 5, store: 1, load: 1 },
    narrowed: { ...plain, sharing: ['private', 'shared'] },
    walks: 150,
  }),
  plan('mincore-guards', {
    bounds: { ...alone, objects: 1, parts: 2, pages: 2, frames: 3, slots: 0 },
    operations: { spawn: 0.3, mmap: 2, mincore: 5, store: 3, mprotect: 4 },
    narrowed: { ...plain, sharing: ['shared'], request: ['rw', 'guard'], count: [1] },
    walks: 150,
  }),
]

const segmentGrounds: readonly Plan[] = [
  plan('attach-unaligned', {
    bounds: { ...alone, ...oneSegment, pages: 3, frames: 3, slots: 0 },
    operations: { spawn: 0.3, shmget: 2, shmat: 4 },
    narrowed: { ...plain, ...anySegment, skew: ['aligned', 'unaligned'], mode: [0o600], attaching: ['none'] },
    walks: 100,
  }),
  plan('segment-modes', {
    bounds: { ...alone, ...oneSegment, pages: 1, slots: 0 },
    operations: { spawn: 0.3, shmget: 3, shmat: 4, dropcap: 2 },
    narrowed: { ...plain, ...anySegment, mode: [0o400, 0o600, 0o200], capability: ['ipc_owner'] },
    walks: 200,
  }),
  plan('segment-owners', {
    bounds: { ...alone, ...oneSegment, users: 2, pages: 1, slots: 0 },
    operations: { spawn: 0.3, shmget: 3, shmset: 4, setuid: 3, shmremove: 1, shmlock: 1 },
    narrowed: { ...plain, ...anySegment, mode: [0o600] },
    walks: 200,
  }),
  plan('segment-code', {
    bounds: { ...alone, ...oneSegment, pages: 2, slots: 0 },
    operations: { spawn: 0.3, shmget: 2, shmat: 6, shmdt: 1 },
    narrowed: { ...plain, ...anySegment, mode: [0o700] },
    walks: 200,
  }),
  // A piece of one segment comes to lie where the same piece of another was.
  plan('segment-pieces', {
    bounds: { ...alone, ...oneSegment, objects: 2, parts: 2, segments: 2, segmentPages: 4, largest: 2, slots: 0 },
    operations: { spawn: 0.3, shmget: 3, shmat: 4, mremap: 4, shmdt: 4 },
    narrowed: {
      ...{ ...plain, ...anySegment, page: [0, 2, 3], mode: [0o600], attaching: ['none'] },
      ...{ moving: ['maymove|fixed'], old: [1], count: [2, 1], to: [1] },
    },
    ...{ walks: 800, length: 12 },
  }),
]

export const textGrounds: readonly Plan[] = [
  ...frameGrounds,
  ...tableGrounds,
  ...swapGrounds,
  ...regionGrounds,
  ...segmentGrounds,
]
