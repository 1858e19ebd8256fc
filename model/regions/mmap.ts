// mmap: memory, anonymous or of the file, private or shared, at a place that is given or found. What was there goes first. All refusals
// come before any effect; pages that shall be resident at once and cannot be are left to be faulted in.
// Rules: spec/regions.md#mmap, spec/locking.md#future.

import type { Running } from '../concurrency/cpus.js'
import { leaveKernel, lockToWrite } from '../concurrency/locks.js'
import { lockRegions } from '../concurrency/region-locks.js'
import { type Resident, residentLocals } from '../faults/resident.js'
import { permits } from '../faults/rights.js'
import { fileOf } from '../files/files.js'
import { choose, disabled, done, go, need, type Of, optional, refuse, step } from '../kit/index.js'
import { mayLockAtAll } from '../locking/locking.js'
import { populateNewSteps } from '../locking/populate.js'
import { giveTablesSteps, unlinkSteps } from '../page-tables/directory.js'
import { mayLock, mayMap } from '../processes/rlimit.js'
import { firstCeiling } from '../protection/ceiling.js'
import { grantDecision } from '../protection/grant.js'
import { forgetObjects, isFreeObject, someFreeObject } from '../shared-memory/objects.js'
import { type M, type ObjectId, object, operation, page, process, type Space, spaceOf } from '../state.js'
import { backing, count, filling, growth, placement, request, reserve, sharing, skew } from './arguments.js'
import { type Attributes, drawRegion, inRange, type Sketch, sketchOf, unmapped } from './attributes.js'
import { promiseDecision } from './chains.js'
import { type Clearing, clearingLocals, forgetSteps } from './clearing.js'
import { arrived } from './identity.js'
import { isTouched, lacksNodes } from './nodes.js'
import {
  clearPlaced,
  highestGap,
  isExact,
  isMisplaced,
  isSearched,
  type Placing,
  placed,
  type Started,
} from './placement.js'
import { become, forget, leavesWindow, mappedIn, passesEnd, someMapped, tooMany } from './regions.js'

interface Mapping extends Placing {
  readonly request: Of<typeof request>
  readonly sharing: Of<typeof sharing>
  readonly backing: Of<typeof backing>
  readonly filling: Of<typeof filling>
  readonly growth: Of<typeof growth>
  readonly reserve: Of<typeof reserve>
}

export const mmap = operation('mmap', {
  rule: 'regions.md#mmap',
  answers: [refuse('EINVAL'), refuse('EACCES'), refuse('EEXIST'), refuse('EPERM'), refuse('EAGAIN'), refuse('ENOMEM')],
  args: { process, page, count, request, sharing, backing, placement, filling, growth, reserve, skew },
  locals: { start: optional(page), object: optional(object), ...residentLocals, ...clearingLocals },
}).steps(
  {
    enter: lockToWrite({
      allowed: (m, my) => !isUnsaid(m, need(spaceOf(m, my.process)), my),
    }),
    arguments: (m, my) => {
      const space = spaceOf(m, my.process)
      if (space === null || isUnsaid(m, space, my)) return disabled
      if (my.count === 0 || my.request === 'guard' || my.request === 'rw+cow') return refuse('EINVAL')
      if (my.growth === 'growsdown' && (my.sharing === 'shared' || my.backing === 'file')) return refuse('EINVAL')
      if (isExact(my) && my.skew === 'unaligned') return refuse('EINVAL')
      if (grantDecision({ request: my.request, linux: m.limits.linux }) === 'refuse') return refuse('EACCES')
      // What one mapping of the file may write, none executes.
      if (my.backing === 'file' && my.request.includes('x')) return refuse('EACCES')
      if (isExact(my) && passesEnd(m, my)) return refuse('ENOMEM')
      if (my.placement === 'noreplace' && someMapped(m, space, my)) return refuse('EEXIST')
    },
    place: (m, my) => {
      const space = need(spaceOf(m, my.process))
      const start = isSearched(m, space, my) ? highestGap(m, space, my.count) : my.page
      if (start === null) return refuse('ENOMEM')
      my.start = start
    },
    lock: (m, my) => {
      if (my.filling === 'locked' && !mayLockAtAll(m, my.process)) return refuse('EPERM')
      if (lockOf(m, my) !== 'none' && !mayLock(m, my.process, my.count)) return refuse('EAGAIN')
    },
    limits: (m, my) => {
      const more = my.count - mappedIn(m, need(spaceOf(m, my.process)), placed(my))
      if (!mayMap(m, my.process, more)) return refuse('ENOMEM')
      if (my.sharing === 'private' || my.backing === 'file') {
        return cannotBe(m, my, null) ? refuse('ENOMEM') : go('lockRegions')
      }
      const free = someFreeObject(m)
      if (free === null || my.count > m.objects[free].parts.length) return refuse('ENOMEM')
      if (cannotBe(m, my, free)) return refuse('ENOMEM')
    },
    object: choose(
      object,
      (m, _my, o) => isFreeObject(m, o),
      (m, my, o) => {
        m.objects[o].kind = 'anonymous'
        m.objects[o].size = my.count
        if (m.limits.concurrent) m.objects[o].holder = my.cpu
        my.object = o
      },
      { none: () => refuse('ENOMEM') },
    ),
    ...lockRegions<Mapping & Started & Running & { readonly object: ObjectId | null }>((m, my, n) =>
      isTouched(m, need(spaceOf(m, my.process)), n, placed(my), mapped(m, my, my.object)),
    ),
    clear: clearPlaced(),
    ...unlinkSteps<Started & Clearing>((my, v) => inRange(placed(my), v)),
    ...forgetSteps(),
    ...giveTablesSteps(),
    map: step(
      (m, my) => become(m, need(spaceOf(m, my.process)), mapped(m, my, my.object)),
      (m, my) => {
        forget(m, my, placed(my))
        forgetObjects(m)
      },
    ),
    handOver: (m, my) => {
      if (m.limits.concurrent && my.object !== null) m.objects[my.object].holder = null
      my.object = null
      return my.filling === 'populate' || lockOf(m, my) === 'locked' ? undefined : go('unlock')
    },
    ...populateNewSteps<Resident & Started, 'unlock'>((_m, my) => placed(my), go('unlock')),
    unlock: leaveKernel(),
    answer: (_m, my) => done(need(my.start)),
  },
  ['unlock'],
)

/** What the model cannot say: a mapping that leaves the window, and one of more than the file has. */
const isUnsaid = (m: M, space: Space, my: Mapping): boolean =>
  leavesWindow(m, my) ||
  isMisplaced(m, space, my) ||
  (my.backing === 'file' && my.count > m.objects[need(fileOf(m))].size)

/** How the new pages are locked: as asked, or as the process has said for all to come. */
const lockOf = (m: M, my: Mapping): Attributes['lock'] =>
  my.filling === 'locked' ? 'locked' : m.spaces[need(spaceOf(m, my.process))].future

/** Whether the space may not become so: too many regions, or not enough records for them. */
function cannotBe(m: M, my: Mapping & Started, object: ObjectId | null): boolean {
  const after = mapped(m, my, object)
  return tooMany(m, after) || lacksNodes(m, need(spaceOf(m, my.process)), after)
}

/** What the space will be. */
function mapped(m: M, my: Mapping & Started, object: ObjectId | null): Sketch {
  const space = need(spaceOf(m, my.process))
  const sketch = sketchOf(m, space)
  const { request: region } = my
  if (region === 'guard' || region === 'rw+cow') return sketch
  const shared = my.sharing === 'shared'
  const file = my.backing === 'file' ? fileOf(m) : null
  const writes = permits(region, 'store')
  drawRegion(m, sketch, placed(my), {
    ...unmapped,
    region,
    ceiling: firstCeiling(m, region, shared || file !== null, false),
    lock: lockOf(m, my),
    grows: my.growth === 'growsdown',
    object: shared && file !== null ? file : object,
    file: shared ? null : file,
    offset: m.limits.linux && !shared ? need(my.start) : 0,
    accounted: m.limits.linux && promiseDecision({ shared, writes, reserve: my.reserve }) === 'counts',
  })
  return arrived(m, sketch, placed(my))
}
