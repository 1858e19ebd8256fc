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
  here: 'Two pages go together, and CPUs are asked once for both. mprotect passes over a page that is on its way to a slot, as it does over pages that are not there. That a flush is pending is no flag of the space here: it follows from the slot, which is not written yet.',
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
    bounds: { processes: 2, spaces: 2, cpus: 2, translations: 1, pages: 2, frames: 2, slots: 2, values: 1 },
    switches: { tables: 'plenty', reclaim: 'on', batches: 'on' },
    given: [
      'P1 spawn',
      'P1 mmap @0 1 r private|anon|fixed',
      'P0 spawn',
      'P0 mmap @0 2 rw private|anon|fixed',
      'P0 write @0 1',
      'P0 write @1 1',
    ],
    operations: {
      mprotect: { process: [0], page: [0], count: [1], request: ['r'] },
      load: { process: [1], page: [0] },
    },
  },
  breaks: 'tlb/within-the-region',
}
