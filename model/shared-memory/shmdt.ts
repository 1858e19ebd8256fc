// shmdt: the segment that is attached at a page is unmapped. What is left of the attachment goes, wherever it was cut;
// what was mapped over it since stays. Rule: spec/shared-memory.md#shmdt.

import { leaveKernel, lockToWrite } from '../concurrency/locks.js'
import { disabled, each, ids, need, optional, refuse, step } from '../kit/index.js'
import { skew } from '../regions/arguments.js'
import { copyOf, type Sketch, sketchOf, unmapped } from '../regions/attributes.js'
import { clearingLocals, forgetSteps, takeAway } from '../regions/clearing.js'
import { become } from '../regions/regions.js'
import { type M, type ObjectId, object, operation, type Page, page, process, type Space, spaceOf } from '../state.js'
import { forgetObjects } from './objects.js'

export const shmdt = operation('shmdt', {
  rule: 'shared-memory.md#shmdt',
  answers: [refuse('EINVAL')],
  args: { process, page, skew },
  locals: { segment: optional(object), ...clearingLocals },
}).steps(
  {
    enter: lockToWrite(),
    arguments: (m, my) => {
      const space = spaceOf(m, my.process)
      if (space === null) return disabled
      if (my.skew === 'unaligned') return refuse('EINVAL')
      const segment = attachedAt(m, space, my.page)
      if (segment === null) return refuse('EINVAL')
      my.segment = segment
    },
    clear: each(page, (m, my, v) => {
      const space = need(spaceOf(m, my.process))
      if (isPart(m, space, my.page, v, my.segment)) takeAway(m, my, space, v)
    }),
    ...forgetSteps(),
    detach: step((m, my) => {
      const space = need(spaceOf(m, my.process))
      become(m, space, detached(m, space, my.page, my.segment))
    }, forgetObjects),
    leave: leaveKernel(),
  },
  ['leave'],
)

/** The segment of the lowest page that belongs to an attachment that started at `start`. */
function attachedAt(m: M, space: Space, start: Page): ObjectId | null {
  const { pages } = m.spaces[space]
  const isOne = (v: Page): boolean => {
    const { object, offset } = pages[v]
    return object !== null && m.objects[object].kind === 'segment' && v - start === offset
  }
  const lowest = ids(pages).find(isOne)
  return lowest === undefined ? null : pages[lowest].object
}

/** Whether a page shows the page of the segment that lies as far from its start. */
function isPart(m: M, space: Space, start: Page, v: Page, segment: ObjectId | null): boolean {
  const { object, offset } = m.spaces[space].pages[v]
  return object === segment && segment !== null && v - start === offset
}

/** What the space will be. */
const detached = (m: M, space: Space, start: Page, segment: ObjectId | null): Sketch =>
  sketchOf(m, space).map((it, v) => (isPart(m, space, start, v as Page, segment) ? copyOf(unmapped) : it))
