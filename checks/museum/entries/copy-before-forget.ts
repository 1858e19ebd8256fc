import { mutant, store } from '../../../model/index.js'
import { later } from '../edits.js'
import type { Entry } from '../entry.js'

export const copyBeforeForget: Entry = {
  id: 'copy-before-forget',
  title: 'The copy is there before everybody has forgotten the original',
  systems: ['FreeBSD', 'NetBSD'],
  year: '2018',
  source: 'FreeBSD review D14347; golang/go issue 34988',
  story: [
    'A store to a shared page put the copy in place, writable, and then told the other processors to forget the original.',
    'For a while one thread wrote to the copy and another still read the original. A lock between the two did not help: the reader held it after the writer and saw the older value.',
  ],
  fix: 'the entry is made invalid, everybody forgets it, and only then is the copy put in place',
  likeness: 'the same',
  here: 'In store the shootdown of the old entry stands behind the step that puts the new one in place.',
  ingredients: ['tlb', 'copy-on-write', 'split fault'],
  mutant: mutant(
    'store puts the copy in place first',
    store,
    later('install', 'broken', 'brokenSend', 'brokenAwait', 'brokenDone'),
  ),
  scope: {
    bounds: { processes: 2, spaces: 2, cpus: 2, translations: 1, pages: 1, frames: 2, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P0 write @0 1', 'P0 fork P1'],
    operations: { load: { process: [0] }, store: { process: [0] } },
  },
  breaks: 'tlb/one-frame-a-page',
}
