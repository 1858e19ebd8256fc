import { drop, fork, mutant } from '../../../model/index.js'
import { all, around } from '../edits.js'
import type { Entry } from '../entry.js'

export const counterWraps: Entry = {
  id: 'counter-wraps',
  title: 'The count of a shared frame starts again at zero',
  systems: ['Linux', 'StarryOS'],
  year: '2019',
  source: 'CVE-2019-11487; Linux 6b3a70773630; tgoskits pull request 1991',
  story: [
    'Programs could make as many references to a page as they liked, and the count of them had 32 bits. With enough memory for the things that refer, the count came round to zero, and the page was free while everybody had it.',
    'A smaller kernel counted in eight bits: 255 processes with one page were enough.',
  ],
  fix: 'a reference is refused while the count is still far from its end',
  likeness: 'the same',
  here: 'fork does not ask whether one more may name the frame, and the count goes from its largest value to zero. In Linux the references were of other kinds than entries. Counts that end at three make the way short.',
  ingredients: ['tiny counters', 'copy-on-write'],
  mutant: mutant(
    'fork counts past the end',
    fork,
    all(
      drop('share'),
      around('copy', run => (m, my, value) => {
        const then = run(m, my, value)
        for (const f of m.frames) if (f.references > m.limits.sharers) f.references = 0
        return then
      }),
    ),
  ),
  scope: {
    bounds: { processes: 4, spaces: 4, pages: 1, frames: 1, slots: 0, values: 1, sharers: 3 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P0 write @0 1'],
    operations: { fork: { process: [0] }, exit: { process: [1, 2, 3] }, load: { process: [0] } },
  },
  breaks: 'frames/free-frame-is-unmapped',
}
