// The shape of the page-table tree and where a scope's window of pages lies in it. The model does not keep tables;
// it needs to know how many there are, and that follows from which pages have entries and where the tables of
// neighbouring pages part. Rule: spec/page-tables.md#neighbours.

import { type Bounds, size } from '../kit/schema.js'

export interface TreeGeometry {
  /** Levels of tables, the root included. */
  readonly levels: number
  /** Address bits that one level resolves: a table has 2^bits entries. */
  readonly bits: number
}

/** `tiny`: 8 entries a table, two levels. `x86`: 512 entries, four levels (Intel SDM vol. 3A, 4.5). */
export const geometries: { readonly [name: string]: TreeGeometry } = {
  tiny: { levels: 2, bits: 3 },
  x86: { levels: 4, bits: 9 },
}
export const geometryOf = (bounds: Bounds): TreeGeometry => geometries[bounds.switches.geometry] ?? geometries.tiny

/** Pages of the user half: half of what the root can reach. */
export const userPages = ({ levels, bits }: TreeGeometry): number => 2 ** (levels * bits - 1)

/**
 * The number of the window's first page. `top` ends at the last user page; `straddle-n` lies across the first place
 * where the tables of n levels change between two neighbours.
 */
export function firstPage(bounds: Bounds): number {
  const geometry = geometryOf(bounds)
  const pages = size(bounds, 'page')
  const { window } = bounds.switches
  if (window === undefined || window === 'top') return userPages(geometry) - pages
  const level = Math.min(Number(window.replace('straddle-', '')), geometry.levels - 1)
  return 2 ** (geometry.bits * level) - Math.floor(pages / 2)
}

/** Which table of the last level has the entry of page `at`: they are counted from the one of the window's first page. */
export function tableAt(bounds: Bounds, at: number): number {
  const reach = 2 ** geometryOf(bounds).bits
  const first = firstPage(bounds)
  return Math.floor((first + at) / reach) - Math.floor(first / reach)
}
/** Which entry of its table it is. */
export const offsetAt = (bounds: Bounds, at: number): number => (firstPage(bounds) + at) % 2 ** geometryOf(bounds).bits

/** At how many levels below the root the tables of page `at` differ from those of the page before it. */
export function apartAt(bounds: Bounds, at: number): number {
  const { levels, bits } = geometryOf(bounds)
  const page = firstPage(bounds) + at
  let apart = 0
  for (let level = 1; level < levels; level++) {
    const reach = 2 ** (bits * level)
    if (Math.floor(page / reach) !== Math.floor((page - 1) / reach)) apart++
  }
  return apart
}
