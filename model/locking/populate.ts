// Populating: pages of a range become resident one after the other, each as by an access of its own. Operations that
// populate spread these steps, and say what happens where frames or tables lack. Rule: spec/locking.md#populate.

import { letGoOfAll } from '../faults/overtaken.js'
import {
  chainSteps,
  fillSteps,
  holdSteps,
  installSteps,
  memorySteps,
  needSteps,
  populateAccess,
  type Resident,
  settleSteps,
} from '../faults/resident.js'
import { concurrent, go, need, type Then } from '../kit/index.js'
import { pagesOf, type Range } from '../regions/attributes.js'
import { type M, type Page, type State, spaceOf } from '../state.js'

/** The page of a range that is to be populated next. */
function nextPage(m: M, my: Resident, range: Range): Page | null {
  const space = need(spaceOf(m, my.process))
  const later = pagesOf(m, range).filter(v => my.at === null || v > my.at)
  return later.find(v => populateAccess(m, space, v) !== null) ?? null
}

const nextOne = go('populate')

/** The step that comes to the next page of a range, in ascending order, or goes on as `next` says where there is none. */
export const pageSteps = <T extends Resident, const S extends string = never>(
  range: (m: M, my: T) => Range,
  next: Then<S>,
) => ({
  populate: (m: M, my: T) => {
    my.at = nextPage(m, my, range(m, my))
    if (my.at === null) return next
    my.access = populateAccess(m, need(spaceOf(m, my.process)), my.at) ?? my.access
  },
})

/** Steps that make the pages of a range resident, whatever they hold, and go on as `next` says. */
export const populateSteps = <T extends Resident, const S extends string = never>(
  range: (m: M, my: T) => Range,
  next: Then<S>,
  lacks: (my: T) => Then<S | 'populate'>,
) => ({
  ...pageSteps<T, S>(range, next),
  ...needSteps<T, S | 'populate'>(nextOne, lacks),
  ...memorySteps<T, S | 'populate'>(lacks),
  ...holdSteps<T>(),
  ...chainSteps<T>(),
  ...fillSteps<T>(),
  ...settleSteps<T, 'populate'>(nextOne),
})

/** Of private memory that is new, or of an object that is. Nobody has a frame of such a page. */
export const populateNewSteps = <T extends Resident, const S extends string = never>(
  range: (m: M, my: T) => Range,
  next: Then<S>,
) => ({
  ...pageSteps<T, S>(range, next),
  ...memorySteps<T, 'populate'>(leaveOut),
  ...chainSteps<T>(),
  ...fillSteps<T>(),
  ...installSteps<T, 'populate'>(nextOne),
  giveUp: concurrent<State, T, 'populate'>((m, my) => {
    letGoOfAll(m, my)
    return nextOne
  }),
})

/** Of an object that is there: it has no chain. */
export const populateObjectSteps = <T extends Resident, const S extends string = never>(
  range: (m: M, my: T) => Range,
  next: Then<S>,
) => ({
  ...pageSteps<T, S>(range, next),
  ...needSteps<T, 'populate'>(nextOne, leaveOut),
  ...memorySteps<T, 'populate'>(leaveOut),
  ...holdSteps<T>(),
  ...fillSteps<T>(),
  ...settleSteps<T, 'populate'>(nextOne),
})

/** A page that cannot be had is left to be faulted in. */
export const leaveOut = () => nextOne
