import { rewritten, store } from '../../../model/index.js'
import { growAtOnce } from '../edits.js'
import type { Entry } from '../entry.js'

export const grownIntoTheHole: Entry = {
  id: 'grown-into-the-hole',
  title: 'A stack grows into what munmap is taking away',
  systems: ['Linux'],
  year: '2020',
  source: 'CVE-2020-29369; Linux 246c320a8cfe',
  story: [
    'munmap takes regions out of the index under the lock of the space held alone. Since 2018 it then shared the lock with others and took the entries and tables away, so that faults elsewhere in the space need not wait. Nobody could map anything in the hole, because that takes the lock alone.',
    'But a stack grew under the shared lock. Above the hole was one, and a fault below it made the stack larger, into the hole, and put a page there. munmap, which was still at work in that range, took the page away again, and the tables with it.',
  ],
  fix: 'munmap keeps the lock to itself where a stack lies next to the hole; since 2023 stacks grow only under the lock held alone, and it shares it again',
  likeness: 'the same mistake elsewhere',
  here: 'It takes two, each of which was right before the other came: a lock that is shared too early, and a stack that grows under a shared lock. Here munmap shares it beside a stack, as Linux does again today, and the edit lets the fault of a store grow the stack as it did then. What is lost is what the program stores to its stack; tables are not frames in this scope.',
  ingredients: ['locks', 'regions', 'split fault', 'content'],
  mutant: rewritten('a stack grows under the shared lock into the hole', store, {
    grow: growAtOnce,
  }),
  scope: {
    bounds: { processes: 1, spaces: 1, cpus: 2, translations: 0, pages: 2, frames: 2, slots: 0, values: 1 },
    switches: { tables: 'plenty', stacks: 'on', downgrade: 'on' },
    given: ['P0 spawn', 'P0 mmap @1 1 rw private|anon|fixed|growsdown', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { munmap: { page: [0], count: [1] }, store: { page: [0] } },
  },
  breaks: 'faults/page-holds-last-store',
}
