import { concurrent, go, pinPage, rewritten } from '../../../model/index.js'
import type { Entry } from '../entry.js'

export const pinMeetsFork: Entry = {
  id: 'pin-meets-fork',
  title: 'A pin without a lock meets a fork',
  systems: ['Linux'],
  year: '2020',
  source: 'Linux 57efa1fe5957',
  story: [
    'A page is pinned for a device without taking a lock: its entry is read, and then the frame is counted. A fork at the same time looked whether the frame was pinned, saw that it was not, and took the right to write from the entry so that parent and child could share it.',
    'The pin counted between the look and the taking of the right. The entry still said what it had said before, so the pin was kept. The next store of the parent copied the page: from then on the program used one frame, and its device the other.',
  ],
  fix: 'fork counts a sequence number up before it copies and after; who pins without a lock begins anew if the number has changed',
  likeness: 'the same',
  here: 'The pin does not look again whether a fork has begun. That it compares the entry a second time stays, as it was there then.',
  ingredients: ['copy-on-write', 'pins', 'walks without locks'],
  mutant: rewritten('a pin does not look whether a fork has begun', pinPage, {
    unbroken: concurrent(() => go('keep')),
  }),
  scope: {
    bounds: { processes: 2, spaces: 2, cpus: 2, translations: 0, pins: 1, pages: 1, frames: 3, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P0 write @0 1'],
    operations: { pin: { process: [0], how: ['store'] }, fork: { process: [0], child: [1] }, store: { process: [0] } },
  },
  breaks: 'pins/keeps-its-page',
}
