import { cachedFrame } from '../../../model/files/files.js'
import { go, mutant, need, writeBack } from '../../../model/index.js'
import { mappingsOf } from '../../../model/swap/mappings.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

export const cleanTooSoon: Entry = {
  id: 'clean-too-soon',
  title: 'A page is called clean while a processor can still write to it',
  systems: ['Linux'],
  year: '2014',
  source: 'Linux 1cf35d47712d',
  story: [
    'Before a page of a file is saved, every mapping of it loses the right to write, so that whoever changes it afterwards is noticed and the page is dirty again. The mappings are found by their entries.',
    'munmap took entries away, noted that their pages were dirty, gave up the lock of the tables, and flushed only then. Who saved the page in between found no entry, and so nothing to flush. It cleared the mark and saved what was there. A processor went on writing through its translation, and what it wrote was never saved: the page was clean by its mark.',
  ],
  fix: 'munmap flushes before it gives up the lock of the tables',
  likeness: 'the same mistake elsewhere',
  here: 'writeback looks whether an entry names the page, and asks nobody to forget it if there is none. Here munmap keeps no lock of the tables, so that in this model it is for writeback to ask every CPU in any case.',
  ingredients: ['tlb', 'files', 'content'],
  mutant: mutant(
    'writeback tells nobody of a page that no entry names',
    writeBack,
    around('cleaned', run => (m, my, value) => {
      const isMapped = mappingsOf(m, need(cachedFrame(m))).length > 0
      return isMapped ? run(m, my, value) : go('save')
    }),
  ),
  scope: {
    bounds: {
      ...{ processes: 1, spaces: 1, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 0, values: 2 },
      ...{ files: 1, objects: 1, parts: 1 },
    },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw shared|file|fixed', 'P0 write @0 2'],
    operations: { munmap: { count: [1] }, store: { byte: [1] }, writeBack: {} },
  },
  breaks: 'files/clean-is-saved',
}
