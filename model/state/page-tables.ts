// Page tables: what an entry of a leaf says, where the tables of a space hang, and the kernel half, which all roots share.
// Rules: spec/page-tables.md, spec/tlb.md#global.

import { constant, list, oneOf, optional, range, record, union, when } from '../kit/index.js'
import { apartAt, geometryOf, offsetAt, tableAt } from '../page-tables/tree.js'
import { counted, pages } from './scope.js'
import { cpu, frame, kernelPage, page, slot, type Table, table } from './sets.js'

/** What an entry allows. `none` keeps the frame and lets nobody in. */
export const rights = oneOf('none', 'r', 'rw', 'rx', 'rwx')
/** A leaf entry of the page tables. */
export const Entry = union({
  absent: {},
  zero: { rights: oneOf('none', 'r', 'rx') },
  present: { frame, rights },
  swapped: { slot },
})

/**
 * For each page, at how many levels its tables differ from those of the page before it; which table of the last level
 * has its entry, counted from the window's first, and which entry of that table it is.
 */
export const tree = list(
  page,
  record({
    apart: constant((b, [at]) => apartAt(b, at)),
    table: constant((b, [at]) => tableAt(b, at) as Table),
    offset: constant((b, [at]) => offsetAt(b, at)),
  }),
)

/** The root of a space: which frame is the table there, and the CPU that has its entries in hand (a lock for each table). */
export const directory = list(table, record({ frame: optional(frame), lock: optional(cpu) }))

/** How many tables a space has, where they are counted. */
export const tableCount = when(
  counted,
  range(0, b => 1 + pages(b) * (geometryOf(b).levels - 1)),
)

/** The entries of the kernel half; and the CPU that is changing one. */
export const kernelHalf = list(kernelPage, record({ frame: optional(frame), lock: optional(cpu) }))
