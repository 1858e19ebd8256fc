import { mprotect, mutant } from '../../../model/index.js'
import { readBefore } from '../edits.js'
import type { Entry } from '../entry.js'

export const markWrittenOver: Entry = {
  id: 'mark-written-over',
  title: 'An entry is written back as it was read, and a mark is lost',
  systems: ['FreeBSD', 'Linux, huge pages'],
  year: '2004',
  source: 'FreeBSD PR 61852; Linux d52605d7cb30',
  story: [
    'A processor marks an entry when it writes through it, whenever that is. FreeBSD changed the protection of a page by reading its entry, taking the right to write out of what it had read, and writing that back.',
    'A thread on another processor wrote to the page in between. The mark that said so was overwritten: the page counted as unchanged, and what had been written to it could be lost. A fork while another thread ran was enough. Linux found in 2018 that it had the same gap where it takes the entry of a huge page out of use.',
  ],
  fix: 'the entry is exchanged in one instruction, which gives back what was there, marks included',
  likeness: 'the same',
  here: 'mprotect reads whether the entry is marked in one step, and writes it back in another. In FreeBSD it was fork that most often came this way.',
  ingredients: ['tlb', 'files', 'content'],
  mutant: mutant('mprotect writes over what was noted meanwhile', mprotect, readBefore('entries', 'dirty')),
  scope: {
    bounds: {
      ...{ processes: 1, spaces: 1, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 0, values: 2 },
      ...{ files: 1, objects: 1, parts: 1 },
    },
    switches: { tables: 'plenty', walkerBits: 'on' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw shared|file|fixed', 'P0 read @0'],
    operations: { mprotect: { count: [1], request: ['r'] }, store: { byte: [2] } },
  },
  breaks: 'files/clean-is-saved',
}
