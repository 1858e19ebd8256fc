// Tables that hang too early, go too early, or go unnoticed; and interrupts that are kept out for too long.

import { takeInHand } from '../../../model/concurrency/locks.js'
import { breakEntry } from '../../../model/faults/overtaken.js'
import { spotOf } from '../../../model/faults/way.js'
import {
  after,
  concurrent,
  drop,
  Flush,
  go,
  has,
  ids,
  munmap,
  mutant,
  rewritten,
  store,
  type Table,
  withMember,
} from '../../../model/index.js'
import { forget } from '../../../model/tlb/tlb.js'
import { all } from '../../museum/edits.js'
import { also, kills, spaceFor } from './tools.js'

const first = 0 as Table

export const directoryMutants = [
  kills(
    'page-tables/directory-leads-to-tables',
    'smp-tables',
    mutant('a store hangs a table up as it was found', store, drop('clearTable')),
  ),
  kills(
    'page-tables/entry-has-table',
    'smp-tables',
    mutant(
      'munmap takes a table down before its entries are gone',
      munmap,
      also('limit', (m, my) => {
        const it = m.spaces[spaceFor(m, my)].directory[first]
        if (it.frame !== null) my.detached = withMember(my.detached, it.frame)
        it.frame = null
      }),
    ),
  ),
  kills(
    'page-tables/no-way-into-tables',
    'smp-tables',
    mutant('munmap forgets a page, and asks no other CPU to', munmap, drop('forgetSend')),
  ),
  kills(
    'page-tables/table-goes-when-forgotten',
    'smp-tables',
    mutant('munmap gives tables back once it has asked', munmap, after('forgetSend', 'giveTables')),
  ),
  kills(
    'tlb/walker-reads-a-table',
    'smp-tables',
    mutant('munmap gives tables back while the kernel walks there', munmap, drop('forgetAwait')),
  ),
  kills(
    'tlb/walks-lead-to-tables',
    'smp-tables',
    mutant('munmap tells nobody that a table is gone', munmap, drop('forget', 'forgetSend', 'forgetAwait')),
  ),
  kills(
    'frames/kind-is-of-use',
    'smp-tables',
    mutant(
      'a store forgets what it has taken a frame for',
      store,
      also('clearTable', (m, my) => {
        if (my.table !== null) m.frames[my.table].kind = 'free'
      }),
    ),
  ),
  kills(
    'frames/kind-changes-unseen',
    'smp-tables-apart',
    mutant('munmap gives frames back once it has asked', munmap, after('forgetSend', 'give')),
  ),
  kills(
    'concurrency/in-hand-is-alone',
    'smp-faults',
    rewritten('a store does not ask who has the entries in hand', store, {
      settle: concurrent((m, my) => {
        takeInHand(m, spotOf(m, my), my.cpu)
        breakEntry(m, my)
      }),
    }),
  ),
  kills(
    'concurrency/closed-has-no-lock',
    'smp-tables',
    mutant(
      'a store takes entries in hand with interrupts off',
      store,
      also('fill', (m, my) => {
        m.cpus[my.cpu].closed = true
      }),
    ),
  ),
  // What is read by a way that leads to no table any more shows up as a translation.
  kills(
    'tlb/names-no-free-frame',
    'smp-tables',
    rewritten('munmap has a frame forgotten, and not the way to it', munmap, {
      forget: concurrent((m, my) => {
        const f = ids(m.frames).find(it => has(my.gathered, it))
        if (f === undefined) return go('give')
        m.cpus[my.cpu].flush = Flush.frame({ frame: f })
        forget(m, my.cpu, m.cpus[my.cpu].flush)
        return undefined
      }),
    }),
  ),
  // Every shootdown comes to its end: where one does not, nothing that is under way can move.
  kills(
    'deadlock',
    'smp-tables',
    mutant(
      'a store waits for the lock of the space with interrupts off',
      store,
      all(
        also('access', (m, my) => {
          if (m.cpus[my.cpu].busy) m.cpus[my.cpu].closed = true
        }),
        also('lock', (m, my) => {
          if (has(m.spaces[spaceFor(m, my)].readers, my.cpu)) m.cpus[my.cpu].closed = false
        }),
      ),
    ),
  ),
]
