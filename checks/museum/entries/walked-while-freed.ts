import { type Cpu, munmap, mutant } from '../../../model/index.js'
import { forget } from '../../../model/tlb/tlb.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

export const walkedWhileFreed: Entry = {
  id: 'walked-while-freed',
  title: 'A table goes while a walk without locks is in it',
  systems: ['Linux'],
  year: '2022',
  source: 'Linux 2ba99c5e0881, 70cbc3cc78a9',
  story: [
    'Small pages were put together to a large one, and the table that had led to them was freed. A quick pin walks tables without a lock, with interrupts off: nothing that waits for an interrupt on its processor gets past it.',
    'The one who put the pages together flushed, and did not wait for that. Where processors are made to forget without being interrupted, the flush was over while a pin was in the table. The table was used again, and the pin read an entry there and took hold of a frame of somebody else.',
  ],
  fix: 'the processors are interrupted before the table is freed, and the pin looks at the upper entry again',
  likeness: 'the same mistake elsewhere',
  here: 'There are no large pages here: who takes the table down is munmap. In the edit its shootdown makes the other CPUs forget at once, as hardware may, and asks nobody. The walk stands for the pin, and takes no reference.',
  ingredients: ['tlb', 'table frames'],
  mutant: mutant(
    'munmap makes others forget without asking them',
    munmap,
    around('forgetSend', () => (m, my, other) => forget(m, other as Cpu, m.cpus[my.cpu].flush)),
  ),
  scope: {
    bounds: {
      ...{ processes: 1, spaces: 1, cpus: 2, pages: 1, frames: 2, slots: 0, values: 1 },
      ...{ translations: 1, walks: 1, directory: 1 },
    },
    switches: { tables: 'framed', walkers: 'on' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { munmap: { count: [1] }, store: {} },
  },
  breaks: 'tlb/walker-reads-a-table',
}
