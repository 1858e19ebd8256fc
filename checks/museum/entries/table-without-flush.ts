import { munmap, mutant } from '../../../model/index.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

export const tableWithoutFlush: Entry = {
  id: 'table-without-flush',
  title: 'A table goes by its upper entry alone, and nobody flushes',
  systems: ['Linux, huge pages'],
  year: '2021',
  source: 'CVE-2021-4002; Linux a4a118f2eead',
  story: [
    'Processes that map the same huge pages share the table that leads to them. Unmapping in one of them cleared the upper entry, and gave up its share of the table. What decides on a flush is which pages went, and no entry of a page was touched.',
    'So there was none. Once the last process had let go of the table it was used again, while the first one still reached it on another processor.',
  ],
  fix: 'the flush is forced when a table stops being shared, before the lock of the mapping is given back',
  likeness: 'the same mistake elsewhere',
  here: 'No table is shared by spaces here, and no page is large. A table whose page has gone to a slot goes by its upper entry alone all the same: munmap finds no page to forget, and in the edit taking the table down is no reason to flush either.',
  ingredients: ['tlb', 'table frames', 'swap'],
  mutant: mutant(
    'munmap does not count a table as something to forget',
    munmap,
    around('unlinkTable', run => (m, my, value) => {
      const { stale } = my
      const then = run(m, my, value)
      my.stale = stale
      return then
    }),
  ),
  scope: {
    bounds: {
      ...{ processes: 1, spaces: 1, cpus: 2, pages: 1, frames: 2, slots: 1, values: 1 },
      translations: 0,
      walks: 1,
      directory: 1,
    },
    switches: { tables: 'framed' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P0 write @0 1'],
    operations: { munmap: { count: [1] }, swapOut: {}, load: {} },
  },
  breaks: 'tlb/walks-lead-to-tables',
}
