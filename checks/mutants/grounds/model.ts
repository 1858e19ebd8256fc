// Grounds for edits of the model that no other ground meets: each leads to steps and to rows of decisions that are rare.

import type { Plan } from '../plot.js'
import { alone, frugal, plan, small } from './kit.js'

/** One process, one kind of memory, in places that are given. */
const plain = { ...frugal, sharing: ['private'], filling: ['lazy'] }
const long = { walks: 400, length: 12 }

export const modelGrounds: readonly Plan[] = [
  // Every protection, every entry, every access; with the frame of zeros, and with frames that nobody may write.
  ...['off', 'on'].flatMap(zeroFrame => [
    plan(`rights-${zeroFrame}`, {
      bounds: { ...alone, pages: 2, frames: 2, slots: 1 },
      switches: { zeroFrame },
      operations: { spawn: 0.3, load: 2, store: 2, fetch: 2, mmap: 2, mprotect: 4, swapOut: 3 },
      narrowed: { ...plain, request: ['none', 'r', 'w', 'x', 'rw', 'rx', 'guard', 'rw+cow'], count: [1] },
      told: ['P0 spawn\nP0 mmap @0 1 x private|anon|fixed\nP0 exec @0\nP0 swapout @0\nP0 exec @0'],
      ...long,
    }),
    plan(`rights-linux-${zeroFrame}`, {
      bounds: { ...alone, pages: 2, frames: 2, slots: 1, chains: 4 },
      switches: { zeroFrame, profile: 'linux' },
      operations: { spawn: 0.3, load: 2, store: 2, fetch: 2, mmap: 2, mprotect: 4, swapOut: 3 },
      narrowed: { ...plain, request: ['none', 'r', 'w', 'x', 'rw', 'rx', 'wx', 'rwx'], count: [1] },
      told: ['P0 spawn\nP0 mmap @0 1 r private|anon|fixed\nP0 read @0\nP0 mprotect @0 1 wx\nP0 exec @0'],
      ...long,
    }),
  ]),
  ...['textbook', 'linux'].map(profile =>
    plan(`segment-ceilings-${profile}`, {
      bounds: {
        ...{ ...alone, pages: 4, frames: 2, slots: 0, chains: 2 },
        ...{ objects: 1, parts: 1, segments: 1, segmentPages: 1, largest: 1 },
      },
      switches: { profile },
      operations: { spawn: 0.3, shmget: 2, shmat: 4, mprotect: 4, munmap: 1 },
      narrowed: {
        ...{ ...plain, mode: [0o777], key: [0], creation: ['creat'], count: [1], replacing: ['keep'], short: [0] },
        ...{ attaching: ['none', 'rdonly', 'exec', 'rdonly|exec'] },
        request: ['none', 'r', 'w', 'x', 'rw', 'rx', 'wx', 'rwx'],
      },
    }),
  ),
  plan('objects-and-zeros', {
    bounds: { ...alone, objects: 1, parts: 2, pages: 4, frames: 3, slots: 2 },
    switches: { zeroFrame: 'on' },
    operations: { spawn: 0.3, load: 3, store: 2, mmap: 2, mremap: 2, swapOut: 3, munmap: 0.5 },
    narrowed: {
      ...{ ...frugal, request: ['rw', 'r'], sharing: ['shared'], filling: ['lazy'] },
      ...{ moving: ['maymove|fixed', 'maymove'], old: [0, 1], count: [1, 2] },
    },
  }),
  // A frame can be named twice: by its object and by one entry.
  plan('few-names', {
    bounds: { ...alone, objects: 1, parts: 2, pages: 5, frames: 3, slots: 0, sharers: 2 },
    switches: { locking: 'on' },
    operations: {
      spawn: 0.3,
      load: 2,
      fetch: 3,
      mmap: 2,
      mremap: 4,
      mlock: 2,
      mlock2: 2,
      mlockall: 2,
      munlockall: 0.5,
    },
    narrowed: {
      ...{ ...frugal, request: ['rx', 'rw'], sharing: ['shared'], flag: ['now'] },
      ...{ moving: ['none', 'maymove|fixed'], old: [0, 1, 2], count: [1, 2], flags: ['current', 'future'] },
    },
    ...long,
  }),
  plan('few-names-attached', {
    bounds: {
      ...{ ...alone, objects: 1, parts: 2, pages: 4, frames: 3, slots: 0, sharers: 2 },
      ...{ segments: 1, segmentPages: 2, largest: 2 },
    },
    switches: { locking: 'on' },
    operations: { spawn: 0.3, load: 2, shmget: 2, shmat: 4, mlockall: 2 },
    narrowed: {
      ...{ ...frugal, mode: [0o700], key: [0], creation: ['creat'], count: [1, 2], attaching: ['none', 'rdonly'] },
      ...{ flags: ['current', 'future', 'current|future'] },
    },
  }),
  // A page and its table are wanted at once, and both have to be made free.
  plan('two-evictions', {
    bounds: {
      ...{ ...alone, objects: 1, parts: 2, pages: 4, frames: 4, slots: 4 },
      ...{ segments: 1, segmentPages: 2, largest: 2 },
    },
    switches: { tables: 'counted', window: 'straddle-1', reclaim: 'on', locking: 'on' },
    operations: {
      ...{ spawn: 0.3, store: 4, fetch: 2, mmap: 4, mremap: 1, mlock: 2, mlock2: 2, mlockall: 1, munlockall: 1 },
      ...{ shmget: 1, shmat: 2, munmap: 0.5 },
    },
    narrowed: {
      ...{ ...frugal, request: ['rw', 'rx'], sharing: ['private'], mode: [0o700], key: [0], creation: ['creat'] },
      ...{ flag: ['now'], count: [1, 2], old: [1], moving: ['none', 'maymove|fixed'], attaching: ['none'] },
    },
    walks: 800,
    length: 12,
  }),
  // Who locks all it has finds nothing of its own to evict.
  plan('evictions-elsewhere', {
    bounds: { ...small, frames: 5, slots: 2 },
    switches: { tables: 'counted', window: 'straddle-1', reclaim: 'on', locking: 'on' },
    operations: { spawn: 0.5, store: 4, mmap: 3, mlockall: 2 },
    narrowed: { ...plain, request: ['rw'], placement: ['fixed'], count: [1, 2], flags: ['current'] },
    told: [
      `P0 spawn
       P0 mmap @0 1 rw private|anon|fixed
       P1 spawn
       P1 mmap @0 2 rw private|anon|fixed
       P1 write @0 1
       P1 write @1 1
       P0 mlockall current`,
    ],
    walks: 100,
  }),
  plan('x86-evictions', {
    bounds: { ...small, pages: 8, frames: 7, slots: 6 },
    switches: { geometry: 'x86', window: 'straddle-3', tables: 'counted', reclaim: 'on' },
    operations: { spawn: 0.5, fork: 2, store: 5, mmap: 3, mremap: 2 },
    narrowed: {
      ...{ ...plain, request: ['rw'], placement: ['fixed'], count: [1, 2, 3, 4], old: [1, 2, 3, 4] },
      ...{ moving: ['maymove|fixed'] },
    },
    ...long,
  }),
  // Neighbours that have an identity to lend, and pages that are made resident beside them.
  plan('lenders', {
    bounds: { ...alone, pages: 4, frames: 3, slots: 1, chains: 4 },
    switches: { profile: 'linux', locking: 'on' },
    operations: {
      ...{ spawn: 0.3, load: 2, fetch: 2, mmap: 3, mprotect: 1, munlock: 1, swapOut: 1 },
      ...{ mlock: 3, mlock2: 3, mlockall: 3, munlockall: 1 },
    },
    narrowed: {
      ...{ ...plain, request: ['r', 'x', 'rx'], count: [1, 2, 3], flag: ['now'], flags: ['current', 'current|future'] },
      reserve: ['reserve'],
    },
    ...long,
  }),
  plan('lenders-grown', {
    bounds: { ...alone, pages: 4, frames: 2, slots: 0, chains: 4 },
    switches: { profile: 'linux', locking: 'on' },
    operations: { spawn: 0.3, mmap: 4, munmap: 2, mremap: 3 },
    narrowed: {
      ...{ ...frugal, request: ['r', 'x'], sharing: ['private'], filling: ['locked'], placement: ['fixed'] },
      ...{ count: [1, 2], old: [1], moving: ['none'], reserve: ['reserve'] },
    },
    // The region at page 1 has no identity as long as no frame is left; page 2 then finds one next to it.
    told: [
      `P0 spawn
       P0 mmap @0 1 x private|anon|fixed|locked
       P0 mmap @3 1 r private|anon|fixed|locked
       P0 mmap @1 1 r private|anon|fixed|locked
       P0 munmap @3 1
       P0 mremap @1 1 2 none`,
    ],
  }),
  plan('lenders-of-stacks', {
    bounds: { ...alone, pages: 5, frames: 3, slots: 0, chains: 4, gap: 0, stack: 4 },
    switches: { profile: 'linux', stacks: 'on' },
    operations: { spawn: 0.3, load: 2, store: 3, fetch: 2, mmap: 4, mprotect: 1 },
    narrowed: { ...plain, request: ['rw', 'r', 'x'], placement: ['fixed'], count: [1], growth: ['growsdown'] },
    // A stack finds its identity next to it once it has grown.
    told: ['read', 'exec']
      .map(
        access => `P0 spawn
        P0 mmap @4 1 ${access === 'read' ? 'x' : 'r'} private|anon|fixed|growsdown
        P0 read @4
        P0 mmap @3 1 ${access === 'read' ? 'r' : 'x'} private|anon|fixed|growsdown
        P0 ${access} @2`,
      )
      .concat(`P0 spawn
        P0 mmap @4 1 rw private|anon|fixed|growsdown
        P0 write @4 1
        P0 mprotect @4 1 r
        P0 mmap @3 1 rw private|anon|fixed|growsdown
        P0 write @2 1`),
  }),
  // A root is a table like any other.
  plan('roots', {
    bounds: { ...small, pages: 2, frames: 2, slots: 1, tableFrames: 2 },
    switches: { window: 'straddle-1' },
    operations: { spawn: 3, exit: 1, mmap: 2, store: 2, munmap: 0.5 },
    narrowed: { ...plain, request: ['rw'], placement: ['fixed'] },
    walks: 100,
  }),
  plan('roots-counted', {
    bounds: { ...small, pages: 2, frames: 3, slots: 2 },
    switches: { window: 'straddle-1', tables: 'counted', reclaim: 'on' },
    operations: { spawn: 3, exit: 0.5, mmap: 2, store: 3, munmap: 0.3 },
    narrowed: { ...plain, request: ['rw'], placement: ['fixed'] },
    walks: 100,
  }),
  plan('families', {
    bounds: { ...small, pages: 3, frames: 5, slots: 0, chains: 8 },
    switches: { profile: 'linux' },
    operations: { spawn: 0.5, fork: 2, store: 4, mmap: 3, mprotect: 4 },
    narrowed: { ...plain, request: ['rw', 'r'], placement: ['fixed'], count: [1, 2], reserve: ['reserve'] },
    // What a child has from its parent can be one region again; with memory of its own beside it, it cannot.
    told: [
      `P0 spawn
       P0 mmap @0 2 rw private|anon|fixed
       P0 write @0 1
       P0 fork P1
       P1 mprotect @0 1 r
       P1 mprotect @0 1 rw`,
      `P0 spawn
       P0 mmap @0 1 rw private|anon|fixed
       P0 write @0 1
       P0 fork P1
       P1 mmap @1 1 rw private|anon|fixed
       P1 write @1 1
       P1 mprotect @1 1 r
       P1 mprotect @1 1 rw`,
      `P0 spawn
       P0 mmap @1 1 rw private|anon|fixed
       P0 write @1 1
       P0 fork P1
       P1 mmap @0 1 rw private|anon|fixed
       P1 write @0 1
       P1 mprotect @0 1 r
       P1 mprotect @0 1 rw`,
      `P0 spawn
       P0 mmap @0 1 rw private|anon|fixed
       P0 write @0 1
       P0 mprotect @0 1 r
       P0 mmap @1 1 rw private|anon|fixed
       P0 write @1 1
       P0 fork P1
       P1 mprotect @0 1 rw`,
    ],
  }),
  // A store copies what a child has too, also where nobody may read it.
  plan('write-only', {
    bounds: { ...small, pages: 1, frames: 2, slots: 0 },
    operations: { spawn: 0.3, fork: 2, store: 4, mmap: 3 },
    narrowed: { ...plain, request: ['w'], placement: ['fixed'], count: [1] },
    walks: 50,
    told: ['P0 spawn\nP0 mmap @0 1 w private|anon|fixed\nP0 write @0 1\nP0 fork P1\nP0 write @0 1'],
  }),
  plan('promises', {
    bounds: { ...alone, pages: 4, frames: 3, slots: 0, chains: 6 },
    switches: { profile: 'linux' },
    operations: { spawn: 0.3, store: 3, mmap: 2, mprotect: 4, mremap: 4 },
    narrowed: {
      ...{ ...plain, request: ['rw', 'r', 'none'], placement: ['fixed'], count: [1, 2], old: [1, 2] },
      ...{ moving: ['maymove|fixed|dontunmap'], reserve: ['reserve'] },
    },
    ...long,
  }),
]
