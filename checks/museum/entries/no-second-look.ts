import { isInHand, takeInHand } from '../../../model/concurrency/locks.js'
import { breakEntry } from '../../../model/faults/overtaken.js'
import { spotOf } from '../../../model/faults/way.js'
import { block, concurrent, rewritten, store } from '../../../model/index.js'
import type { Entry } from '../entry.js'

export const noSecondLook: Entry = {
  id: 'no-second-look',
  title: 'Looked at under the lock, the lock given back, and not looked at again',
  systems: ['XNU'],
  year: '2023',
  source: 'CVE-2023-41974',
  story: [
    'A copy between address ranges first made sure that no part of its target was being worked on. On a slow path it gave the lock of the map back, took it again, and went on as if what it had seen were still so.',
    'Another thread had begun to wire one of the parts in the meantime. The copy took its frames away, and the wiring then made entries to them: the program had memory that was free.',
  ],
  fix: 'what was looked at is looked at again once the lock is there again',
  likeness: 'the same mistake elsewhere',
  here: 'The fault of a store looks at its page, gives the entries up to find a frame, and here puts the frame in place without a second look. Two faults on one page stand for the copy and the wiring.',
  ingredients: ['split fault', 'locks', 'tlb'],
  mutant: rewritten('store does not look again', store, {
    settle: concurrent((m, my) => {
      const spot = spotOf(m, my)
      if (isInHand(m, spot, my.cpu)) return block
      takeInHand(m, spot, my.cpu)
      breakEntry(m, my)
    }),
  }),
  scope: {
    bounds: { processes: 1, spaces: 1, cpus: 2, translations: 1, pages: 1, frames: 2, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { store: {}, load: {} },
  },
  breaks: 'tlb/names-no-free-frame',
}
