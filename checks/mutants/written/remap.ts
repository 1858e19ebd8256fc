// Mappings that lose something when they move.

import type { M } from '../../../model/index.js'
import { drop, mremap, mutant, need } from '../../../model/index.js'
import { also, type Known, kills, pagesFor, rangeOf } from './tools.js'

const close = (m: M, my: Known, first: number, count: number): void => {
  for (const v of rangeOf(m, first, count)) pagesFor(m, my)[v].region = 'none'
}

export const remapMutants = [
  kills('faults/page-holds-last-store', 'remap', mutant('mremap leaves the content behind', mremap, drop('move'))),
  kills(
    'regions/moved-with-content',
    'remap',
    mutant(
      'mremap forgets the protection',
      mremap,
      also('map', (m, my) => close(m, my, need(my.start), my.count)),
    ),
  ),
  kills(
    'regions/grown-alike',
    'remap',
    mutant(
      'mremap forgets the protection of what it adds',
      mremap,
      also('map', (m, my) => close(m, my, need(my.start) + my.old, my.count - my.old)),
    ),
  ),
  kills('regions/nothing-stays-behind', 'remap', mutant('mremap leaves the mapping behind', mremap, drop('map'))),
]
