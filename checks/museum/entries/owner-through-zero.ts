import { mutant, store } from '../../../model/index.js'
import { all, around, insertedBefore } from '../edits.js'
import type { Entry } from '../entry.js'

export const ownerThroughZero: Entry = {
  id: 'owner-through-zero',
  title: 'A frame that changes hands has a count of zero on the way',
  systems: ['Xen'],
  year: '2019',
  source: 'XSA-287; Xen 3d4868a481',
  story: [
    'To take a frame from its owner, its count was brought down to zero, and the frame was then given to somebody else. For a moment it was nobody by its count and still somebody by its mark.',
    'In that moment it could be freed and handed out, and who had read the old owner before went on with the frame of a new one.',
  ],
  fix: 'who takes the frame away has a reference of its own, and mark and count change in one step',
  likeness: 'the same mistake elsewhere',
  here: 'An eviction takes the names of a frame away before it has a reference of its own, and gets that in a second step. In between the frame counts as free. Frames have no owners in this model beside those who name them; what goes wrong is that the page of one process is saved with what another has put there.',
  ingredients: ['swap', 'split fault', 'content'],
  mutant: mutant(
    'an eviction has its own reference too late',
    store,
    all(
      around('redirect', run => (m, my, value) => {
        const then = run(m, my, value)
        if (then === undefined && my.saving !== null) {
          m.frames[my.saving].references--
          my.saving = null
        }
        return then
      }),
      insertedBefore('evicted', 'takeOver', (m, my) => {
        if (my.victim === null) return
        m.frames[my.victim].references++
        my.saving = my.victim
      }),
    ),
  ),
  scope: {
    bounds: { processes: 2, spaces: 2, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 1, values: 1 },
    switches: { tables: 'plenty', reclaim: 'on' },
    given: [
      'P0 spawn',
      'P1 spawn',
      'P0 mmap @0 1 rw private|anon|fixed',
      'P1 mmap @0 1 rw private|anon|fixed',
      'P0 write @0 1',
    ],
    operations: { store: { process: [1] } },
  },
  breaks: 'swap/slot-keeps-content',
}
