import { mutant, poke } from '../../../model/index.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

export const dirtyCow: Entry = {
  id: 'dirty-cow',
  title: 'Dirty COW: a forced write forgets that it is one',
  systems: ['Linux'],
  year: '2016',
  source: 'CVE-2016-5195; Linux 4ceb5db9757a (2005), 19be0eaffa3a (2016)',
  story: [
    'A debugger may write where the program may not. For a private mapping of a file that can only be read, the kernel makes a copy of the page first, leaves it read-only, and looks the page up again. So that this look-up did not fail for want of the right to write, it dropped the wish to write, once the copy was there.',
    'Between the copy and the look-up another thread told the kernel that it did not need the page. The copy went. What the look-up found missing it brought in as for a reader, and that is the page of the file itself, which it then wrote to. Any user could change any file that they could read.',
  ],
  fix: 'the wish to write stays to the end, and a mark of its own says that the copy was made',
  likeness: 'the same',
  here: 'The operation drops its wish to write once its fault has put the copy in place. In the model as it is, it writes where nobody else’s entry, and no file, names the frame.',
  ingredients: ['files', 'copy-on-write', 'split fault', 'locks', 'content'],
  mutant: mutant(
    'a forced write reads once its copy is there',
    poke,
    around('install', run => (m, my, value) => {
      const isCopy = my.source !== null
      const then = run(m, my, value)
      if (isCopy) my.access = 'load'
      return then
    }),
  ),
  scope: {
    bounds: {
      ...{ processes: 1, spaces: 1, cpus: 2, translations: 0, pages: 1, frames: 2, slots: 0, values: 2 },
      ...{ files: 1, objects: 1, parts: 1 },
    },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 r private|file|fixed', 'P0 read @0'],
    operations: { poke: { byte: [2] }, discard: { count: [1] } },
  },
  breaks: 'files/changes-by-who-may-write',
}
