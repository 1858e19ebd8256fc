import { after, mutant, switchTo } from '../../../model/index.js'
import type { Entry } from '../entry.js'

export const usedBeforeSeen: Entry = {
  id: 'used-before-seen',
  title: 'A processor takes up a space before others can see that it does',
  systems: ['Linux on x86'],
  year: '2016',
  source: 'CVE-2016-2069; Linux 71b3c126e611',
  story: [
    'A processor that switches to a space puts itself into the mask of those who must be told of changes, and loads the tables. The store to the mask could still be on its way when the tables were in use.',
    'Another processor took a page away, found nobody in the mask, told nobody, and gave the frame back.',
  ],
  fix: 'a barrier between the mask and the tables, on both sides',
  likeness: 'the same',
  here: 'The processor loads the tables first and enters the mask in the step after that. Stores are seen at once in this model, so the delay of the store is a step.',
  ingredients: ['tlb', 'lazy CPUs'],
  mutant: mutant('tables are loaded before others see it', switchTo, after('load', 'show')),
  scope: {
    bounds: {
      processes: 1,
      spaces: 1,
      cpus: 2,
      asids: 2,
      translations: 1,
      pages: 1,
      frames: 1,
      slots: 0,
      values: 1,
    },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P0 read @0'],
    operations: { switch: {}, munmap: { count: [1] } },
  },
  breaks: 'tlb/names-no-free-frame',
}
