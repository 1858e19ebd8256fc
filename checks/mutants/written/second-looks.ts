// Operations that act on what they saw before another CPU was there: no second look, a record or an area that nobody holds,
// a slot that is not marked while it is changed.

import { enterKernel } from '../../../model/concurrency/locks.js'
import { install } from '../../../model/faults/install.js'
import { letGoOfAll } from '../../../model/faults/overtaken.js'
import { fillSteps, type Resident } from '../../../model/faults/resident.js'
import { takesFrame, wayOf } from '../../../model/faults/way.js'
import { putFrame } from '../../../model/frames/frames.js'
import {
  choose,
  drop,
  free,
  go,
  load,
  type M,
  mutant,
  type ObjectId,
  object,
  refuse,
  reserve,
  rewritten,
  rmswap,
  setuid,
  swapOut,
  swapoff,
} from '../../../model/index.js'
import { isFreeObject } from '../../../model/shared-memory/objects.js'
import { shmat } from '../../../model/shared-memory/shmat.js'
import { shmget } from '../../../model/shared-memory/shmget.js'
import { also, kills } from './tools.js'

export const secondLookMutants = [
  kills(
    'processes/privileges-only-shrink',
    'smp-credentials',
    rewritten('setuid does not look again whether it is still the superuser', setuid, {
      set: (m, my) => {
        m.processes[my.process].user = my.user
      },
    }),
  ),
  kills(
    'shared-memory/keys-are-unique',
    'smp-segment-names',
    rewritten('shmget does not look again for the key', shmget, {
      make: choose(
        object,
        (m, _my, o) => isFreeObject(m, o),
        (m, my, o: ObjectId) => {
          m.objects[o].kind = 'segment'
          m.objects[o].key = my.key
          m.objects[o].size = my.count
          my.made = o
          return go('answer')
        },
        { none: () => go('find') },
      ),
    }),
    'objects=2',
    'segments=2',
    'segmentPages=2',
  ),
  kills(
    'frames/references-recount',
    'smp-kernel-frames',
    rewritten('free does not look again whose the frame is', free, {
      free: (m, my) => {
        if (m.frames[my.frame].references === 0) return refuse('EINVAL')
        m.frames[my.frame].kernel = null
        putFrame(m, my.frame)
      },
    }),
  ),
  kills(
    'frames/one-use',
    'smp-kernel-frames',
    rewritten('reserve does not look again whether the frame is free', reserve, {
      reserve: (m, my) => {
        m.frames[my.frame].reserved = true
      },
    }),
  ),
  kills(
    'shared-memory/mapped-object-lives',
    'smp-segments',
    mutant(
      'shmat lets go of the record that it has looked at',
      shmat,
      also('arguments', (m, my) => {
        if (my.segment !== null) m.objects[my.segment].holder = null
      }),
    ),
  ),
  kills(
    'swap/area-is-fit',
    'smp-areas',
    rewritten('rmswap does not hold the area that it looks at', rmswap, { enter: enterKernel() }),
  ),
  kills(
    'swap/slots-in-use-are-on',
    'smp-swapoff',
    mutant('swapoff lets pages go to the area that it empties', swapoff, drop('close')),
  ),
  kills(
    'tlb/one-frame-a-page',
    'smp-cache',
    mutant(
      'the slot of a cached page is not marked while the frame is taken away',
      swapOut,
      also('redirect', (m, my) => {
        if (my.slot !== null && m.slots[my.slot].cached === my.saving) m.slots[my.slot].busy = false
      }),
    ),
  ),
  kills(
    'faults/page-holds-last-store',
    'smp-discard-load',
    rewritten('a load fills its frame from what the page shows by then', load, { fill: fillSteps<Resident>().fill }),
  ),
  kills(
    'shared-memory/page-keeps-content',
    'smp-shared-slots',
    rewritten('a fault does not look again which slot the page of an object is in', load, {
      install: (m: M, my: Resident) => {
        if (my.frame === null && takesFrame(wayOf(m, my))) return go('retry')
        install(m, my)
        letGoOfAll(m, my)
        return go('rerun')
      },
    }),
  ),
]
