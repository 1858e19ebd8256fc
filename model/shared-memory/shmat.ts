// shmat: a whole segment is mapped, at a place that is given or found; only the remapping form takes the place of what
// is there. All refusals come before any effect. Of the words for a place, `fixed` is an address, `hint` one that may
// be rounded (rnd), `anywhere` none (null). Rule: spec/shared-memory.md#shmat.

import { words } from '../../spec/interface.js'
import type { Running } from '../concurrency/cpus.js'
import { lockToWrite } from '../concurrency/locks.js'
import { type Resident, residentLocals } from '../faults/resident.js'
import { disabled, done, go, need, type Of, oneOf, optional, range, refuse, size, step } from '../kit/index.js'
import { populateObjectSteps } from '../locking/populate.js'
import { mayLock, mayMap } from '../processes/rlimit.js'
import { firstCeiling } from '../protection/ceiling.js'
import { placement, skew } from '../regions/arguments.js'
import { drawRegion, type Sketch, sketchOf, unmapped } from '../regions/attributes.js'
import { clearingLocals, forgetSteps } from '../regions/clearing.js'
import { arrived } from '../regions/identity.js'
import { clearPlaced, highestGap, placed, type Started } from '../regions/placement.js'
import { become, forget, leavesWindow, mappedIn, passesEnd, someMapped, tooMany } from '../regions/regions.js'
import { type M, operation, type Page, page, spaceOf } from '../state.js'
import { forgetObjects } from './objects.js'
import { allows, attachDecision, bitsFor, bitsOf, objectDecision, someMay } from './rights.js'
import { absence, inHand, leaveSegment, type Named, named } from './segments.js'

const attaching = oneOf(...words.attaching)
interface Asking extends Named {
  readonly page: Page
  readonly placement: Of<typeof placement>
  readonly skew: Of<typeof skew>
}
interface Attaching extends Named, Started {
  readonly attaching: Of<typeof attaching>
}

export const shmat = operation('shmat', {
  rule: 'shared-memory.md#shmat',
  answers: [refuse('EINVAL'), refuse('EIDRM'), refuse('EACCES'), refuse('EAGAIN'), refuse('ENOMEM')],
  args: { ...named, page, placement, attaching, replacing: oneOf(...words.replacing), skew },
  locals: { start: optional(page), count: range(0, b => size(b, 'part')), ...residentLocals, ...clearingLocals },
}).steps(
  {
    enter: lockToWrite({
      allowed: (m, my: Asking & Running) => inHand.allowed(m, my) && isMeant(m, my),
      mark: inHand.mark,
    }),
    arguments: (m, my) => {
      if (spaceOf(m, my.process) === null) return disabled
      if (!m.limits.concurrent && !isMeant(m, my)) return disabled
      const anywhere = my.placement === 'anywhere'
      if (my.placement === 'fixed' && my.skew === 'unaligned') return refuse('EINVAL')
      if (my.replacing === 'remap' && anywhere) return refuse('EINVAL')
      const error = absence(m, my)
      if (error !== null) return refuse(error)
      my.count = m.objects[my.segment].size
    },
    rights: (m, my) => {
      const bits = bitsOf(m, my.process, my.segment)
      if (!allows(bits, bitsFor(attachDecision({ attaching: my.attaching })))) return refuse('EACCES')
      const rule = objectDecision({
        linux: m.limits.linux,
        attaching: my.attaching,
        someWrite: someMay(m, my.segment, 'store'),
        someExecute: someMay(m, my.segment, 'fetch'),
      })
      if (rule === 'refuse') return refuse('EACCES')
    },
    place: (m, my) => {
      const space = need(spaceOf(m, my.process))
      const anywhere = my.placement === 'anywhere'
      if (!anywhere && passesEnd(m, wanted(m, my))) return refuse('EINVAL')
      if (!anywhere && my.replacing === 'keep' && someMapped(m, space, wanted(m, my))) return refuse('EINVAL')
      const start = anywhere ? highestGap(m, space, my.count) : my.page
      if (start === null) return refuse('ENOMEM')
      my.start = start
    },
    limits: (m, my) => {
      const space = need(spaceOf(m, my.process))
      if (m.spaces[space].future !== 'none' && !mayLock(m, my.process, my.count)) return refuse('EAGAIN')
      if (!mayMap(m, my.process, my.count - mappedIn(m, space, placed(my)))) return refuse('ENOMEM')
      if (tooMany(m, attached(m, my))) return refuse('ENOMEM')
    },
    clear: clearPlaced(),
    ...forgetSteps(),
    map: step(
      (m, my) => become(m, need(spaceOf(m, my.process)), attached(m, my)),
      (m, my) => {
        forget(m, my, placed(my))
        forgetObjects(m)
      },
    ),
    begin: (m, my) => (m.spaces[need(spaceOf(m, my.process))].future === 'locked' ? undefined : go('leave')),
    ...populateObjectSteps<Resident & Started, 'leave'>((_m, my) => placed(my), go('leave')),
    leave: leaveSegment(),
    answer: (_m, my) => done(need(my.start)),
  },
  ['leave'],
)

/** Whether the command can be issued: at a place, or nowhere in particular, and where the window shows what happens. */
function isMeant(m: M, my: Asking): boolean {
  if (my.placement === 'noreplace') return false
  if (my.placement === 'anywhere') return my.page === 0 && my.skew === 'aligned' && m.limits.top
  return !leavesWindow(m, wanted(m, my))
}

/** The pages that it would take at the place given. */
const wanted = (m: M, { page, segment }: Named & { readonly page: Page }) => ({ page, count: m.objects[segment].size })

/** What the space will be. */
function attached(m: M, my: Attaching): Sketch {
  const space = need(spaceOf(m, my.process))
  const sketch = sketchOf(m, space)
  const region = attachDecision({ attaching: my.attaching })
  const readOnly = my.attaching === 'rdonly' || my.attaching === 'rdonly|exec'
  drawRegion(m, sketch, placed(my), {
    ...unmapped,
    region,
    ceiling: firstCeiling(m, region, true, readOnly),
    lock: m.spaces[space].future,
    object: my.segment,
  })
  return arrived(m, sketch, placed(my))
}
