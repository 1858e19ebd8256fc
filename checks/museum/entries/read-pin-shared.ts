import { concurrent, copyOnWriteDecision, go, need, pinPage, rewritten, spaceOf } from '../../../model/index.js'
import { rowAnswers } from '../edits.js'
import type { Entry } from '../entry.js'

export const readPinShared: Entry = {
  id: 'read-pin-shared',
  title: 'A page is written in place while another process has it pinned',
  systems: ['Linux'],
  year: '2020',
  source: 'CVE-2020-29374; Linux 17839856fd58',
  story: [
    'A process that had been forked pinned a page for reading, by putting it into a pipe without copying. It shared the page with its parent, and no copy was made, for it only read. Then it unmapped the page.',
    'When the parent stored to the page, it looked how many entries mapped the frame. There was one, its own, so it wrote in place. The child read what the parent wrote after the fork from its pipe.',
  ],
  fix: 'whoever pins shared memory gets a copy first, also for reading; later, private memory is marked as exclusive, and only that is pinned or written in place',
  likeness: 'the same',
  here: 'Two changes, as there: a pin for reading takes what is shared as it stands, and a store counts the pins of a frame for nothing.',
  ingredients: ['copy-on-write', 'pins'],
  mutant: {
    ...rewritten('a pin for reading takes what is shared, and a store overlooks it', pinPage, {
      peek: concurrent((m, my) => {
        const { entry } = m.spaces[need(spaceOf(m, my.process))].pages[my.page]
        if (entry.is !== 'present') return go('lock')
        my.seen = entry.frame
      }),
      compare: concurrent(() => undefined),
    }),
    ...rowAnswers(copyOnWriteDecision, 'shared false, frame pinned', 'allow'),
  },
  scope: {
    bounds: { processes: 2, spaces: 2, cpus: 1, translations: 0, pins: 1, pages: 1, frames: 2, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P0 write @0 1', 'P0 fork P1'],
    operations: {
      pin: { process: [1], how: ['load'] },
      munmap: { process: [1], count: [1] },
      store: { process: [0] },
    },
  },
  breaks: 'pins/written-by-its-owner',
}
