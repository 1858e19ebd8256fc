import { disabled, has, mprotect, mutant, spaceOf, withoutMember } from '../../../model/index.js'
import { forgetSpace } from '../../../model/tlb/tlb.js'
import { all, around, insertedBefore } from '../edits.js'
import type { Entry } from '../entry.js'

export const usedBeforeSeen: Entry = {
  id: 'used-before-seen',
  title: 'A processor takes up a space before others can see that it does',
  systems: ['Linux on x86'],
  year: '2016',
  source: 'CVE-2016-2069; Linux 71b3c126e611',
  story: [
    'A processor that switches to a space puts itself into the mask of those who must be told of changes, and loads the tables. The store to the mask could still be on its way when the tables were in use.',
    'Another processor took a page away, found nobody in the mask, told nobody, and gave the frame back.',
  ],
  fix: 'a barrier between the mask and the tables, on both sides',
  likeness: 'the same',
  here: 'A processor that enters the kernel for mprotect looks for marks of what it has missed, and only in a second step becomes one that is asked. Stores are seen at once in this model, so the delay is a step; and what is used too long is what the processor kept from its last visit, not what a new walk found.',
  ingredients: ['tlb', 'lazy CPUs'],
  mutant: mutant(
    'a CPU looks for marks before others see it',
    mprotect,
    all(
      insertedBefore('lock', 'catchUp', (m, my) => {
        const space = spaceOf(m, my.process)
        if (space === null) return disabled
        const it = m.cpus[my.cpu]
        if (!has(it.behind, space)) return undefined
        forgetSpace(m, my.cpu, space)
        it.behind = withoutMember(it.behind, space)
        return undefined
      }),
      around('lock', run => (m, my, value) => {
        const it = m.cpus[my.cpu]
        const missed = it.behind
        const then = run(m, my, value)
        if (then === undefined) it.behind = missed
        return then
      }),
    ),
  ),
  scope: {
    bounds: { processes: 1, spaces: 1, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { mprotect: { count: [1], request: ['rw'] }, munmap: { count: [1] }, load: {} },
  },
  breaks: 'tlb/loaded-is-current',
}
