import { Content, load, mutant } from '../../../model/index.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

export const copyGivenUpTooSoon: Entry = {
  id: 'copy-given-up-too-soon',
  title: 'The only good copy is given up for one that may be thrown away',
  systems: ['Linux, zswap'],
  year: '2024',
  source: "Linux, 'mm: zswap: fix data loss on SWP_SYNCHRONOUS_IO devices'",
  story: [
    'A page that came back from compressed swap was taken out of it at once, because the frame that it went to would have it from then on. On some devices that frame is not kept where others find it.',
    'A fault read the page, the store of compressed pages forgot it, and then the fault lost a race and threw its frame away. The next one found nothing in the store, and older data on the device beneath.',
  ],
  fix: 'what was read stays in the store until the frame is where all can find it',
  likeness: 'the same',
  here: 'A load gives up what a slot holds when it has copied it, and not when the entry names the frame. There is no second store beneath: who reads the slot again gets something undefined.',
  ingredients: ['swap', 'split fault', 'content'],
  mutant: mutant(
    'a load empties the slot that it reads',
    load,
    around('fill', run => (m, my, value) => {
      const then = run(m, my, value)
      if (my.sourceSlot !== null) m.slots[my.sourceSlot].content = Content.stale
      return then
    }),
  ),
  scope: {
    bounds: { processes: 1, spaces: 1, cpus: 2, translations: 1, pages: 1, frames: 2, slots: 1, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P0 write @0 1', 'P0 swapout @0'],
    operations: { load: {} },
  },
  breaks: 'faults/page-holds-last-store',
}
