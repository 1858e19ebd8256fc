import { filePart } from '../../../model/files/files.js'
import { mutant, writeBack } from '../../../model/index.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

export const cleanedDuringFault: Entry = {
  id: 'cleaned-during-fault',
  title: 'A page is cleaned while a fault lets somebody write to it',
  systems: ['Linux'],
  year: '2007',
  source: 'Linux 79352894b285',
  story: [
    'A page of a file is made clean in two steps: all entries lose the right to write, and then the mark goes that says that the page has to be saved. Faults that give the right back set the mark, and nothing kept the two apart.',
    'A fault came between the two steps. It marked the page and let its process write; then the mark was taken away with the old one. The page could be written and was clean by its mark, and what was written afterwards was not saved.',
  ],
  fix: 'both sides hold the lock of the page: the fault while it marks the page and makes the entry, the other while it cleans',
  likeness: 'the same',
  here: 'writeback keeps the page busy, so that faults wait, until it has been saved. The edit gives it back as soon as no entry may write any more.',
  ingredients: ['files', 'locks', 'content'],
  mutant: mutant(
    'writeback lets faults in before the page is clean',
    writeBack,
    around('clean', run => (m, my, value) => {
      const then = run(m, my, value)
      const part = filePart(m)
      if (then === undefined && part !== null) part.busy = false
      return then
    }),
  ),
  scope: {
    bounds: {
      ...{ processes: 1, spaces: 1, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 0, values: 2 },
      ...{ files: 1, objects: 1, parts: 1 },
    },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw shared|file|fixed', 'P0 write @0 2'],
    operations: { store: {}, writeBack: {} },
  },
  breaks: 'files/clean-is-saved',
}
