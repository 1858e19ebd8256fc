import { load, rewritten } from '../../../model/index.js'
import { growAtOnce } from '../edits.js'
import type { Entry } from '../entry.js'

export const grownUnderAReader: Entry = {
  id: 'grown-under-a-reader',
  title: 'StackRot: a stack grows, and a reader has a node that is gone',
  systems: ['Linux'],
  year: '2023',
  source: 'CVE-2023-3269; Linux 8d7071af8907',
  story: [
    'Regions came to be kept in a tree whose nodes are not changed where others may read them: a new node takes the place of the old one, which is freed some time later, when all that read it without a lock have finished. Most readers had the lock of the space together with others, and were not waited for: whoever changed regions had that lock alone.',
    'But for a stack that grew. Its fault had the lock together with others, as faults do. It replaced the node, the node was freed, and who had found it before went on in freed memory. A write-up shows how a program takes the machine over from there.',
  ],
  fix: 'a fault that makes a stack grow gives the lock back, takes it alone, and looks again',
  likeness: 'the same',
  here: 'The fault of a load grows the stack at once, under the shared lock. The reader is the fault of a store to the stack on the other CPU, which has found its region and not yet used it. A region has one node here, and no tree above it.',
  ingredients: ['locks', 'regions', 'nodes', 'grace periods'],
  mutant: rewritten('a stack grows while others read its node', load, {
    grow: growAtOnce,
  }),
  scope: {
    bounds: { processes: 1, spaces: 1, cpus: 2, translations: 0, pages: 2, frames: 2, slots: 0, values: 1, nodes: 2 },
    switches: { tables: 'plenty', stacks: 'on' },
    given: ['P0 spawn', 'P0 mmap @1 1 rw private|anon|fixed|growsdown'],
    operations: { load: { page: [0] }, store: { page: [1] } },
  },
  breaks: 'concurrency/freed-when-nobody-reads',
}
