import { concurrent, go, need, rewritten, spaceOf, switchTo } from '../../../model/index.js'
import type { Entry } from '../entry.js'

export const tagGivenAgain: Entry = {
  id: 'tag-given-again',
  title: 'A number for a space is given out again while a CPU still uses it',
  systems: ['Linux on ARM'],
  year: '2007',
  source: 'Linux 8678c1f04277',
  story: [
    'Translations bear the number of their space, and there are 256 numbers. When they run out, all spaces get new ones as they are taken up again, and every processor forgets what it knew under the old ones.',
    'A processor that had nothing to do kept the tables of its last process loaded. When it went back to that process, it found that the tables were the right ones already, and did not look at the number. In the meantime the numbers had run out: its own had been given to another space, and what was told about its space was told under a new one.',
  ],
  fix: 'the number is looked at whenever a processor goes back to a process, also if the tables are the same',
  likeness: 'the same',
  here: 'A CPU that comes back to the process whose tables it has loaded runs it at once. Two numbers are enough here for them to run out.',
  ingredients: ['tlb', 'tags', 'lazy CPUs', 'tiny counters'],
  mutant: rewritten('a CPU goes back to the same process by the tag that it had', switchTo, {
    same: concurrent((m, my) => {
      const it = m.cpus[my.cpu]
      if (it.active !== need(spaceOf(m, my.process))) return undefined
      it.running = true
      return go('run')
    }),
  }),
  scope: {
    bounds: {
      processes: 3,
      spaces: 3,
      cpus: 2,
      asids: 2,
      translations: 0,
      pages: 1,
      frames: 1,
      slots: 0,
      values: 1,
    },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P1 spawn', 'P2 spawn'],
    operations: { switch: {}, idle: {} },
  },
  breaks: 'tlb/tag-of-the-space',
}
