// The state of the memory system, declared once. What a kernel counts is stored (references, regions, locked pages,
// attachments, tables), and claims recount it. What a kernel derives is derived: a region is a maximal run of pages
// with equal attributes, so splitting and merging cannot be wrong here. Sizes come from the scope.
//
//   process ──► space ──► page ─┬─► region: protection, lock, growth, object and offset
//                               └─► entry ─┬─ absent
//                                          ├─ zero ─────► the frame of zeros that all share
//                                          ├─ present ──► frame: references, content
//                                          └─ swapped ──► slot:  references, content, cached frame ──► frame
//   object (segment, shared anonymous memory, or file) ──► its pages: absent, in a frame, in a slot

import { protections } from '../spec/interface.js'
import {
  type Bounds,
  bool,
  constant,
  type Id,
  kit,
  list,
  members,
  type Of,
  oneOf,
  optional,
  range,
  record,
  references,
  set,
  size,
  union,
  type Visible,
  weak,
  when,
} from './kit/index.js'
import { apartAt, geometryOf, offsetAt, tableAt } from './page-tables/tree.js'

export const process = set('process')
export const space = set('space')
export const page = set('page')
export const frame = set('frame')
export const slot = set('slot')
export const object = set('object')
/** A page of an object. */
export const part = set('part')
export const area = set('area')
export const cpu = set('cpu')
/** A record of a region. */
export const node = set('node')
/** A place of a TLB. */
export const translation = set('translation')
/** A page of the kernel half, which all roots share. */
export const kernelPage = set('kernelPage')
/** An entry of a directory, which is the root: where a table of the last level hangs. */
export const table = set('table')
/** A place where a CPU keeps the upper part of a walk. */
export const walk = set('walk')
/** A number that translations bear in place of a space (x86: PCID, Arm and RISC-V: ASID). */
export const tag = set('tag')
/** A place for one pin: a device may reach a frame through it. */
export const pin = set('pin')
/** The identity that a region of private memory gets with its first write, where regions have one (Linux: anon_vma). */
export const chain = set('chain')

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
const remembers = (bounds: Bounds): boolean => size(bounds, 'round') > 0
const rounds = (bounds: Bounds): number => Math.max(1, size(bounds, 'round')) - 1
export const linux = (bounds: Bounds): boolean => bounds.switches.profile === 'linux'
const on = (name: string) => (bounds: Bounds) => bounds.switches[name] === 'on'
/** There are fewer tags than spaces may want in time. */
const tagged = (bounds: Bounds): boolean => size(bounds, 'tag') > 0
/** Processes are killed for their memory. */
const reaping = (bounds: Bounds): boolean => severalCpus(bounds) && bounds.switches.reaper === 'on'
/** Hardware notes in entries that a store has come through them. */
const walkerBits = (bounds: Bounds): boolean => filed(bounds) && bounds.switches.walkerBits === 'on'
/** The most pages that one request to forget can name; where it is 0, that is one, or all of the space. */
const flushPages = (bounds: Bounds): number => size(bounds, 'flushPage')
/** Devices may reach frames: these are pinned meanwhile. */
export const pinning = (bounds: Bounds): boolean => size(bounds, 'pin') > 0
const locking = on('locking')
const caching = on('swapCache')
/** The kernel walks without locks, and takes no interrupt meanwhile. */
const walkers = on('walkers')
const kernelUse = (bounds: Bounds): boolean => on('kernel')(bounds) || size(bounds, 'reserved') > 0
const values = (bounds: Bounds): number => size(bounds, 'value')
const pages = (bounds: Bounds): number => size(bounds, 'page')
const users = (bounds: Bounds): number => Math.max(0, size(bounds, 'user') - 1)
/** Attachments of one object: every page of every space may be a region of its own. */
const attachments = (bounds: Bounds): number => size(bounds, 'space') * pages(bounds)

/** What a page of memory holds: nothing but zeros, whatever was there before, or the byte last stored. */
export const Content = union({ stale: {}, zero: {}, stored: { byte: range(1, values) } })
/** What an entry allows. `none` keeps the frame and lets nobody in. */
export const rights = oneOf('none', 'r', 'rw', 'rx', 'rwx')
/** A leaf entry of the page tables. */
export const Entry = union({
  absent: {},
  zero: { rights: oneOf('none', 'r', 'rx') },
  present: { frame, rights },
  swapped: { slot },
})
/** Where a page of an object is. */
export const Part = union({ absent: {}, resident: { frame }, swapped: { slot } })

/** What a CPU keeps of a walk: of its own, it notices no change of the tables (Intel SDM vol. 3A, 4.10). */
export const Cached = union({
  empty: {},
  zero: { space: weak(space), page: weak(page), rights: oneOf('r', 'rx') },
  present: { space: weak(space), page: weak(page), frame: weak(frame), rights: oneOf('r', 'rw', 'rx', 'rwx') },
  /** Of the kernel half: it serves whatever space is loaded. */
  global: { kernelPage: weak(kernelPage), frame: weak(frame) },
})
/** What a walk has read of a directory: the table that hung there. It counts nothing, and notices no change. */
export const Walk = union({ empty: {}, table: { space: weak(space), table: weak(table), frame: weak(frame) } })
/** What a CPU remembers of its last look-up. */
export const Remembered = union({ none: {}, page: { space: weak(space), page: weak(page), node: weak(node) } })
/**
 * What the others shall forget: a page, several in a row, a frame wherever it is mapped, a space, a space that is no more, a
 * page of the kernel half.
 */
export const Flush = union({
  none: {},
  page: { space: weak(space), page: weak(page) },
  range: { space: weak(space), page: weak(page), count: range(2, flushPages) },
  frame: { frame: weak(frame) },
  space: { space: weak(space) },
  leave: { space: weak(space) },
  kernel: { kernelPage: weak(kernelPage) },
})

/** What a page of the window may be used for, as its region says. A guard page allows nothing and holds nothing. */
export const regionKind = oneOf('unmapped', ...protections, 'guard')
/** What a region's protection may become: its own bits, and those that it may still gain. Reading is always allowed. */
export const ceiling = oneOf('rwx', 'rw', 'rx', 'r')
export const lockKind = oneOf('none', 'locked', 'onfault')

export const state = record({
  /** What the scope fixes. */
  limits: record({
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
  }),
  /**
   * For each page, at how many levels its tables differ from those of the page before it; which table of the last level
   * has its entry, counted from the window's first, and which entry of that table it is.
   */
  tree: list(
    page,
    record({
      apart: constant((b, [at]) => apartAt(b, at)),
      table: constant((b, [at]) => tableAt(b, at) as Table),
      offset: constant((b, [at]) => offsetAt(b, at)),
    }),
  ),
  processes: list(
    process,
    record({
      space: optional(space),
      user: range(0, users),
      /** Capabilities that it has given up. */
      dropped: record({ ipcOwner: bool, ipcLock: bool, sysAdmin: bool }),
      /** Pages that it may lock, and that it may map; as many as the window has are no limit. */
      limits: record({
        memlock: range(0, pages),
        as: range(0, pages),
      }),
      /** It is to die, and the CPU that takes its memory away meanwhile. */
      killed: when(reaping, bool),
      reaper: when(reaping, optional(cpu)),
    }),
  ),
  spaces: list(
    space,
    record({
      /** Processes that use it; free at 0. */
      users: references(space),
      /** CPUs that may look at its regions, and the one that may change them (mmap_lock). */
      readers: when(severalCpus, members(cpu)),
      writer: when(severalCpus, optional(cpu)),
      /** The CPU that has entries in hand, which are not what they seem meanwhile (page-table lock). */
      tableLock: when(severalCpus, optional(cpu)),
      /** The root: which frame is the table there, and the CPU that has its entries in hand (a lock for each table). */
      directory: list(table, record({ frame: optional(frame), lock: optional(cpu) })),
      /** The tag that it was given last, and whether that is of the generation that has begun last. */
      tag: optional(weak(tag)),
      current: when(tagged, bool),
      /** CPUs that have its tables loaded or are about to: who is asked to forget (Linux: mm_cpumask). */
      seen: when(tagged, members(cpu)),
      /** A fork copies its entries; and the CPUs that look at entries without a lock, and since whose first look none began. */
      copying: when(pinning, bool),
      undisturbed: when(pinning, members(cpu)),
      /** The number that says whether what CPUs remember of the space holds. */
      round: range(0, rounds),
      /** The regions as CPUs know them. */
      nodes: list(
        node,
        record({
          use: oneOf('free', 'live', 'detached'),
          /** The other one after each change of its attributes. */
          generation: range(0, 1),
          /** CPUs that go by the region, and the one that may change it. */
          readers: when(regionLocks, members(cpu)),
          writer: when(regionLocks, optional(cpu)),
          /** CPUs that may have found it before it was detached. */
          awaits: when(regionLocks, members(cpu)),
        }),
      ),
      regions: range(0, pages),
      mapped: range(0, pages),
      locked: when(locking, range(0, pages)),
      /** How mappings to come are locked. */
      future: when(locking, lockKind),
      tables: when(
        counted,
        range(0, b => 1 + pages(b) * (geometryOf(b).levels - 1)),
      ),
      pages: list(
        page,
        record({
          region: regionKind,
          ceiling,
          lock: when(locking, lockKind),
          grows: when(on('stacks'), bool),
          object: optional(object),
          /** Of private memory: the file that it shows until it is written. */
          file: when(filed, optional(object)),
          /** Which page of the object or the file; of private memory under `linux`, where the page was when it was first mapped. */
          offset: range(0, b => Math.max(size(b, 'part'), linux(b) ? pages(b) : 0, 1) - 1),
          /** Under `linux`: a region starts here although its attributes agree with those before. */
          seam: when(linux, bool),
          /** Under `linux`: its memory counts as promised. */
          accounted: when(linux, bool),
          /** Under `linux`: who its frames are found by, and whether a parent has them too. */
          chain: optional(chain),
          inherited: when(linux, bool),
          /** The record of the region that it is in. */
          node: optional(weak(node)),
          entry: Entry,
          /** Of a page that shows a file: a store has come through the entry since somebody looked last (x86: D). */
          dirty: when(walkerBits, bool),
          /** In no region any more, and what it holds is being taken away under the shared lock. */
          detached: when(downgrades, bool),
        }),
      ),
    }),
  ),
  objects: list(
    object,
    record({
      kind: oneOf('free', 'anonymous', 'segment', 'file'),
      /** Regions that map it, in all spaces. */
      attachments: range(0, attachments),
      /** Pages that it has. */
      size: range(0, b => size(b, 'part')),
      parts: list(
        part,
        record({
          at: Part,
          /** Of a file: what it holds where it is kept for good. */
          saved: when(filed, Content),
          /** What is in memory is not kept yet. */
          dirty: when(filed, bool),
          /** Being saved, or given up: who wants to touch it waits. */
          busy: when(filed, bool),
        }),
      ),
      key: range(0, b => Math.max(0, size(b, 'key') - 1)),
      /** Which of the segments that used this record one after the other. */
      sequence: range(0, b => Math.max(1, size(b, 'sequence')) - 1),
      /** Bytes by which it ends before its last page does. */
      short: when(linux, range(0, 4095)),
      owner: range(0, users),
      creator: range(0, users),
      mode: range(0, b => (size(b, 'object') > 0 ? 0o777 : 0)),
      /** It goes with its last attachment. */
      marked: bool,
      /** Its pages stay resident. */
      held: bool,
      /** The CPU that has the record in hand: to make it, to change it, or to attach it. */
      holder: when(severalCpus, optional(cpu)),
    }),
  ),
  frames: list(
    frame,
    record({
      references: references(frame),
      /** What it is used as, where tables are frames. */
      kind: when(framed, oneOf('free', 'page', 'table')),
      content: Content,
      /** How many of its references are pins. */
      pins: when(
        pinning,
        range(0, b => size(b, 'pin')),
      ),
      /** Private memory that nobody shares, whoever holds a reference: it may be written where it is (Linux: PG_anon_exclusive). */
      exclusive: when(pinning, bool),
      /** The frame itself, while the kernel uses it for its own purposes. */
      kernel: when(kernelUse, optional(frame)),
      /** Out of use for good: firmware, devices, bad memory. */
      reserved: when(kernelUse, bool),
    }),
  ),
  slots: list(
    slot,
    record({
      area: constant((b, [at]) => areaOf(b, at)),
      references: references(slot),
      content: Content,
      /** The frame that holds the same, where a page came back and the slot is still good. */
      cached: when(caching, optional(frame)),
      /** The slot itself, while the cache keeps it. */
      kept: when(caching, optional(slot)),
      /** Being written: what it holds is not there yet. */
      busy: when(severalCpus, bool),
    }),
  ),
  /** The entries of the kernel half, which are the same in all roots; and the CPU that is changing one. */
  kernel: list(kernelPage, record({ frame: optional(frame), lock: optional(cpu) })),
  pins: list(
    pin,
    record({
      /** The frame that a device may reach, and whether it may write there. */
      frame: optional(frame),
      writes: bool,
      /** It has a pin, or a CPU is about to get it one. */
      wanted: bool,
    }),
  ),
  areas: list(
    area,
    record({
      /** A file with holes cannot be swapped to; a partition cannot be removed. */
      device: constant((b, [at]) => deviceOf(b, at)),
      header: when(on('swapping'), bool),
      on: bool,
      priority: when(
        on('swapping'),
        range(
          b => -size(b, 'area'),
          b => size(b, 'priority'),
        ),
      ),
      /** The CPU that changes it, and whether it is being emptied: nothing goes there any more. */
      holder: when(b => severalCpus(b) && on('swapping')(b), optional(cpu)),
      emptying: when(b => severalCpus(b) && on('swapping')(b), bool),
    }),
  ),
  cpus: list(
    cpu,
    record({
      /** The process that runs, or ran last; and whether it is in the kernel. */
      process: optional(weak(process)),
      busy: bool,
      /** It is ending the process: nobody else begins anything for it. */
      ending: bool,
      /** The child that it is about to make. */
      making: optional(weak(process)),
      /** Whose tables are loaded. */
      active: optional(weak(space)),
      /** The tag that it translates by, and whether that stays with the space when a generation ends: it runs, or is about to. */
      tag: optional(weak(tag)),
      running: when(tagged, bool),
      /** A generation has begun: before it takes a tag of that, it forgets everything. */
      expired: when(tagged, bool),
      /** What it keeps, by which tag, and whether the entry was marked as dirty then. */
      tlb: list(translation, record({ holds: Cached, tag: optional(weak(tag)), dirty: when(walkerBits, bool) })),
      /** Upper parts of walks that it keeps, to begin with them the next time. */
      walks: list(walk, record({ holds: Walk })),
      /** Where a walk of the kernel is that takes no lock; and whether the CPU lets no interrupt in. */
      walking: when(walkers, Walk),
      closed: when(walkers, bool),
      /** The region that it goes by, and its generation when it was found; in a section, nothing holds it yet. */
      node: optional(weak(node)),
      generation: when(hasNodes, range(0, 1)),
      section: when(regionLocks, bool),
      /** The region that it found last, and the number that its space had then. */
      remembered: when(remembers, Remembered),
      round: range(0, rounds),
      /** What it asks others to forget, and who has asked it. */
      flush: Flush,
      asked: members(cpu),
      /** Spaces that changed while it was elsewhere: before it runs them, it forgets what it knows of them. */
      behind: members(space),
    }),
  ),
  /** Tags that were given out since the generation began, and the CPU that is about to give one. */
  tags: record({ given: members(tag), lock: when(tagged, optional(cpu)) }),
  /** What each page should read as: the byte last stored to it, 0 before that. Only claims look here. */
  ghost: record({
    spaces: list(space, record({ pages: list(page, record({ byte: range(0, values) })) })),
    objects: list(object, record({ parts: list(part, record({ byte: range(0, values) })) })),
    /** What is pinned: the page of a space, until that is unmapped; and the space, until that is given up. */
    pins: list(pin, record({ space: optional(weak(space)), page: optional(weak(page)) })),
  }),
})

/** Slots are dealt to the areas in order, as evenly as they go. */
function areaOf(bounds: Bounds, slotNumber: number): number {
  return Math.floor((slotNumber * Math.max(1, size(bounds, 'area'))) / size(bounds, 'slot'))
}
/** The first areas are partitions, the last ones files with holes, those between plain files. */
function deviceOf(bounds: Bounds, areaNumber: number): 'partition' | 'file' | 'holes' {
  if (areaNumber < size(bounds, 'partition')) return 'partition'
  return areaNumber >= size(bounds, 'area') - size(bounds, 'holed') ? 'holes' : 'file'
}

/** The whole state, ghosts included: what claims see. */
export type State = Of<typeof state>
/** What recipes see. */
export type M = Visible<State>
export type Cpu = Id<'cpu'>
export type Process = Id<'process'>
export type Space = Id<'space'>
export type Page = Id<'page'>
export type Frame = Id<'frame'>
export type Slot = Id<'slot'>
export type ObjectId = Id<'object'>
export type PartId = Id<'part'>
export type Area = Id<'area'>
export type RegionNode = Id<'node'>
export type Chain = Id<'chain'>
export type Table = Id<'table'>
export type Pin = Id<'pin'>
export type Tag = Id<'tag'>

export const { operation, rule } = kit<State>()

/** What most operations are called with. */
export interface Placed {
  readonly process: Process
  readonly page: Page
}

/** A page of a space. */
export interface Place {
  readonly space: Space
  readonly page: Page
}

/** The space of a process, or null when the process is not alive. */
export const spaceOf = (m: M, process: Process): Space | null => m.processes[process].space
