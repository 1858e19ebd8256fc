import { ids, munmap, mutant, need, spaceOf } from '../../../model/index.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

export const numberComesRound: Entry = {
  id: 'number-comes-round',
  title: 'A counter comes round, and a remembered region is one that is gone',
  systems: ['Linux'],
  year: '2018',
  source: 'CVE-2018-17182; Linux 7a9cdebdcc17',
  story: [
    'Each thread remembered the regions that it had found last, with the number that the space had then. When a region went, the number of the space went on by one, and what anybody remembered did not hold any more. The number had 32 bits. When it came round, all threads had to forget, and a function went through them for that.',
    'To save work it did nothing where the space had one user at that moment, and what was remembered stayed. After some four thousand million regions the numbers were equal again, and a region that had been freed long ago was found and used.',
  ],
  fix: 'a number of 64 bits, which does not come round; later, no look-ups were remembered at all',
  likeness: 'the same',
  here: 'munmap does not make CPUs forget when the number comes round. What threads remember CPUs do here, one look-up each. Numbers that have two values make the way short.',
  ingredients: ['tiny counters', 'regions', 'nodes'],
  mutant: mutant(
    'nobody forgets when the number of a space comes round',
    munmap,
    around('unmap', run => (m, my, value) => {
      const known = ids(m.cpus).map(c => ({ c, remembered: m.cpus[c].remembered, round: m.cpus[c].round }))
      const then = run(m, my, value)
      if (m.spaces[need(spaceOf(m, my.process))].round > 0) return then
      for (const { c, remembered, round } of known) {
        m.cpus[c].remembered = remembered
        m.cpus[c].round = round
      }
      return then
    }),
  ),
  scope: {
    bounds: {
      processes: 1,
      spaces: 1,
      cpus: 2,
      translations: 0,
      pages: 1,
      frames: 1,
      slots: 0,
      values: 1,
      nodes: 2,
      rounds: 2,
    },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { mmap: { count: [1], request: ['rw'] }, munmap: { count: [1] }, load: {} },
  },
  breaks: 'concurrency/remembered-is-fresh',
}
