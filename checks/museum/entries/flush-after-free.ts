import { munmap, mutant } from '../../../model/index.js'
import { later } from '../edits.js'
import type { Entry } from '../entry.js'

export const flushAfterFree: Entry = {
  id: 'flush-after-free',
  title: 'Tables go back to the pool, and the flush that was put off comes later',
  systems: ['Xen, guests with extended page tables'],
  year: '2026',
  source: 'XSA-480; CVE-2026-23554; Xen 4bc2e5333a',
  story: [
    'Taking a range of guest memory away put its flush off until the end, so that one would do for all of it. Tables that were left without entries went back to their pool on the way there.',
    'Another processor still kept the way through such a table. The table was used again before the flush came, and that processor took for entries what lay there by then.',
  ],
  fix: 'a flush that is pending is done before tables go back to the pool',
  likeness: 'the same',
  here: 'munmap gives its table back before its shootdown. What it gives back is a frame like any other; Xen has a pool.',
  ingredients: ['tlb', 'table frames'],
  mutant: mutant(
    'munmap gives its tables back before it flushes',
    munmap,
    later('giveTables', 'forget', 'forgetSend', 'forgetAwait', 'forgetDone', 'give'),
  ),
  scope: {
    bounds: {
      ...{ processes: 1, spaces: 1, cpus: 2, pages: 1, frames: 2, slots: 0, values: 1 },
      translations: 0,
      walks: 1,
      directory: 1,
    },
    switches: { tables: 'framed' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { mmap: { request: ['rw'], count: [1] }, munmap: { count: [1] }, store: {} },
  },
  breaks: 'tlb/walks-lead-to-tables',
}
