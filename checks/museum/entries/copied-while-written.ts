import { after, mutant, store } from '../../../model/index.js'
import type { Entry } from '../entry.js'

export const copiedWhileWritten: Entry = {
  id: 'copied-while-written',
  title: 'A page is copied away while a processor can still write it',
  systems: ['Linux on x86'],
  year: '2013',
  source: 'Linux 20841405940e',
  story: [
    'To learn who uses a page, its entry was made inaccessible, and the flush came a little later. Another processor took a fault on it meanwhile, found it inaccessible already, and so thought that nobody could write it: it copied the page to another node and gave the old frame back.',
    'A third processor still had the writable translation. What it wrote went to the old frame and was lost, or into a frame that was in other hands by then.',
  ],
  fix: 'migration flushes first where a change of rights is under way',
  likeness: 'the same mistake elsewhere',
  here: 'There are no nodes in this model, so nothing migrates: the copy is the one that an eviction makes. It saves the page to its slot once no entry names the frame, and not once every processor has forgotten it.',
  ingredients: ['tlb', 'swap', 'content'],
  mutant: mutant('an eviction saves the page before it tells anybody', store, after('redirect', 'save')),
  scope: {
    bounds: { processes: 2, spaces: 2, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 1, values: 1 },
    switches: { tables: 'plenty', reclaim: 'on' },
    given: [
      'P0 spawn',
      'P1 spawn',
      'P0 mmap @0 1 rw private|anon|fixed',
      'P1 mmap @0 1 rw private|anon|fixed',
      'P0 read @0',
    ],
    operations: { store: {} },
  },
  breaks: 'swap/slot-keeps-content',
}
