import { putFrame } from '../../../model/frames/frames.js'
import { type M, munmap, mutant, need, type Page, spaceOf } from '../../../model/index.js'
import { erased, tooMany } from '../../../model/regions/regions.js'
import { all, around, type Known } from '../edits.js'
import type { Entry } from '../entry.js'

const fails = (m: M, my: Known): boolean => tooMany(m, erased(m, need(spaceOf(m, my.process)), my))

export const failedUnmapUnseen: Entry = {
  id: 'failed-unmap-unseen',
  title: 'Taking a mapping away fails, and nobody looks',
  systems: ['Xen'],
  year: '2017',
  source: 'XSA-247; Xen 92790672de',
  story: [
    'To take one small page out of a large mapping, the large one has to be split, and that takes a page for a table. There was none: the mapping stayed as it was, and said so.',
    'Its caller did not listen. The frame went on to its next owner, and the first one still had it mapped.',
  ],
  fix: 'every answer is looked at; a guest that cannot go on is stopped',
  likeness: 'the same mistake elsewhere',
  here: 'A munmap that cuts a region in two is refused where the space cannot have one region more. Here it goes on: the mapping stays, and its frame is given back. In Xen it was a large page that could not be split, for want of a table; large pages are not in this model.',
  ingredients: ['regions'],
  mutant: mutant(
    'munmap gives back the frame of a mapping that stays',
    munmap,
    all(
      around('limit', () => () => undefined),
      around('clear', run => (m, my, v) => {
        if (!fails(m, my)) return run(m, my, v)
        const { entry } = m.spaces[need(spaceOf(m, my.process))].pages[v as Page]
        if (entry.is === 'present') putFrame(m, entry.frame)
        return undefined
      }),
      around('unmap', run => (m, my, value) => (fails(m, my) ? undefined : run(m, my, value))),
    ),
  ),
  scope: {
    bounds: { processes: 1, spaces: 1, pages: 3, frames: 1, slots: 0, values: 1, regions: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 3 rw private|anon|fixed'],
    operations: { munmap: { count: [1] }, store: {} },
  },
  breaks: 'frames/free-frame-is-unmapped',
}
