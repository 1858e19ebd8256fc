import { drop, load, mutant } from '../../../model/index.js'
import type { Entry } from '../entry.js'

export const frameNotCleared: Entry = {
  id: 'frame-not-cleared',
  title: 'A program gets a frame with what somebody else left in it',
  systems: ['Linux, SCSI generic driver'],
  year: '2018',
  source: 'CVE-2018-1000204; LTP ioctl_sg01',
  story: [
    'The buffer for a transfer was taken from free memory and not cleared. Where the device sent less than was asked for, the rest of the buffer went to the program as it was: pages of other programs, of the kernel.',
  ],
  fix: 'buffers that a program will read are cleared when they are taken',
  likeness: 'the same mistake elsewhere',
  here: 'A page that is touched for the first time gets its frame, and the step that clears it is left out. There are no devices in this model: the frame comes by a fault.',
  ingredients: ['content'],
  mutant: mutant('a load does not clear its frame', load, drop('fill')),
  scope: {
    bounds: { processes: 1, spaces: 1, pages: 1, frames: 1, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { load: {}, store: {} },
  },
  breaks: 'faults/no-stale-memory',
}
