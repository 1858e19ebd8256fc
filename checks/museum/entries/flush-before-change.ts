import { munmap, mutant } from '../../../model/index.js'
import { all, around, later } from '../edits.js'
import type { Entry } from '../entry.js'

export const flushBeforeChange: Entry = {
  id: 'flush-before-change',
  title: 'A frame is flushed first and changes its type afterwards',
  systems: ['Xen, paravirtualized guests'],
  year: '2022',
  source: 'XSA-401; CVE-2022-26362; Xen 8cc5036bc3, a9949efb28',
  story: [
    'A frame of a guest was to become a page table. It might have been writable in some TLB, so all were flushed; then its type was changed, if that and the count were still what they had been.',
    'In between, another processor could map the frame writable, write to it, and unmap it again. Type and count were as before, and the change went through. That processor kept its translation, and with it the guest wrote entries of a page table that nobody had checked.',
  ],
  fix: 'the new type is taken first, so that no new mapping can be made, and the flush comes after',
  likeness: 'the same mistake elsewhere',
  here: 'Frames have kinds here and no counts of them, and a frame becomes a table by way of being free. In the edit munmap flushes first and takes the entry away afterwards: what hardware fills in between outlives the flush, as the mapping in between did there. The frame is a table next.',
  ingredients: ['tlb', 'table frames'],
  mutant: mutant(
    'munmap flushes before it takes anything away',
    munmap,
    all(
      around('limit', run => (m, my, value) => {
        const then = run(m, my, value)
        if (then === undefined) my.stale = true
        return then
      }),
      later('forgetDone', 'clear', 'unlinkTable'),
    ),
  ),
  scope: {
    bounds: {
      ...{ processes: 1, spaces: 1, cpus: 2, pages: 1, frames: 2, slots: 0, values: 1 },
      ...{ translations: 1, walks: 0, directory: 1 },
    },
    switches: { tables: 'framed' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { mmap: { request: ['rw'], count: [1] }, munmap: { count: [1] }, store: {} },
  },
  breaks: 'page-tables/no-way-into-tables',
}
