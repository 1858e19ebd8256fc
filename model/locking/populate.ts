// Populating: pages of a range become resident one after the other, each as by an access of its own. Operations that
// populate spread these steps, and say what happens where frames or tables lack. Rule: spec/locking.md#populate.

import { populateAccess, type Resident, residentSteps } from '../faults/resident.js'
import { go, need, type Then } from '../kit/index.js'
import { pagesOf, type Range } from '../regions/attributes.js'
import { type M, type Page, spaceOf } from '../state.js'

/** The page of a range that is to be populated next. */
function nextPage(m: M, my: Resident, range: Range): Page | null {
  const space = need(spaceOf(m, my.process))
  const later = pagesOf(m, range).filter(v => my.at === null || v > my.at)
  return later.find(v => populateAccess(m, space, v) !== null) ?? null
}

/** Steps that make the pages of a range resident, in ascending order, and go on with the step named. */
export const populateSteps = <T extends Resident, const S extends string>(
  range: (m: M, my: T) => Range,
  next: S,
  lacks: (my: T) => Then<S | 'populate'>,
  room?: Parameters<typeof residentSteps<T, S | 'populate'>>[2],
) => ({
  populate: (m: M, my: T) => {
    my.at = nextPage(m, my, range(m, my))
    if (my.at === null) return go(next)
    my.access = populateAccess(m, need(spaceOf(m, my.process)), my.at) ?? my.access
    return go('need')
  },
  ...residentSteps<T, S | 'populate'>('populate', lacks, room),
})

/** A page that cannot be had is left to be faulted in. */
export const leaveOut = () => go('populate')
