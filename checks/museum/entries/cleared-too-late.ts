import { Content, drop, go, load, mutant, need, spaceOf } from '../../../model/index.js'
import { all, around, insertedBefore } from '../edits.js'
import type { Entry } from '../entry.js'

export const clearedTooLate: Entry = {
  id: 'cleared-too-late',
  title: 'The frame is shown first and cleared afterwards',
  systems: ['a hobby kernel'],
  year: '2026',
  source: 'kernel-of-truth issue 118',
  story: [
    'The fault made the entry and then cleared the page, through the new mapping. One thread alone never notices: it comes back to its program when both are done.',
    'A second thread of the same program reads the page in between, and sees what the frame held before.',
  ],
  fix: 'the frame is cleared before an entry names it',
  likeness: 'the same',
  here: 'The step that clears stands behind the one that makes the entry.',
  ingredients: ['content', 'split fault'],
  mutant: mutant(
    'a load clears its frame last',
    load,
    all(
      drop('fill'),
      around('install', run => (m, my, value) => {
        run(m, my, value)
      }),
      insertedBefore('retry', 'clear', (m, my) => {
        const { entry } = m.spaces[need(spaceOf(m, my.process))].pages[need(my.at)]
        if (entry.is === 'present') m.frames[entry.frame].content = Content.zero
        return go('rerun')
      }),
    ),
  ),
  scope: {
    bounds: { processes: 1, spaces: 1, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { load: {} },
  },
  breaks: 'faults/no-stale-memory',
}
