// mincore: which pages of a range are resident, so that touching them would wait for nothing. Rule:
// spec/regions.md#mincore.

import { disabled, done, need, refuse } from '../kit/index.js'
import { originOf } from '../shared-memory/objects.js'
import { type M, operation, type Page, page, process, type Space, spaceOf } from '../state.js'
import { count, skew } from './arguments.js'
import { pagesOf } from './attributes.js'
import { allMapped, leavesWindow, passesEnd } from './regions.js'

export const mincore = operation('mincore', {
  rule: 'regions.md#mincore',
  answers: [refuse('EINVAL'), refuse('ENOMEM')],
  args: { process, page, count, skew },
}).steps({
  arguments: (m, my) => {
    const space = spaceOf(m, my.process)
    if (space === null || leavesWindow(m, my)) return disabled
    if (my.skew === 'unaligned') return refuse('EINVAL')
    if (passesEnd(m, my) || !allMapped(m, space, my)) return refuse('ENOMEM')
  },
  answer: (m, my) => {
    const space = need(spaceOf(m, my.process))
    // One bit a page, and one above them: without it, pages at the end that are not resident could not be told.
    let residency = 1 << my.count
    for (const v of pagesOf(m, my)) if (isResident(m, space, v)) residency |= 1 << (v - my.page)
    return done(residency)
  },
})

/** In a frame, whether or not the page tables know yet: an object's page, or one that the swap cache still has. */
function isResident(m: M, space: Space, v: Page): boolean {
  const { entry, region } = m.spaces[space].pages[v]
  switch (entry.is) {
    case 'zero':
    case 'present':
      return true
    case 'swapped':
      return m.slots[entry.slot].cached !== null
    case 'absent': {
      const place = region === 'guard' ? null : originOf(m, space, v)
      return place !== null && m.objects[place.object].parts[place.part].at.is === 'resident'
    }
  }
}
