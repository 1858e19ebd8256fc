// Translations that somebody forgets to take away: no shootdown, one that nobody waits for, or one that comes too late.

import {
  after,
  concurrent,
  drop,
  exit,
  Flush,
  fork,
  go,
  has,
  ids,
  type Members,
  mprotect,
  mremap,
  munmap,
  mutant,
  need,
  rewritten,
  type Space,
  spaceOf,
  store,
  switchTo,
  vunmap,
  withoutMember,
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
    'tlb/agrees-or-is-awaited',
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
    'tlb/answers-for-itself',
    'smp-munmap',
    rewritten('munmap takes silence for an answer', munmap, {
      forgetAwait: concurrent((m, my) => {
        for (const it of m.cpus) it.asked = withoutMember(it.asked, my.cpu)
      }),
    }),
  ),
  kills(
    'tlb/forgotten-when-closed',
    'smp-munmap',
    mutant('munmap says what is to be forgotten, and asks nobody', munmap, drop('forgetSend')),
  ),
  kills(
    'swap/slot-keeps-content',
    'smp-fork-evict',
    mutant(
      'fork takes a page that is being evicted for one that nobody reaches',
      fork,
      also('withdraw', (m, my) => {
        if ([...pagesFor(m, my)].every(({ entry }) => entry.is === 'swapped')) my.stale = false
      }),
    ),
  ),
  kills(
    'tlb/clean-when-taken-up',
    'smp-tags',
    rewritten('a CPU goes on with a tag that is its own still, in whatever generation', switchTo, {
      same: concurrent((m, my) => {
        const space = need(spaceOf(m, my.process))
        const it = m.cpus[my.cpu]
        if (it.active !== space || it.tag !== m.spaces[space].tag) return undefined
        it.running = true
        return go('run')
      }),
    }),
  ),
  kills(
    'tlb/loaded-is-current',
    'smp-shared',
    mutant('exit leaves its tables loaded elsewhere', exit, drop('forget', 'forgetSend', 'forgetAwait')),
  ),
  kills(
    'tlb/names-no-free-frame',
    'smp-flush-range',
    mutant(
      'munmap asks for a range that ends one page too early',
      munmap,
      also('forget', (m, my) => {
        const { flush } = m.cpus[my.cpu]
        if (flush.is === 'range') m.cpus[my.cpu].flush = Flush.page(flush)
      }),
    ),
  ),
  kills(
    'tlb/within-the-region',
    'smp-flush-range',
    mutant(
      'mprotect asks for as many pages as can be named, and not for the rest',
      mprotect,
      also('forget', (m, my) => {
        const it = m.cpus[my.cpu]
        if (it.flush.is === 'space') it.flush = Flush.range({ space: it.flush.space, page: my.page, count: 2 })
      }),
    ),
  ),
  kills(
    'tlb/tags-differ',
    'smp-tags',
    mutant(
      'the numbers of running CPUs are free when a generation begins',
      switchTo,
      also('renew', m => {
        m.tags.given = 0 as Members<'tag'>
      }),
    ),
  ),
  kills(
    'tlb/tag-of-the-space',
    'smp-tags',
    mutant('a CPU keeps the old tables while it takes the new tag', switchTo, drop('park')),
  ),
  kills(
    'tlb/own-translations',
    'smp-one-tag',
    rewritten('a CPU takes a tag of a new generation and forgets nothing', switchTo, {
      wipe: concurrent((m, my) => {
        const it = m.cpus[my.cpu]
        it.expired = false
        it.running = true
        it.tag = m.spaces[need(spaceOf(m, my.process))].tag
        m.tags.lock = null
      }),
    }),
  ),
  kills(
    'tlb/loaded-is-seen',
    'smp-switch',
    mutant('a CPU enters the mask once it has loaded the tables', switchTo, after('load', 'show')),
  ),
  kills(
    'tlb/global-is-the-kernels',
    'smp-kernel-half',
    rewritten('vunmap asks to forget a space, and not the page of the kernel half', vunmap, {
      forget: concurrent((m, my) => {
        m.cpus[my.cpu].flush = Flush.space({ space: 0 as Space })
      }),
    }),
  ),
]
