// The shape of an address space: how big a page is and how many levels of tables lead to it.
// A table is one page full of 8-byte entries, so the page size fixes the number of entries too.
// Every width in the implementation follows from these two numbers; nothing else knows "4096" or "512".
//
//            top index     …      bottom index        offset
//         ┌─────────────┬─────┬──────────────────┬──────────────┐
//  x86    │   9 bits    │ 9,9 │      9 bits      │   12 bits    │   48-bit addresses
//  tiny   │   3 bits    │     │      3 bits      │    6 bits    │   12-bit addresses
//         └─────────────┴─────┴──────────────────┴──────────────┘
//         └────────────── page number ───────────┘

export interface Geometry {
  readonly name: string
  /** The binary logarithm of the page size in bytes. */
  readonly pageShift: number
  /** Tables passed on the way from the root to a page. */
  readonly levels: number
}

/** Small enough to visit every state: 64-byte pages, 8 entries a table, 32 user pages. */
export const tiny: Geometry = { name: 'tiny', pageShift: 6, levels: 2 }

/** Four-level paging of x86-64 (Intel SDM vol. 3A, 4.5): 4 KiB pages, 512 entries a table. */
export const x86: Geometry = { name: 'x86', pageShift: 12, levels: 4 }

const entryShift = 3

/** Bits of a page number that choose one entry of a table. */
export const indexBits = (geometry: Geometry) => geometry.pageShift - entryShift

/** Pages a process may use. The upper half of the root's entries belongs to the kernel, as on x86-64. */
export const userPages = (geometry: Geometry) => 2 ** (indexBits(geometry) * geometry.levels - 1)

/** Bytes of one page. */
export const pageBytes = (geometry: Geometry) => 2 ** geometry.pageShift
