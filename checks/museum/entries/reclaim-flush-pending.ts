import { mprotect, mutant, need, type Page, spaceOf } from '../../../model/index.js'
import { isLeaving } from '../../../model/swap/mappings.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

export const reclaimFlushPending: Entry = {
  id: 'reclaim-flush-pending',
  title: 'The entry is gone, so there seems to be nothing to flush',
  systems: ['Linux'],
  year: '2017',
  source: 'Linux 3ea277194daa',
  story: [
    'To save interrupts, reclaim takes many entries away and flushes once for all of them. Between the two, an entry says that nothing is there while processors still use what was.',
    'mprotect looked at such an entry, found nothing present and so nothing to flush, and returned. The program could go on writing to memory that it had just made read-only.',
  ],
  fix: 'a space remembers that a flush is pending for it, and who changes rights flushes first',
  likeness: 'the same',
  here: 'mprotect passes over pages that are on their way to a slot, as it does over pages that are not there. In this model the flush of an eviction is always a step of its own.',
  ingredients: ['tlb', 'swap', 'locks'],
  mutant: mutant(
    'mprotect does not look for flushes that are pending',
    mprotect,
    around('entries', run => (m, my, v) => {
      const was = my.stale
      const space = need(spaceOf(m, my.process))
      const pending = isLeaving(m, space, v as Page)
      const then = run(m, my, v)
      if (pending) my.stale = was
      return then
    }),
  ),
  scope: {
    bounds: { processes: 2, spaces: 2, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 1, values: 1 },
    switches: { tables: 'plenty', reclaim: 'on' },
    given: ['P0 spawn', 'P1 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P1 mmap @0 1 rw private|anon|fixed'],
    operations: { mprotect: { process: [0], count: [1], request: ['r'] }, store: {} },
  },
  breaks: 'tlb/within-the-region',
}
