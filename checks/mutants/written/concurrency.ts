// Locks that are not taken, not waited for, given back too early, or kept.

import {
  type Cpu,
  concurrent,
  drop,
  go,
  ids,
  load,
  type M,
  type Members,
  munmap,
  mutant,
  need,
  type Page,
  type Process,
  rewritten,
  type State,
  spaceOf,
  store,
  withMember,
  withoutMember,
} from '../../../model/index.js'
import { also, kills, spaceFor } from './tools.js'

const nobody = 0 as Members<'cpu'>
interface Running {
  readonly cpu: Cpu
  readonly process: Process
}

export const concurrencyMutants = [
  kills(
    'concurrency/writer-is-alone',
    'smp-munmap',
    rewritten('a load does not wait for who changes the regions', load, {
      lock: concurrent((m: M, my: Running) => {
        const it = m.spaces[need(spaceOf(m, my.process))]
        it.readers = withMember(it.readers, my.cpu)
      }),
    }),
  ),
  kills(
    'concurrency/holders-are-in-the-kernel',
    'smp-munmap',
    rewritten('munmap returns with the lock', munmap, {
      unlock: concurrent((m: M, my: Running) => {
        m.cpus[my.cpu].busy = false
      }),
    }),
  ),
  kills(
    'concurrency/tables-under-the-lock',
    'smp-faults',
    mutant(
      'a store gives the lock back while it has entries in hand',
      store,
      also('broken', (m, my) => {
        const it = m.spaces[spaceFor(m, my)]
        if (it.tableLock !== null) it.readers = withoutMember(it.readers, it.tableLock)
      }),
    ),
  ),
  kills('concurrency/nothing-is-left', 'smp-munmap', mutant('munmap never unlocks', munmap, drop('unlock'))),
  kills(
    'concurrency/regions-change-under-their-lock',
    'smp-munmap',
    mutant('munmap takes no lock', munmap, drop('lock')),
  ),
  kills(
    'regions/growth-keeps-its-distance',
    'smp-stacks',
    rewritten('a stack that is still there grows, whatever was mapped below it meanwhile', load, {
      growAgain: concurrent<State, Running & { readonly page: Page }, 'anew'>((m, { process, page }) => {
        const { pages } = m.spaces[need(spaceOf(m, process))]
        const above = ids(pages).find(v => v >= page && pages[v].region !== 'unmapped')
        return above === undefined || above === page || !pages[above].grows ? go('anew') : undefined
      }),
    }),
  ),
  kills(
    'concurrency/detached-stays-unmapped',
    'smp-downgrade',
    mutant(
      'munmap gives the lock up where it should share it',
      munmap,
      also('detach', (m, my) => {
        m.spaces[spaceFor(m, my)].readers = nobody
      }),
    ),
  ),
]
