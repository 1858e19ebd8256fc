import { mremap, mutant } from '../../../model/index.js'
import { later } from '../edits.js'
import type { Entry } from '../entry.js'

export const remapLateFlush: Entry = {
  id: 'remap-late-flush',
  title: 'A page moves, the lock is given back, and only then is its old address forgotten',
  systems: ['Linux'],
  year: '2018',
  source: 'CVE-2018-18281; Linux eb66ae030829',
  story: [
    'mremap moved an entry from the old address to the new one and gave back the lock of the tables. The flush of the old address came afterwards.',
    'In between, somebody else took the page away. The page was at its new address by then, so that was the address that was flushed, and the frame went back to the pool. A third processor still reached it through the old address.',
  ],
  fix: 'the old address is flushed before the locks of the tables are given back',
  likeness: 'the same',
  here: "The shootdown of mremap stands behind its unlock. The lock that is given back too soon is the space's, and who takes the page away is munmap of the new address: reclaim finds pages by their frame in this model, and flushes a frame wherever it is mapped.",
  ingredients: ['tlb', 'locks', 'regions'],
  mutant: mutant(
    'mremap unlocks before it tells the others',
    mremap,
    later('unlock', 'forget', 'forgetSend', 'forgetAwait', 'forgetDone', 'give'),
  ),
  scope: {
    bounds: { processes: 1, spaces: 1, cpus: 2, translations: 1, pages: 2, frames: 1, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: {
      mremap: { page: [0], old: [1], count: [1], moving: ['maymove|fixed'], to: [1] },
      munmap: { page: [1], count: [1] },
      load: {},
    },
  },
  breaks: 'tlb/names-no-free-frame',
}
