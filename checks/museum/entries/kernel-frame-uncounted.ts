import { putFrame } from '../../../model/frames/frames.js'
import { ids, Entry as Leaf, load, mutant, need, spaceOf } from '../../../model/index.js'
import { around } from '../edits.js'
import type { Entry } from '../entry.js'

export const kernelFrameUncounted: Entry = {
  id: 'kernel-frame-uncounted',
  title: 'A frame of the kernel is mapped without being counted, and given back',
  systems: ['Linux, io_uring'],
  year: '2024',
  source: 'CVE-2024-0582',
  story: [
    'A program could have the kernel make a ring of buffers and map it. The entries were made as for memory of a device: they named the frames and held no reference.',
    'The program then had the ring taken down. The frames went back to the pool, and the entries stayed: whatever came to lie there next could be read and written.',
  ],
  fix: 'the frames go when the last mapping of them does',
  likeness: 'the same mistake elsewhere',
  here: 'Nothing maps a frame of the kernel in this model, so the edit does that as well: a load shows one that the kernel has, if there is one, in place of its own, and does not count it. `free` is the ring being taken down.',
  ingredients: ['kernel frames'],
  mutant: mutant(
    'a load shows a frame of the kernel',
    load,
    around('install', run => (m, my, value) => {
      const then = run(m, my, value)
      const shown = ids(m.frames).find(f => m.frames[f].kernel !== null)
      const it = m.spaces[need(spaceOf(m, my.process))].pages[need(my.at)]
      const { entry } = it
      if (shown === undefined || entry.is !== 'present') return then
      it.entry = Leaf.present({ frame: shown, rights: 'r' })
      putFrame(m, entry.frame)
      return then
    }),
  ),
  scope: {
    bounds: { processes: 1, spaces: 1, pages: 1, frames: 2, slots: 0, values: 1 },
    switches: { tables: 'plenty', kernel: 'on' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { allocate: {}, free: {}, load: {}, munmap: { count: [1] } },
  },
  breaks: 'frames/free-frame-is-unmapped',
}
