import { mremap, need, refuse, remapDecision, rewritten, spaceOf } from '../../../model/index.js'
import { changeOf } from '../../../model/regions/moving.js'
import type { Entry } from '../entry.js'

export const remapPastTheLimit: Entry = {
  id: 'remap-past-the-limit',
  title: 'mremap grows a mapping past a limit that mmap keeps',
  systems: ['Linux', 'Asterinas'],
  year: '2011',
  source: 'CVE-2011-2496; Asterinas 2219e83f8; LTP vma03, mremap06',
  story: [
    'What mmap refuses, mremap sometimes did: the two checked their limits each for itself. In Linux a mapping near the end of what a file can have grew until its offset came round to zero. In a younger kernel a mapping grew past the end of the range for programs.',
  ],
  fix: 'one check for all that makes a range',
  likeness: 'the same mistake elsewhere',
  here: 'mremap leaves out what stands against it. The limit that shows it is the number of pages that a process may map, because offsets and ends cannot be exceeded here: nothing can write them down.',
  ingredients: ['regions'],
  mutant: rewritten('mremap grows without looking at limits', mremap, {
    way: (m, my) => {
      const change = changeOf(m, need(spaceOf(m, my.process)), my)
      const taken = remapDecision({ change, moving: my.moving })
      if (taken === 'no room' || taken === 'not without moving') return refuse('ENOMEM')
      my.way = taken
    },
  }),
  scope: {
    bounds: { processes: 1, spaces: 1, pages: 3, frames: 1, slots: 0, values: 1 },
    switches: { tables: 'plenty', locking: 'on' },
    given: ['P0 spawn', 'P0 rlimit as 1'],
    operations: {
      mmap: { request: ['rw'], count: [1] },
      mremap: { old: [1], count: [2], moving: ['none'] },
      store: {},
    },
  },
  breaks: 'regions/within-as',
}
