// What a machine is told when it starts: its geometry, how much of everything there is, and what it does where systems
// differ. Most of it has a sensible value when nothing is said. Impossible values are refused here, once, with a
// sentence that says which value and why; the rest of the code relies on them.

import { segmentRecords } from '../spec/interface.js'
import { type Geometry, indexBits, tiny, x86 } from './geometry.js'

/** Where page tables get their frames: from frames set aside for them, or from the same pool as pages. */
export type TableSource = { readonly kind: 'separate'; readonly frames: number } | { readonly kind: 'counted' }

/** A swap area: what it is on, how many slots it has, and whether it is formatted and in use from the start. */
export interface AreaInfo {
  readonly device: 'partition' | 'file' | 'holes'
  readonly slots: number
  readonly header: boolean
  readonly on: boolean
  readonly priority: number
}

/** Limits on segments: how many at a time, their pages in all, the pages of one, and after how many a number returns. */
export interface SegmentLimits {
  readonly most: number
  readonly pages: number
  readonly largest: number
  readonly sequences: number
}

/** Everything a machine is told. */
export interface Settings {
  readonly geometry: Geometry
  readonly processes: number
  readonly spaces: number
  /** Frames of the pool that pages come from. */
  readonly frames: number
  readonly tables: TableSource
  /** Slots of all swap areas together, each the size of a page; `areas`, where given, say it better. */
  readonly slots: number
  /** The largest number of regions that one space may have. */
  readonly regionLimit: number
  /** `linux` behaves as a live kernel does, where that differs from the textbook. */
  readonly profile: 'textbook' | 'linux'
  /** Reads of memory that was never written share one frame of zeros. */
  readonly zeroFrame: boolean
  /** A page that came back from swap keeps its slot until it is written. */
  readonly swapCache: boolean
  /** Where no frame is free, a page is evicted. */
  readonly reclaim: boolean
  /** The upper half of every root maps the kernel's image. */
  readonly kernelHalf: boolean
  /** Objects (shared memory) at a time, and the pages of the largest. */
  readonly objects: number
  readonly objectPages: number
  /** Unless said otherwise: one partition of all slots, in use. */
  readonly areas: readonly AreaInfo[]
  readonly segments: SegmentLimits
  /** The largest number of references that one frame or slot may have. */
  readonly sharers: number
  /** Pages that a stack keeps free below itself, and pages that it may grow to. */
  readonly stackGap: number
  readonly stackLimit: number
  /** The first frames of the pool are out of use. */
  readonly reservedFrames: number
  /** Pages that a new process may lock. */
  readonly memlockLimit: number
  /** A mapping that may go anywhere never goes below this page (Linux: vm.mmap_min_addr). */
  readonly lowestPage: number
  /** CPUs, and translations that each keeps, a power of two; one CPU alone keeps none. */
  readonly cpus: number
  readonly translations: number
  /** The memory is one that threads can share. */
  readonly shared: boolean
}

type Told = 'geometry' | 'processes' | 'spaces' | 'frames' | 'tables' | 'slots' | 'regionLimit'
/** What has to be said, and what may be. */
export type BootInfo = Pick<Settings, Told> & Partial<Omit<Settings, Told>>

/** No limit at all, for what is limited by a number of pages. */
export const unlimited = 2 ** 31 - 1

/** A machine to start with: everything in it can be printed on a page. */
export const tinyBoot: BootInfo = {
  geometry: tiny,
  processes: 2,
  spaces: 2,
  frames: 16,
  tables: { kind: 'counted' },
  slots: 4,
  regionLimit: 8,
}

/** The same with the widths of a real processor: 16 MiB of pages and 1 MiB of swap. */
export const x86Boot: BootInfo = {
  geometry: x86,
  processes: 4,
  spaces: 4,
  frames: 4096,
  tables: { kind: 'counted' },
  slots: 256,
  regionLimit: 1024,
}

/** All that was said, and what is meant where nothing was. Throws a RangeError when no machine can be built from it. */
export function settings(boot: BootInfo): Settings {
  const isLinux = boot.profile === 'linux'
  const objectPages = boot.objectPages ?? 64
  const complete: Settings = {
    profile: 'textbook',
    zeroFrame: false,
    swapCache: false,
    reclaim: false,
    kernelHalf: false,
    objects: 16,
    objectPages,
    areas: [{ device: 'partition', slots: boot.slots, header: true, on: true, priority: 0 }],
    // As Linux: SHMMNI segments, and numbers that come back after 32,768 (ipc/util.h).
    segments: { most: 4096, pages: unlimited, largest: objectPages, sequences: 32768 },
    sharers: unlimited,
    // As Linux: stack_guard_gap, and 8 MiB.
    stackGap: isLinux ? 256 : 1,
    stackLimit: isLinux ? 2048 : 64,
    reservedFrames: 0,
    memlockLimit: unlimited,
    lowestPage: 0,
    cpus: 1,
    translations: 16,
    shared: false,
    ...boot,
  }
  const { areas } = complete
  const whole = { ...complete, slots: areas.reduce((sum, area) => sum + area.slots, 0) }
  validate(whole)
  return whole
}

function validate(boot: Settings) {
  validateGeometry(boot.geometry)
  atLeast(1, 'processes', boot.processes)
  atLeast(1, 'spaces', boot.spaces)
  atLeast(1, 'frames', boot.frames)
  if (boot.tables.kind === 'separate') atLeast(1, 'tables.frames', boot.tables.frames)
  atLeast(0, 'slots', boot.slots)
  atLeast(1, 'regionLimit', boot.regionLimit)
  for (const name of ['objects', 'objectPages', 'stackGap', 'stackLimit', 'memlockLimit', 'lowestPage'] as const) {
    atLeast(0, name, boot[name])
  }
  // An id holds the number of the record, and a process keeps its limit, in so many bits.
  atMost(segmentRecords, 'objects', boot.objects)
  atMost(unlimited, 'memlockLimit', boot.memlockLimit)
  atLeast(2, 'sharers', boot.sharers)
  atLeast(0, 'reservedFrames', boot.reservedFrames)
  if (boot.reservedFrames > boot.frames) {
    throw new RangeError(`reservedFrames is ${boot.reservedFrames}, but there are only ${boot.frames} frames`)
  }
  validateSegments(boot)
  validateAreas(boot)
  validateCpus(boot)
}

/** Who is asked to forget is a bit of one word. */
const mostCpus = 32

function validateCpus({ cpus, translations, swapCache }: Settings) {
  atLeast(1, 'cpus', cpus)
  atMost(mostCpus, 'cpus', cpus)
  atLeast(1, 'translations', translations)
  if ((translations & (translations - 1)) !== 0) {
    throw new RangeError(`translations must be a power of two, not ${translations}`)
  }
  if (cpus > 1 && swapCache) throw new RangeError('swapCache is for one CPU: cpus must be 1 where it is on')
}

function validateSegments({ segments, objectPages }: Settings) {
  for (const name of ['most', 'pages', 'largest'] as const) atLeast(0, `segments.${name}`, segments[name])
  atLeast(1, 'segments.sequences', segments.sequences)
  if (segments.largest > objectPages) {
    throw new RangeError(`segments.largest is ${segments.largest}, but an object has ${objectPages} pages at most`)
  }
}

function validateAreas({ areas }: Settings) {
  for (const [number, area] of areas.entries()) {
    atLeast(0, `slots of area ${number}`, area.slots)
    if (area.on && (!area.header || area.device === 'holes')) {
      throw new RangeError(`area ${number} cannot be on: it has no header, or is a file with holes`)
    }
  }
}

function validateGeometry({ name, pageShift, levels }: Geometry) {
  atLeast(4, `pageShift of geometry ${name}`, pageShift)
  atLeast(1, `levels of geometry ${name}`, levels)
  const bits = indexBits({ name, pageShift, levels })
  // The walker takes the top index from the page number as a double and all other indexes from its low 32 bits.
  if (bits * (levels - 1) > 32 || bits * levels > 48) {
    throw new RangeError(
      `geometry ${name}: ${levels} levels of ${bits} index bits are more than the walker can hold; use fewer levels or a smaller page`,
    )
  }
}

function atLeast(least: number, what: string, value: number) {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${what} must be a whole number of at least ${least}, not ${value}`)
  }
}

function atMost(most: number, what: string, value: number) {
  if (value > most) throw new RangeError(`${what} must be at most ${most}, not ${value}`)
}
