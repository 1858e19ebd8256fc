// Locks that do not hold, or that nobody may have.

import { begin, type Running } from '../../../model/concurrency/cpus.js'
import {
  block,
  choose,
  concurrent,
  done,
  drop,
  type Frame,
  frame,
  ignore,
  load,
  type M,
  mutant,
  need,
  refuse,
  rewritten,
  spaceOf,
} from '../../../model/index.js'
import { mlock } from '../../../model/locking/mlock.js'
import { mlockall } from '../../../model/locking/mlockall.js'
import { munlock } from '../../../model/locking/munlock.js'
import { also, kills, pagesFor, rangeOf, spaceFor } from './tools.js'

export const lockingMutants = [
  kills(
    'locking/locked-recount',
    'locking',
    mutant(
      'munlock counts a page that is not locked any more',
      munlock,
      also('unlock', (m, my) => m.spaces[spaceFor(m, my)].locked++),
    ),
  ),
  kills(
    'locking/only-memory-is-locked',
    'locking',
    mutant(
      'mlock locks guard pages',
      mlock,
      also('lock', (m, my) => {
        for (const v of rangeOf(m, my.page, my.count)) pagesFor(m, my)[v].lock = 'locked'
      }),
    ),
  ),
  kills(
    'locking/within-memlock',
    'limits',
    mutant('mlock does not look at the limit', mlock, ignore('limit', refuse('ENOMEM'))),
  ),
  kills('locking/as-asked', 'locking', mutant('mlock locks nothing', mlock, drop('lock'))),
  kills('locking/future-as-asked', 'limits', mutant('mlockall forgets the future', mlockall, drop('future'))),
  kills('locking/locked-is-resident', 'locking', rewritten('mlock touches nothing', mlock, { begin: () => done() })),
  kills(
    'locking/locked-stays-resident',
    'reclaim',
    rewritten('a fault evicts whatever it finds', load, {
      victim: choose(
        frame,
        m => m.slots.length > 0,
        (_m, my, f: Frame) => {
          my.victim = f
        },
      ),
    }),
  ),
  kills(
    'locking/needs-leave',
    'limits',
    mutant('mlock does not ask who may lock', mlock, ignore('limit', refuse('EPERM'))),
  ),
  kills(
    'locking/kept-while-reaped',
    'smp-reap',
    rewritten('munlock does not wait for the reaper', munlock, {
      enter: concurrent((m: M, my: Running) => {
        const space = need(spaceOf(m, my.process))
        if (m.spaces[space].writer !== null) return block
        begin(m, my)
        m.spaces[space].writer = my.cpu
      }),
    }),
  ),
]
