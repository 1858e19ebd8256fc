import { drop, fork, mutant } from '../../../model/index.js'
import type { Entry } from '../entry.js'

export const forkWithoutFlush: Entry = {
  id: 'fork-without-flush',
  title: 'Fork takes the right to write away and tells nobody',
  systems: ['Linux on PowerPC, huge pages'],
  year: '2008',
  source: 'Linux 86df86424939; LTP hugefork01',
  story: [
    "fork made the parent's entries read-only, so that the next store of either side would copy. The processor kept the writable translation it had, and nobody told it to let it go.",
    'The parent went on writing into a frame that the child had by then as well. The child read what its parent wrote after the fork.',
  ],
  fix: 'the translations are flushed once the right to write is gone',
  likeness: 'the same',
  here: 'The shootdown of fork is left out, and everything else stays. Pages are small here: their size plays no part in it.',
  ingredients: ['tlb', 'copy-on-write'],
  mutant: mutant('fork tells nobody', fork, drop('forget', 'forgetSend', 'forgetAwait', 'forgetDone')),
  scope: {
    bounds: { processes: 2, spaces: 2, cpus: 2, translations: 1, pages: 1, frames: 2, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { fork: { process: [0], child: [1] }, load: {}, store: { process: [0] } },
  },
  breaks: 'tlb/shared-is-not-writable',
}
