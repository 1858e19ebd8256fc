// Grounds that draw nothing: walks that are told, for edits that a draw meets now and then only. Each walk has what its
// edit takes and hardly more, so that no change elsewhere can lose it.

import type { Plan } from '../plot.js'
import { alone, plan, small } from './kit.js'

type Ground = Partial<Pick<Plan, 'bounds' | 'switches'>>
const told = (name: string, ground: Ground, ...walks: readonly string[]): Plan =>
  plan(name, { ...ground, told: walks, walks: 0 })

const oneSegment = { users: 1, keys: 1, objects: 1, parts: 1, segments: 1, segmentPages: 1, largest: 1, sequences: 1 }
/** The first half of the pages has one bottom table, the other half the next. */
const twoTables = { window: 'straddle-1' }

const memoryTold: readonly Plan[] = [
  told(
    'told-rights',
    { bounds: { ...alone, pages: 2, frames: 2, slots: 1, chains: 4 }, switches: { profile: 'linux' } },
    // What may be written and executed, and not read: after a right came back, and from a slot.
    'P0 spawn\nP0 mmap @0 1 x private|anon|fixed\nP0 exec @0\nP0 mprotect @0 1 wx\nP0 write @0 1',
    'P0 spawn\nP0 mmap @0 1 wx private|anon|fixed\nP0 write @0 1\nP0 swapout @0\nP0 exec @0',
  ),
  told(
    'told-tables',
    {
      bounds: { ...small, pages: 6, frames: 1, slots: 1, tableFrames: 2 },
      switches: { ...twoTables, reclaim: 'on' },
    },
    // An eviction, and then no table for a move, or for a root: these have evicted nothing.
    ...['P0 mremap @4 1 1 maymove|fixed @0', 'P1 spawn'].map(
      last => `P0 spawn
      P0 mmap @3 2 rw private|anon|fixed
      P0 write @3 1
      P0 write @4 1
      ${last}`,
    ),
    // Only the second page needs a table where it goes, and that is there.
    'P0 spawn\nP0 mmap @4 2 rw private|anon|fixed\nP0 write @5 1\nP0 mremap @4 2 2 maymove|fixed @2',
  ),
  told(
    'told-tables-several',
    {
      bounds: { ...alone, pages: 6, frames: 2, slots: 0, chains: 4, tableFrames: 2 },
      switches: { ...twoTables, profile: 'linux' },
    },
    // Two regions move together, and there is no table for them.
    `P0 spawn
     P0 mmap @3 1 rw private|anon|fixed
     P0 mmap @4 1 r private|anon|fixed
     P0 write @3 1
     P0 mremap @3 2 2 maymove|fixed @0`,
  ),
]

const regionsTold: readonly Plan[] = [
  told(
    'told-unmap-middle',
    { bounds: { ...alone, pages: 3, frames: 1, regions: 1 } },
    'P0 spawn\nP0 mmap @0 3 rw private|anon|fixed\nP0 write @1 1\nP0 munmap @1 1',
  ),
  told(
    'told-locks',
    { bounds: { ...small, pages: 3 }, switches: { locking: 'on' } },
    // The child has both halves, neither of them locked.
    'P0 spawn\nP0 mmap @0 2 rw private|anon|fixed\nP0 mlock @0 1\nP0 fork P1',
    // All of what moves is counted as mapped a second time.
    'P0 spawn\nP0 mmap @0 1 rw private|anon|fixed\nP0 rlimit as 1\nP0 mremap @0 1 1 maymove|dontunmap',
  ),
  told(
    'told-up-to-the-hole',
    { bounds: { ...alone, pages: 2, frames: 1, chains: 2 }, switches: { profile: 'linux', locking: 'on' } },
    // Nothing is to be made resident in front of the hole.
    'P0 spawn\nP0 mmap @0 1 none private|anon|fixed\nP0 mlock2 @0 2',
  ),
  told(
    'told-chains',
    {
      bounds: { ...alone, pages: 5, regions: 3, frames: 4, slots: 0, chains: 4 },
      switches: { profile: 'linux', locking: 'on' },
    },
    // One page more joins the one before it, whose chain it has. That is not the first chain there is.
    `P0 spawn
     P0 mmap @4 1 rw private|anon|fixed|populate
     P0 mmap @0 3 rw private|anon|fixed|populate
     P0 mprotect @0 1 r
     P0 mprotect @1 1 r`,
  ),
  told(
    'told-stack-above',
    { bounds: { ...alone, pages: 5, frames: 1, gap: 2, stack: 3 }, switches: { stacks: 'on' } },
    // A stack keeps others away from below the region that lies right below it; whichever of the two is the root.
    ...[
      ['P0 mmap @3 1 r private|anon|fixed', 'P0 mmap @4 1 rw private|anon|fixed|growsdown'],
      ['P0 mmap @4 1 rw private|anon|fixed|growsdown', 'P0 mmap @3 1 r private|anon|fixed'],
    ].map(both => ['P0 spawn', ...both, 'P0 mmap null 1 r private|anon'].join('\n')),
  ),
]

const swapTold: readonly Plan[] = [
  told(
    'told-attach',
    {
      bounds: { ...alone, ...oneSegment, pages: 3, frames: 4, slots: 4 },
      switches: { ...twoTables, tables: 'counted', reclaim: 'on', locking: 'on' },
    },
    // A page of a segment becomes resident: its frame and its table are made free one after the other.
    `P0 spawn
     P0 mmap @1 2 rw private|anon|fixed
     P0 write @1 1
     P0 write @2 1
     P0 shmget 0 1 creat 700
     P0 mlockall future
     P0 shmat s0 @0`,
  ),
  told(
    'told-copies',
    {
      bounds: { ...alone, pages: 3, frames: 2, slots: 1 },
      switches: { swapCache: 'on', reclaim: 'on', locking: 'on' },
    },
    // The only slot holds a copy of a page that stays: it is given to the page that goes.
    `P0 spawn
     P0 mmap @0 1 r private|anon|fixed
     P0 mmap @1 2 rw private|anon|fixed
     P0 read @0
     P0 swapout @0
     P0 read @0
     P0 mlock @0 1
     P0 write @1 1
     P0 write @2 1`,
  ),
  told(
    'told-spared',
    { bounds: { ...small, pages: 1, frames: 1, slots: 2 }, switches: { swapCache: 'on', reclaim: 'on' } },
    // The only page that could go is the one that is copied.
    `P0 spawn
     P0 mmap @0 1 rw private|anon|fixed
     P0 write @0 1
     P0 fork P1
     P0 swapout @0
     P0 read @0
     P1 read @0
     P1 write @0 2`,
  ),
  told(
    'told-held',
    {
      bounds: { ...alone, ...oneSegment, pages: 2, frames: 1, slots: 1 },
      switches: { reclaim: 'on', locking: 'on' },
    },
    // The only page that could go is one of a segment that is locked.
    `P0 spawn
     P0 shmget 0 1 creat 700
     P0 shmat s0 @0
     P0 write @0 1
     P0 shmlock s0
     P0 mmap @1 1 rw private|anon|fixed
     P0 write @1 1`,
  ),
]

export const toldGrounds: readonly Plan[] = [...memoryTold, ...regionsTold, ...swapTold]
