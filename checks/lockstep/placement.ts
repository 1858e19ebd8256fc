// How a scope's bounds become a machine: its boot values, and where the window of model pages lies in its addresses.
// A model byte becomes a pattern over a whole page, so that a page copied in part, or to the wrong place, shows.

import {
  type AreaInfo,
  type BootInfo,
  type Geometry,
  pageBytes,
  tiny,
  unlimited,
  userPages,
  x86,
} from '../../impl/index.js'
import { type Bounds, firstPage, size } from '../../model/index.js'

export interface Placement {
  readonly bounds: Bounds
  readonly boot: BootInfo
  /** The number of the window's first page in the machine's address space. */
  readonly firstPage: number
  readonly pages: number
  readonly pageBytes: number
  /** An address in the kernel's half, and one that no address space has. */
  readonly kernelAddress: number
  readonly noncanonicalAddress: number
  /** For each byte value, the words of a page that holds it; byte 0 is a cleared page. */
  readonly patterns: readonly Int32Array[]
}

const shapes: { readonly [name: string]: Geometry } = { tiny, x86 }

export function placementOf(bounds: Bounds): Placement {
  const geometry = shapes[bounds.switches.geometry ?? 'tiny'] ?? tiny
  const bytes = pageBytes(geometry)
  const half = userPages(geometry) * bytes
  return {
    bounds,
    boot: bootOf(bounds, geometry),
    firstPage: firstPage(bounds),
    pages: size(bounds, 'page'),
    pageBytes: bytes,
    // Addresses are sign-extended, so that the kernel's half ends where numbers of 64 bits do.
    kernelAddress: 2 ** 64 - half,
    noncanonicalAddress: half,
    patterns: Array.from({ length: size(bounds, 'value') + 1 }, (_, byte) => patternOf(byte, bytes / 4)),
  }
}

function bootOf(bounds: Bounds, geometry: Geometry): BootInfo {
  const on = (name: string) => bounds.switches[name] === 'on'
  const objectPages = size(bounds, 'part')
  return {
    geometry,
    processes: size(bounds, 'process'),
    spaces: size(bounds, 'space'),
    frames: size(bounds, 'frame'),
    tables:
      bounds.switches.tables === 'counted'
        ? { kind: 'counted' }
        : { kind: 'separate', frames: size(bounds, 'tableFrame') },
    slots: size(bounds, 'slot'),
    regionLimit: size(bounds, 'region'),
    profile: bounds.switches.profile === 'linux' ? 'linux' : 'textbook',
    zeroFrame: on('zeroFrame'),
    swapCache: on('swapCache'),
    reclaim: on('reclaim'),
    kernelHalf: true,
    objects: size(bounds, 'object'),
    objectPages,
    areas: areasOf(bounds),
    segments: {
      most: size(bounds, 'segment'),
      pages: size(bounds, 'segmentPage'),
      // The model's largest object is the limit where segments could be larger.
      largest: Math.min(size(bounds, 'largest'), objectPages),
      sequences: Math.max(1, size(bounds, 'sequence')),
    },
    sharers: size(bounds, 'sharers'),
    stackGap: size(bounds, 'gap'),
    stackLimit: size(bounds, 'stack'),
    reservedFrames: size(bounds, 'reserved'),
    memlockLimit: unlimited,
    lowestPage: firstPage(bounds),
  }
}

/** The swap areas as they start: slots are dealt to them in order, as evenly as they go. */
function areasOf(bounds: Bounds): readonly AreaInfo[] {
  const swapping = bounds.switches.swapping === 'on'
  const [areas, slots] = [Math.max(1, size(bounds, 'area')), size(bounds, 'slot')]
  // The first slot whose share of all slots is this area's or a later one's.
  const firstOf = (area: number) => Math.ceil((area * slots) / areas)
  return Array.from({ length: areas }, (_, area) => {
    const device = deviceOf(bounds, area)
    return {
      device,
      slots: firstOf(area + 1) - firstOf(area),
      header: !swapping || device !== 'file',
      on: !swapping,
      priority: 0,
    }
  })
}

/** Partitions first, files with holes last. Areas that are always on are partitions, whatever else they are called. */
function deviceOf(bounds: Bounds, area: number): AreaInfo['device'] {
  if (bounds.switches.swapping !== 'on' || area < size(bounds, 'partition')) return 'partition'
  return area >= Math.max(1, size(bounds, 'area')) - size(bounds, 'holed') ? 'holes' : 'file'
}

/** Every word differs from its neighbours and from the same word of another byte's page. Word 0 is the byte alone. */
const patternOf = (byte: number, words: number): Int32Array =>
  Int32Array.from({ length: words }, (_, i) => (byte === 0 ? 0 : byte ^ Math.imul(i, 0x9e3779b1)))
