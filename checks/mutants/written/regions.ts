// Regions that are counted wrongly, lie in the wrong place, or are left behind.

import {
  done,
  drop,
  exit,
  go,
  ids,
  load,
  mincore,
  mmap,
  mprotect,
  munmap,
  mutant,
  need,
  rewritten,
  store,
} from '../../../model/index.js'
import { mlock } from '../../../model/locking/mlock.js'
import { growDown } from '../../../model/regions/regions.js'
import { also, kills, pagesFor, rangeOf, spaceFor } from './tools.js'

export const regionsMutants = [
  kills(
    'regions/count-recount',
    'splits',
    mutant(
      'munmap counts a region that is gone',
      munmap,
      also('unmap', (m, my) => m.spaces[spaceFor(m, my)].regions++),
    ),
  ),
  kills(
    'regions/mapped-recount',
    'splits',
    mutant(
      'munmap counts a page that is gone',
      munmap,
      also('unmap', (m, my) => m.spaces[spaceFor(m, my)].mapped++),
    ),
  ),
  kills('regions/within-limit', 'tiny-limit', mutant('munmap does not look at the limit', munmap, drop('limit'))),
  kills(
    'regions/unmapped-is-blank',
    'splits',
    mutant(
      'munmap remembers what a page could become',
      munmap,
      also('unmap', (m, my) => {
        pagesFor(m, my)[my.page].ceiling = 'rw'
      }),
    ),
  ),
  kills(
    'regions/seam-is-a-border',
    'linux',
    mutant(
      'mmap leaves a seam before every mapping',
      mmap,
      also('map', (m, my) => {
        pagesFor(m, my)[need(my.start)].seam = true
      }),
    ),
  ),
  kills(
    'regions/within-as',
    'limits',
    rewritten('mmap does not look at the limits', mmap, { limits: () => go('clear') }),
  ),
  kills('regions/gone-after-munmap', 'splits', mutant('munmap clears the entries only', munmap, drop('unmap'))),
  kills('regions/fresh-after-mmap', 'frames', mutant('mmap over a mapping keeps what was there', mmap, drop('clear'))),
  kills(
    'regions/placed-where-nothing-was',
    'placement',
    rewritten('mmap takes a hint for an order', mmap, {
      place: (_m, my) => {
        my.start = my.page
      },
    }),
  ),
  kills('regions/protected-as-asked', 'splits', mutant('mprotect changes the entries only', mprotect, drop('protect'))),
  kills(
    'regions/only-the-range',
    'splits',
    mutant(
      'mprotect protects all that is mapped',
      mprotect,
      also('protect', (m, my) => {
        for (const it of pagesFor(m, my)) if (it.region !== 'unmapped') it.region = 'none'
      }),
    ),
  ),
  kills(
    'regions/failed-prefix',
    'linux-locking',
    mutant(
      'mlock goes on behind a hole',
      mlock,
      also('lock', (m, my) => {
        for (const v of rangeOf(m, my.page, my.count)) {
          const it = pagesFor(m, my)[v]
          if (it.region !== 'unmapped') it.lock = 'locked'
        }
      }),
    ),
  ),
  kills(
    'regions/mincore-tells-residency',
    'regions',
    rewritten('mincore sees nothing', mincore, { answer: (_m, my) => done(1 << my.count) }),
  ),
  kills(
    'regions/growth-keeps-its-distance',
    'stacks',
    mutant(
      'a stack grows one page further than it is touched',
      load,
      also('grow', (m, my) => {
        const pages = pagesFor(m, my)
        const [at, below] = [need(my.at), ids(m.tree).findLast(v => v < need(my.at))]
        if (below === undefined || !pages[at].grows || pages[below].region !== 'unmapped') return
        growDown(m, spaceFor(m, my), below, at)
      }),
    ),
  ),
  kills('faults/load-answers-last-store', 'frames', mutant('a store does not arrive', store, drop('write'))),
  kills('processes/free-space-is-empty', 'frames', mutant('exit leaves the regions', exit, drop('unmap'))),
]
