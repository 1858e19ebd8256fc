// Marks that hardware sets in entries, lost or left behind by who changes an entry beside that; pages that go although they
// were used; and pages that go together, before all have forgotten each of them.

import { drop, Flush, fork, load, mprotect, munmap, mutant, need, spaceOf, spawn } from '../../../model/index.js'
import { isLeaving, mappingsOf } from '../../../model/swap/mappings.js'
import { around, readBefore } from '../../museum/edits.js'
import { also, kills } from './tools.js'

export const notedMutants = [
  kills(
    'tlb/marks-are-of-entries',
    'smp-accessed',
    mutant(
      'munmap takes an entry away, and not what is noted in it',
      munmap,
      around('clear', run => (m, my, v) => {
        const it = m.spaces[need(spaceOf(m, my.process))].pages[my.page]
        const was = it.accessed
        const then = run(m, my, v)
        it.accessed = was
        return then
      }),
    ),
  ),
  kills(
    'tlb/walk-is-noted',
    'smp-accessed',
    mutant(
      'a load walks and leaves no mark',
      load,
      around('access', run => (m, my, value) => {
        const { space } = m.processes[my.process]
        const was = space !== null && m.spaces[space].pages[my.page].accessed
        const then = run(m, my, value)
        if (space !== null && m.spaces[space].pages[my.page].accessed !== was) {
          m.spaces[space].pages[my.page].accessed = was
        }
        return then
      }),
    ),
  ),
  kills(
    'tlb/marks-outlive-a-change',
    'smp-accessed',
    mutant('mprotect writes an entry back as it was read', mprotect, readBefore('entries', 'accessed')),
  ),
  kills(
    'tlb/marks-outlive-a-change',
    'smp-fork',
    mutant("fork writes the parent's entry back as it was read", fork, readBefore('withdraw', 'accessed')),
    'accessedBits=on',
  ),
  kills(
    'swap/used-is-spared',
    'smp-second-chance',
    mutant(
      'who makes room does not look again whether the page was used',
      spawn,
      around('redirect', run => (m, my, value) => {
        for (const { space, page } of mappingsOf(m, need(my.victim))) m.spaces[space].pages[page].accessed = false
        return run(m, my, value)
      }),
    ),
  ),
  kills(
    'livelock',
    'smp-second-chance',
    mutant(
      'who makes room sees that pages were used, and takes no mark away',
      spawn,
      around('age', run => (m, my, value) => {
        const used = mappingsOf(m, need(my.victim)).filter(at => m.spaces[at.space].pages[at.page].accessed)
        const then = run(m, my, value)
        for (const { space, page } of used) m.spaces[space].pages[page].accessed = true
        return then
      }),
    ),
  ),
  kills(
    'tlb/names-no-free-frame',
    'smp-batch',
    mutant('pages that go together are given away before all have answered', spawn, drop('evictedAwait')),
  ),
  kills(
    'tlb/names-no-free-frame',
    'smp-batch',
    mutant(
      'of pages that go together, the last one is forgotten',
      spawn,
      also('evicted', (m, my) => {
        const it = m.cpus[my.cpu]
        if (it.flush.is === 'all') it.flush = Flush.frame({ frame: need(my.saving) })
      }),
    ),
  ),
  kills(
    'tlb/within-the-region',
    'smp-batch',
    mutant(
      'mprotect takes a page that goes with another for one that was never there',
      mprotect,
      around('entries', run => (m, my, v) => {
        const was = my.stale
        const isPending = isLeaving(m, need(spaceOf(m, my.process)), my.page)
        const then = run(m, my, v)
        if (isPending) my.stale = was
        return then
      }),
    ),
  ),
]
