import { ids, munmap, mutant, need, spaceOf, withMember } from '../../../model/index.js'
import { all, around, insertedBefore } from '../edits.js'
import type { Entry } from '../entry.js'

export const markedTooLate: Entry = {
  id: 'marked-too-late',
  title: 'Processors that run something else are marked after the others were told',
  systems: ['FreeBSD on amd64'],
  year: '2022',
  source: 'FreeBSD-EN-22:04.pcid; FreeBSD a165b4591e48',
  story: [
    'With tags in the translation buffer, a processor keeps what it knows of a space that it has left. Whoever changes the space interrupts those that run it, and marks the others, so that they forget when they come back.',
    'A change had turned the order round: interrupts first, marks afterwards. A processor that came back in between found no mark, and used translations that were out of date. Programs saw old data under a lock.',
  ],
  fix: 'the order was turned back: mark, interrupt, wait',
  likeness: 'the same',
  here: 'The shootdown of munmap asks who runs the space, waits and gives the frames back; only then does a new step mark the others. The advisory speaks of any change of an entry; munmap is the shortest.',
  ingredients: ['tlb', 'lazy CPUs'],
  mutant: mutant(
    'munmap marks last who runs something else',
    munmap,
    all(
      around('forgetSend', run => (m, my, to) => {
        const marks = ids(m.cpus).map(c => m.cpus[c].behind)
        const then = run(m, my, to)
        for (const c of ids(m.cpus)) m.cpus[c].behind = marks[c]
        return then
      }),
      insertedBefore('unmap', 'mark', (m, my) => {
        const space = need(spaceOf(m, my.process))
        for (const c of ids(m.cpus)) {
          const it = m.cpus[c]
          if (it.active !== space) it.behind = withMember(it.behind, space)
        }
      }),
    ),
  ),
  scope: {
    bounds: { processes: 2, spaces: 2, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P1 spawn'],
    operations: { munmap: { process: [0], count: [1] }, load: {} },
  },
  breaks: 'tlb/names-no-free-frame',
}
