// Grounds for counting: as few regions as an operation can just still leave, so that whoever counts one too many, or one
// too few, gives another answer than the model. Under `linux` also what keeps regions apart that could be one.

import type { Plan } from '../plot.js'
import { frugal, plan, small } from './kit.js'

const alone = { ...small, processes: 1, spaces: 1, slots: 0 }
const plain = { ...frugal, short: [0], request: ['rw'], sharing: ['private'], filling: ['lazy'] }
const linux = { profile: 'linux' }
/** A move to where it is told. */
const away = { moving: ['maymove|fixed'], to: [1, 2, 3, 4] }
const leaving = { ...away, moving: ['maymove|fixed|dontunmap'] }

export const limitGrounds: readonly Plan[] = [
  plan('limit-one', {
    bounds: { ...alone, pages: 4, regions: 1, frames: 1 },
    operations: { spawn: 0.3, mmap: 5, munmap: 1 },
    narrowed: { ...plain, count: [1] },
    ...{ walks: 150, length: 8 },
  }),
  plan('limit-two', {
    bounds: { ...alone, pages: 5, regions: 2, frames: 1 },
    operations: { spawn: 0.3, mmap: 4, munmap: 1, mprotect: 1, mremap: 6 },
    narrowed: { ...plain, request: ['rw', 'r'], ...away, old: [1, 2], count: [1, 2] },
    ...{ walks: 500, length: 8 },
  }),
  plan('limit-locks', {
    bounds: { ...alone, pages: 5, regions: 3, frames: 1 },
    switches: { locking: 'on' },
    operations: { spawn: 0.3, mmap: 4, munmap: 0.5, mlock2: 3, munlock: 1, mremap: 6 },
    narrowed: { ...plain, flag: ['onfault'], ...leaving, old: [1, 2], count: [1, 2] },
    ...{ walks: 800, length: 8 },
  }),
  plan('limit-linux', {
    bounds: { ...alone, pages: 6, regions: 3, frames: 4, chains: 6 },
    switches: linux,
    operations: { spawn: 0.3, mmap: 4, munmap: 0.5, mprotect: 1, mremap: 6, store: 3 },
    narrowed: {
      ...{ ...plain, request: ['rw', 'r'], old: [1, 2], count: [1, 2] },
      ...{ to: [1, 2, 3, 4], moving: ['maymove|fixed', 'maymove|fixed|dontunmap'] },
    },
    walks: 600,
  }),
  plan('limit-linux-locks', {
    bounds: { ...alone, pages: 5, regions: 3, frames: 4, chains: 6 },
    switches: { ...linux, locking: 'on' },
    operations: { spawn: 0.3, mmap: 4, munmap: 0.5, mremap: 6, store: 3, mlock2: 2, mprotect: 1 },
    narrowed: {
      ...{ ...plain, request: ['rw', 'r'], flag: ['onfault'], old: [1, 2], count: [1, 2] },
      ...{ to: [1, 2, 3, 4], moving: ['maymove|fixed', 'maymove|fixed|dontunmap'] },
    },
    walks: 800,
  }),
  plan('limit-linux-two', {
    bounds: { ...alone, pages: 5, regions: 2, frames: 4, chains: 6 },
    switches: linux,
    operations: { spawn: 0.3, mmap: 4, munmap: 0.5, mprotect: 3, mremap: 4, store: 3 },
    narrowed: {
      ...{ ...plain, request: ['rw', 'r'], old: [1, 2], count: [1, 2, 3] },
      moving: ['maymove|fixed', 'maymove|fixed|dontunmap', 'maymove'],
    },
    walks: 600,
  }),
  plan('limit-chains', {
    bounds: { ...alone, pages: 5, regions: 3, frames: 5, chains: 6 },
    switches: { ...linux, locking: 'on' },
    operations: { spawn: 0.3, mmap: 4, mprotect: 4, munmap: 0.3 },
    narrowed: { ...plain, request: ['rw', 'r', 'none'], filling: ['populate', 'lazy'], count: [1, 2, 3] },
    ...{ walks: 300, length: 8 },
    told: [
      // Two regions with chains of their own, and one without between them, become alike.
      `P0 spawn
      P0 mmap @0 2 r private|anon|fixed|populate
      P0 mmap @3 2 r private|anon|fixed|populate
      P0 mmap @2 1 none private|anon|fixed
      P0 mprotect @1 3 rw`,
    ],
  }),
  plan('limit-chains-two', {
    bounds: { ...alone, pages: 4, regions: 2, frames: 4, chains: 6 },
    switches: { ...linux, locking: 'on' },
    operations: { spawn: 0.3, mmap: 4, mprotect: 4 },
    narrowed: { ...plain, request: ['rw', 'r'], filling: ['populate', 'lazy'], count: [1, 2] },
    ...{ walks: 300, length: 8 },
  }),
  plan('limit-seams', {
    bounds: { ...alone, pages: 6, regions: 4, frames: 6, chains: 8 },
    switches: { ...linux, locking: 'on' },
    operations: { spawn: 0.3, mmap: 4, mremap: 4, mprotect: 4 },
    narrowed: {
      ...{ ...plain, request: ['rw', 'r'], filling: ['populate', 'lazy'], old: [1], count: [1, 2] },
      ...{ moving: ['maymove|fixed|dontunmap'], to: [2, 3, 4, 5] },
    },
    ...{ walks: 500, length: 12 },
    told: [
      // What a move leaves behind stays apart; what is changed then lies below it.
      `P0 spawn
      P0 mmap @0 2 rw private|anon|fixed|populate
      P0 mmap @3 2 rw private|anon|fixed|populate
      P0 mremap @4 1 1 maymove|fixed|dontunmap @2
      P0 mprotect @0 1 r`,
    ],
  }),
  plan('seams-apart', {
    bounds: { ...alone, pages: 6, regions: 4, frames: 3, chains: 8 },
    switches: linux,
    operations: { spawn: 0.3, mmap: 4, mremap: 4, store: 4, mprotect: 4 },
    narrowed: { ...plain, request: ['rw', 'r'], ...leaving, old: [1], count: [1, 2] },
    ...{ walks: 500, length: 12 },
    told: [
      `P0 spawn
      P0 mmap @0 1 rw private|anon|fixed
      P0 mmap @3 2 rw private|anon|fixed
      P0 write @3 1
      P0 mremap @4 1 1 maymove|fixed|dontunmap @2
      P0 mprotect @0 1 r`,
    ],
  }),
  plan('limit-segment', {
    bounds: {
      ...{ ...alone, users: 1, keys: 1, objects: 1, parts: 3, segments: 1, segmentPages: 3, largest: 3, sequences: 1 },
      ...{ pages: 4, regions: 2, frames: 1, chains: 4 },
    },
    switches: linux,
    operations: { spawn: 0.3, shmget: 2, shmat: 2, mprotect: 5, mremap: 1 },
    narrowed: {
      ...{ ...plain, request: ['rw', 'r'], mode: [0o600], creation: ['creat'], attaching: ['none'], key: [0] },
      ...{ replacing: ['keep'], moving: ['maymove|fixed'] },
    },
    walks: 200,
  }),
  plan('limit-several', {
    bounds: { ...alone, pages: 8, regions: 2, frames: 1, chains: 8 },
    switches: linux,
    operations: { spawn: 0.3, mmap: 4, mremap: 6, munmap: 0.5 },
    narrowed: {
      ...{ ...plain, request: ['rw', 'r'], old: [2, 3, 4], count: [1, 2, 3, 4] },
      ...{ ...away, to: [1, 2, 3, 4, 5] },
    },
    ...{ walks: 800, length: 9 },
    told: [
      // Another region lies between the old place and the new one.
      `P0 spawn
      P0 mmap @4 2 r private|anon|fixed
      P0 mmap @2 1 rw private|anon|fixed
      P0 mremap @5 2 2 maymove|fixed @0`,
    ],
  }),
  plan('several-tables', {
    bounds: { ...alone, pages: 8, regions: 4, frames: 3, chains: 8, tableFrames: 2 },
    switches: { ...linux, window: 'straddle-1' },
    operations: { spawn: 0.3, mmap: 4, mremap: 6, store: 4 },
    narrowed: { ...plain, request: ['rw', 'r'], moving: ['maymove|fixed', 'none'], old: [2, 3], count: [1, 2, 3] },
    ...{ walks: 400, length: 9 },
  }),
  // An object whose pages are so many that a word before the first record counts the regions of a space.
  plan('wide-objects', {
    bounds: { ...alone, processes: 2, spaces: 2, objects: 1, parts: 7, frames: 1, chains: 8 },
    switches: linux,
    operations: { spawn: 2, mmap: 5, munmap: 1, mprotect: 2 },
    narrowed: { ...plain, request: ['rw', 'r'], count: [1, 2] },
    walks: 200,
  }),
  plan('ceilings-behind', {
    bounds: {
      ...{ ...alone, users: 1, keys: 1, objects: 1, parts: 1, segments: 1, segmentPages: 1, largest: 1, sequences: 1 },
      ...{ pages: 4, frames: 3, chains: 4 },
    },
    switches: linux,
    operations: { spawn: 0.3, shmget: 2, shmat: 3, mprotect: 5, mmap: 3 },
    narrowed: {
      ...{ ...plain, request: ['rw', 'r'], mode: [0o600], creation: ['creat'], attaching: ['rdonly'], key: [0] },
      ...{ replacing: ['keep'], count: [1, 2] },
    },
    walks: 300,
  }),
  // From the second page of the address space on.
  plan('low-window', {
    bounds: { ...alone, pages: 14, regions: 3, frames: 2 },
    switches: { window: 'straddle-1' },
    operations: { spawn: 0.3, mmap: 3, mremap: 5 },
    narrowed: { ...plain, page: [0, 1, 2], old: [1, 2], count: [1, 2, 3, 4], moving: ['none', 'maymove'] },
    walks: 150,
  }),
]
