// Locks of single regions that are not taken, not looked behind, or kept; records that are free too early, or remembered for
// too long.

import type { Touching } from '../../../model/concurrency/region-locks.js'
import {
  drop,
  go,
  type M,
  mprotect,
  munmap,
  mutant,
  need,
  provided,
  regionLocks,
  rewritten,
  type State,
  spaceOf,
  store,
  withMember,
} from '../../../model/index.js'
import { endSection } from '../../../model/regions/nodes.js'
import { also, kills, pagesFor, spaceFor } from './tools.js'

const nodesOf = (m: M, my: Touching) => m.spaces[need(spaceOf(m, my.process))].nodes

export const regionLockMutants = [
  kills(
    'concurrency/one-record-a-region',
    'smp-region-splits',
    mutant(
      'mprotect leaves both parts of a region the same record',
      mprotect,
      also('protect', (m, my) => {
        const pages = pagesFor(m, my)
        for (const it of pages) if (it.region !== 'unmapped') it.node = pages[my.page].node
      }),
    ),
  ),
  kills(
    'concurrency/region-locks-under-the-lock',
    'smp-region-locks',
    mutant(
      'munmap shares the lock of the space and keeps those of its regions',
      munmap,
      also('detach', (m, my) => {
        for (const it of m.spaces[spaceFor(m, my)].nodes) if (it.use === 'detached') it.writer = my.cpu
      }),
    ),
  ),
  kills(
    'concurrency/region-writer-is-alone',
    'smp-region-locks',
    rewritten('a store does not wait for who changes its region', store, {
      tryRegion: provided<State, Touching, 'lock'>(regionLocks, (m, my) => {
        const it = nodesOf(m, my)[need(m.cpus[my.cpu].node)]
        it.readers = withMember(it.readers, my.cpu)
      }),
    }),
  ),
  kills(
    'concurrency/regions-change-under-their-own-lock',
    'smp-region-locks',
    mutant('mprotect locks no region', mprotect, drop('lockRegions')),
  ),
  kills(
    'concurrency/region-in-hand-is-current',
    'smp-region-locks',
    rewritten('a store does not look again at the region that it has locked', store, {
      checkRegion: provided<State, Touching, 'look'>(regionLocks, (m, my) => {
        endSection(m, my.cpu)
        return go('look')
      }),
    }),
  ),
  kills(
    'concurrency/freed-when-nobody-reads',
    'smp-region-locks',
    rewritten('a store looks for its region and lets nobody know', store, {
      find: provided<State, Touching, 'lock'>(regionLocks, (m, my) => {
        const found = m.spaces[need(spaceOf(m, my.process))].pages[my.page].node
        if (found === null) return go('lock')
        m.cpus[my.cpu].node = found
        m.cpus[my.cpu].generation = nodesOf(m, my)[found].generation
      }),
    }),
  ),
  kills(
    'concurrency/remembered-is-fresh',
    'smp-remembered',
    mutant(
      'munmap does not say that look-ups are out of date',
      munmap,
      also('unmap', (m, my) => {
        const it = m.spaces[spaceFor(m, my)]
        it.round = (it.round + m.limits.rounds - 1) % m.limits.rounds
      }),
    ),
  ),
]
