import { fault, ids, load, mutant, need, spaceOf } from '../../../model/index.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

const nothingThere = fault('SIGSEGV MAPERR')

export const stackWithoutGap: Entry = {
  id: 'stack-without-gap',
  title: 'A stack grows until it touches what lies below',
  systems: ['Linux'],
  year: '2017',
  source: 'CVE-2017-1000364; LTP stack_clash',
  story: [
    'A stack grew as long as there was room, and what counted as room let it come right up to the next mapping, or so near that one step led over what was between. Something was mapped just below a stack, and the stack was made to grow page by page.',
    'At the end a store to the stack hit the mapping below, or the other way round.',
  ],
  fix: 'a gap of 256 pages, looked at when something is mapped and when a stack grows',
  likeness: 'the same',
  here: 'The fault of a load does not look whether what lies below is too near. How many pages are near enough to be stepped over is not a question here: the gap is as wide as the scope says, and it is not kept.',
  ingredients: ['regions'],
  mutant: mutant(
    'a stack grows without looking below',
    load,
    around('look', run => (m, my, value) => {
      const then = run(m, my, value)
      if (then !== nothingThere) return then
      const { pages } = m.spaces[need(spaceOf(m, my.process))]
      const above = ids(m.tree).find(v => v > my.page && pages[v].region !== 'unmapped')
      return above !== undefined && pages[above].grows ? undefined : then
    }),
  ),
  scope: {
    bounds: { processes: 1, spaces: 1, pages: 3, frames: 1, slots: 0, values: 1, gap: 1 },
    switches: { stacks: 'on', tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { mmap: { page: [2], request: ['rw'], growth: ['growsdown'], count: [1] }, load: {} },
  },
  breaks: 'regions/growth-keeps-its-distance',
}
