// How a scope's bounds become a machine: its boot values, and where the window of model pages lies in its addresses.
// A model byte becomes a pattern over a whole page, so that a page copied in part, or to the wrong place, shows.

import { type BootInfo, type Geometry, pageBytes, tiny, x86 } from '../../impl/index.js'
import { type Bounds, firstPage, size } from '../../model/index.js'

export interface Placement {
  readonly boot: BootInfo
  /** The number of the window's first page in the machine's address space. */
  readonly firstPage: number
  readonly pages: number
  readonly pageBytes: number
  /** For each byte value, the words of a page that holds it; byte 0 is a cleared page. */
  readonly patterns: readonly Int32Array[]
}

const shapes: { readonly [name: string]: Geometry } = { tiny, x86 }

export function placementOf(bounds: Bounds): Placement {
  const geometry = shapes[bounds.switches.geometry ?? 'tiny'] ?? tiny
  const bytes = pageBytes(geometry)
  const counted = bounds.switches.tables === 'counted'
  return {
    boot: {
      geometry,
      processes: size(bounds, 'process'),
      spaces: size(bounds, 'space'),
      frames: size(bounds, 'frame'),
      tables: counted ? { kind: 'counted' } : { kind: 'separate', frames: size(bounds, 'tableFrame') },
      slots: size(bounds, 'slot'),
      regionLimit: size(bounds, 'region'),
    },
    firstPage: firstPage(bounds),
    pages: size(bounds, 'page'),
    pageBytes: bytes,
    patterns: Array.from({ length: size(bounds, 'value') + 1 }, (_, byte) => patternOf(byte, bytes / 4)),
  }
}

/** Every word differs from its neighbours and from the same word of another byte's page. Word 0 is the byte alone. */
const patternOf = (byte: number, words: number): Int32Array =>
  Int32Array.from({ length: words }, (_, i) => (byte === 0 ? 0 : byte ^ Math.imul(i, 0x9e3779b1)))
