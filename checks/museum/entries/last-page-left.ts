import { putFrame } from '../../../model/frames/frames.js'
import { munmap, mutant, need, type Page, spaceOf } from '../../../model/index.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

export const lastPageLeft: Entry = {
  id: 'last-page-left',
  title: 'What was mapped by rounding up is unmapped by rounding down',
  systems: ['XNU'],
  year: '2023',
  source: 'CVE-2023-23536',
  story: [
    'An object could be made whose size was no multiple of a page, and a mapping of it ended in the middle of one. A fault made the last page accessible; taking the mapping away rounded its end down and left the entry of that page.',
    'The object went with all its frames, and the program still had the last one.',
  ],
  fix: 'sizes are rounded where they come in, or refused',
  likeness: 'the same mistake elsewhere',
  here: 'A region has whole pages in this model; so munmap of more than one page leaves the entry of the last one, and gives its frame back with the others.',
  ingredients: ['regions'],
  mutant: mutant(
    'munmap leaves the last entry',
    munmap,
    around('clear', run => (m, my, v) => {
      if (my.count === 1 || v < my.page + my.count - 1) return run(m, my, v)
      const { entry } = m.spaces[need(spaceOf(m, my.process))].pages[v as Page]
      if (entry.is === 'present') putFrame(m, entry.frame)
      return undefined
    }),
  ),
  scope: {
    bounds: { processes: 1, spaces: 1, pages: 2, frames: 2, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 2 rw private|anon|fixed'],
    operations: { munmap: {}, store: {} },
  },
  breaks: 'frames/free-frame-is-unmapped',
}
