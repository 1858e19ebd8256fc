// What a scope decides before anything runs: how many there are of what, and which parts of the system are there at all.
// Declarations ask the bounds; recipes read the same from `limits`, which takes no cell of a state.

import { type Bounds, constant, record, size } from '../kit/index.js'
import { geometryOf } from '../page-tables/tree.js'

export const on = (name: string) => (bounds: Bounds) => bounds.switches[name] === 'on'
export const counted = (bounds: Bounds): boolean => bounds.switches.tables === 'counted'
/** Tables are frames that hang in a directory, and are made and taken down by steps. */
export const framed = (bounds: Bounds): boolean => bounds.switches.tables === 'framed'
/** Several CPUs: operations are under way at the same time. */
export const severalCpus = (bounds: Bounds): boolean => size(bounds, 'cpu') > 0
/** There is a file, with a page that is kept in memory. */
export const filed = (bounds: Bounds): boolean => size(bounds, 'file') > 0
/** munmap shares the lock while it clears what it has detached. */
export const downgrades = (bounds: Bounds): boolean => severalCpus(bounds) && bounds.switches.downgrade === 'on'
/** Regions have records, by which CPUs know them. */
export const hasNodes = (bounds: Bounds): boolean => size(bounds, 'node') > 0
/** Faults take the lock of a region alone. */
export const regionLocks = (bounds: Bounds): boolean => hasNodes(bounds) && bounds.switches.regionLocks === 'on'
/** CPUs remember the region that they found last. */
export const remembers = (bounds: Bounds): boolean => size(bounds, 'round') > 0
export const linux = (bounds: Bounds): boolean => bounds.switches.profile === 'linux'
/** There are fewer tags than spaces may want in time. */
export const tagged = (bounds: Bounds): boolean => size(bounds, 'tag') > 0
/** Processes are killed for their memory. */
export const reaping = (bounds: Bounds): boolean => severalCpus(bounds) && bounds.switches.reaper === 'on'
/** Hardware notes in entries that a store has come through them. */
export const walkerBits = (bounds: Bounds): boolean => filed(bounds) && bounds.switches.walkerBits === 'on'
/** Hardware notes in entries that a walk has come through them. */
export const accessedBits = (bounds: Bounds): boolean => severalCpus(bounds) && bounds.switches.accessedBits === 'on'
/** Who makes room spares what was used. */
export const secondChances = (bounds: Bounds): boolean => accessedBits(bounds) && on('reclaim')(bounds)
/** Who makes room takes two pages at a time, and asks once for both. */
export const batches = (bounds: Bounds): boolean => severalCpus(bounds) && bounds.switches.batches === 'on'
/** The most pages that one request to forget can name; where it is 0, that is one, or all of the space. */
export const flushPages = (bounds: Bounds): number => size(bounds, 'flushPage')
/** Devices may reach frames: these are pinned meanwhile. */
export const pinning = (bounds: Bounds): boolean => size(bounds, 'pin') > 0
export const locking = on('locking')
export const caching = on('swapCache')
/** The kernel walks without locks, and takes no interrupt meanwhile. */
export const walkers = on('walkers')
/** The kernel takes frames for its own purposes, or some are out of use for good. */
export const kernelUse = (bounds: Bounds): boolean => on('kernel')(bounds) || size(bounds, 'reserved') > 0
/** Bytes that can be stored, from 1 on; 0 is what was never stored. */
export const values = (bounds: Bounds): number => size(bounds, 'value')
export const pages = (bounds: Bounds): number => size(bounds, 'page')
/** The highest number of a user; 0 is the superuser. */
export const users = (bounds: Bounds): number => Math.max(0, size(bounds, 'user') - 1)

export const limits = record({
  regions: constant(b => size(b, 'region')),
  /** Tables are taken from the frames, and counted against them. */
  counted: constant(counted),
  /** Tables are frames with a place in a directory. */
  framed: constant(framed),
  walkers: constant(walkers),
  /** The window ends where the user half ends, so that what passes it passes the address space. */
  top: constant(b => b.switches.window === 'top'),
  /** Levels of tables below the root. */
  levels: constant(b => geometryOf(b).levels - 1),
  /** The profile of a live Linux kernel, where it differs from the textbook (spec/profiles.md). */
  linux: constant(linux),
  /** Reads of memory that was never written share one frame of zeros. */
  zeroFrame: constant(on('zeroFrame')),
  swapCache: constant(caching),
  /** Where no frame is free, one is made free by evicting a page. */
  reclaim: constant(on('reclaim')),
  /** Several CPUs run. */
  concurrent: constant(severalCpus),
  tagged: constant(tagged),
  /** All tags that there are. */
  tags: constant(b => 2 ** size(b, 'tag') - 1),
  /** Devices may reach frames. */
  pinning: constant(pinning),
  reaping: constant(reaping),
  flushPages: constant(flushPages),
  walkerBits: constant(walkerBits),
  accessedBits: constant(accessedBits),
  downgrades: constant(downgrades),
  regionLocks: constant(regionLocks),
  /** How many values the number has that says whether a remembered look-up holds; 0 where nothing is remembered. */
  rounds: constant(b => size(b, 'round')),
  /** How many references a frame or a slot can count. */
  sharers: constant(b => size(b, 'sharers')),
  /** Pages that a growing stack keeps free between itself and what lies below. */
  gap: constant(b => size(b, 'gap')),
  /** Pages that a stack may grow to. */
  stack: constant(b => size(b, 'stack')),
  /** Segments that may exist at a time, and their pages in all. */
  segments: constant(b => size(b, 'segment')),
  segmentPages: constant(b => size(b, 'segmentPage')),
  /** The largest segment, in pages. */
  largest: constant(b => size(b, 'largest')),
  sequences: constant(b => size(b, 'sequence')),
})
