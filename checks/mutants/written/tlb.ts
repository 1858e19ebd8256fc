// Translations that somebody forgets to take away: no shootdown, one that nobody waits for, or one that comes too late.

import {
  drop,
  exit,
  fork,
  has,
  ids,
  type Members,
  mprotect,
  mremap,
  munmap,
  mutant,
  store,
} from '../../../model/index.js'
import { also, kills, pagesFor } from './tools.js'

const withoutAny = 0 as Members<'frame'>

export const tlbMutants = [
  kills(
    'tlb/names-no-free-frame',
    'smp-munmap',
    mutant(
      'munmap gives its frames back before anybody has forgotten them',
      munmap,
      also('clear', (m, my) => {
        for (const f of ids(m.frames)) if (has(my.gathered, f)) m.frames[f].references--
        my.gathered = withoutAny
      }),
    ),
  ),
  kills(
    'tlb/one-frame-a-page',
    'smp-fork',
    mutant('a store puts the copy in place before all have forgotten the frame', store, drop('brokenAwait')),
  ),
  kills(
    'tlb/agrees-at-rest',
    'smp-mprotect',
    mutant('mprotect tells no other CPU', mprotect, drop('forget', 'forgetSend', 'forgetAwait')),
  ),
  kills(
    'tlb/within-the-region',
    'smp-mprotect',
    mutant('mprotect does not wait for other CPUs', mprotect, drop('forgetAwait')),
  ),
  kills(
    'tlb/within-the-region',
    'smp-mremap-evict',
    mutant(
      'mremap takes a page that is being evicted for one that was never there',
      mremap,
      also('move', (m, my) => {
        const isNowhere = [...pagesFor(m, my)].every(({ entry }) => entry.is === 'absent')
        if (isNowhere) my.stale = false
      }),
    ),
  ),
  kills(
    'tlb/shared-is-not-writable',
    'smp-fork',
    mutant('fork does not wait for other CPUs', fork, drop('forgetAwait')),
  ),
  kills(
    'tlb/asked-while-awaited',
    'smp-munmap',
    mutant('munmap does not wait for those that it has asked', munmap, drop('forgetAwait')),
  ),
  kills(
    'tlb/loaded-is-current',
    'smp-shared',
    mutant('exit leaves its tables loaded elsewhere', exit, drop('forget', 'forgetSend', 'forgetAwait')),
  ),
]
