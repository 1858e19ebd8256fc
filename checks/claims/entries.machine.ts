// Claims about the entries of the implementation's page tables: legal, within their region, and showing pages.

import { encode, frameUse, userPages } from '../../impl/index.js'
import { violated } from '../../model/index.js'
import { x86Entry } from '../../spec/interface.js'
import type { MachineClaim } from './machine.js'
import { ACCESS, EXECUTE, firstWrongEntry, GUARD, regionAt, WRITE, where } from './memory-walk.js'

/** Where the processor notes that a page was accessed, or written to. */
const notedBits = (1 << x86Entry.low.accessed) | (1 << x86Entry.low.dirty)

export const entriesMachineClaims: readonly MachineClaim[] = [
  {
    id: 'page-tables/entries-are-legal',
    says: 'an entry in use is present, kept or swapped, of the user where it is present, and nothing else is set in it',
    rule: 'page-tables.md#entries',
    also: ['PT13', 'PT19', 'I8'],
    holds: machine =>
      firstWrongEntry(machine, found => {
        const [again, andHigh] = encode(found.entry)
        // An entry that keeps its frame also keeps what the processor has noted in it.
        const noted = found.entry.is === 'kept' ? notedBits : 0
        if (((again ^ found.low) & ~noted) !== 0 || (andHigh | 0) !== (found.high | 0))
          return violated('an entry has bits that no entry has', where(found))
        if (found.entry.is === 'present' && found.entry.zero && found.entry.dirty)
          return violated('the frame of zeros was written to', where(found))
        return found.entry.is === 'present' && !found.entry.user
          ? violated('a user page belongs to the supervisor', where(found))
          : null
      }),
  },
  {
    id: 'page-tables/entries-name-page-frames',
    says: 'an entry that names a frame names one that holds a page, or the one of zeros',
    rule: 'page-tables.md#entries',
    also: ['PT3', 'PT4', 'FR6', 'I5'],
    holds: machine =>
      firstWrongEntry(machine, found => {
        const { entry } = found
        if (entry.is !== 'present' && entry.is !== 'kept') return null
        const { layout, inspect, boot } = machine
        const isPage = entry.frame < layout.poolFrames && inspect.useOf(entry.frame) === frameUse.page
        if (entry.zero ? boot.zeroFrame && entry.frame === layout.zeroFrame : isPage) return null
        return violated(
          `an entry names frame ${entry.frame}, which holds no page`,
          where(found),
          `frame ${entry.frame}`,
        )
      }),
  },
  {
    id: 'page-tables/rights-within-region',
    says: 'an entry stands in a region and grants no more than it',
    rule: 'page-tables.md#rights',
    also: ['PT5', 'PT6', 'PT10', 'I10'],
    holds: machine => {
      const pages = userPages(machine.boot.geometry)
      return firstWrongEntry(machine, found => {
        const region = regionAt(machine, found)
        if (region === undefined || (region.protection & GUARD) !== 0)
          return violated('an entry stands where nothing is', where(found))
        if (found.page >= pages) return violated('an entry stands above the user half', where(found))
        const { entry } = found
        const { protection } = region
        if (entry.is !== 'present') return null
        const more =
          (protection & ACCESS) === 0 ||
          (entry.writable && (protection & WRITE) === 0) ||
          (!entry.noExecute && (protection & EXECUTE) === 0)
        return more ? violated('an entry grants more than its region', where(found)) : null
      })
    },
  },
]
