// pin: a page of a process is held for a device that will read or write it. First without any lock, as direct I/O wants
// it: the entry is read, a reference taken, and the entry looked at again, for it may have changed before the reference
// counted; and last, whether a fork has begun to copy meanwhile, which looks for pins before it takes the right to write
// away. Where that does not go, the page is made resident as an access would, and pinned under the lock.
// Linux: mm/gup.c, gup_fast and __get_user_pages. Rule: spec/pins.md#pin.

import { begin, end, isEnding, isOnCpu } from '../concurrency/cpus.js'
import { isInHand, lockToRead, release } from '../concurrency/locks.js'
import { accessSteps, lacking, residentLocals } from '../faults/resident.js'
import { permits } from '../faults/rights.js'
import { isShareable } from '../frames/frames.js'
import {
  block,
  bool,
  disabled,
  fail,
  go,
  has,
  need,
  optional,
  refuse,
  step,
  weak,
  withMember,
  withoutMember,
} from '../kit/index.js'
import {
  frame,
  type M,
  operation,
  type Page,
  type Process,
  page,
  pin as pins,
  process,
  type Space,
  spaceOf,
} from '../state.js'
import { forgetPin, how, notePin, pinnable, putPin, takePin } from './pins.js'

interface Pinning {
  readonly process: Process
  readonly page: Page
  readonly how: 'load' | 'store'
}
const caller = (m: M, my: Pinning): Space => need(spaceOf(m, my.process))
const found = (m: M, my: Pinning) => pinnable(m, caller(m, my), my.page, my.how)

export const pin = operation('pin', {
  concurrent: true,
  rule: 'pins.md#pin',
  answers: [refuse('EFAULT'), refuse('ENOMEM'), fail('ENOMEM')],
  args: { process, page, how, pin: weak(pins) },
  locals: {
    seen: optional(weak(frame)),
    /** The frame, from when the reference counts until the pin is the device's. */
    taken: optional(frame),
    /** The pin is the device's, which may give it back before this operation is over. */
    kept: bool,
    ...residentLocals,
  },
}).steps(
  {
    enter: (m, my) => {
      const space = spaceOf(m, my.process)
      if (space === null || isEnding(m, my) || !isOnCpu(m, my.cpu, space) || m.pins[my.pin].wanted) return disabled
      begin(m, my)
      m.pins[my.pin].wanted = true
      const it = m.spaces[space]
      if (!it.copying) it.undisturbed = withMember(it.undisturbed, my.cpu)
    },
    peek: (m, my) => {
      const f = found(m, my)
      if (f === null) return go('lock')
      my.seen = f
    },
    take: (m, my) => {
      const f = need(my.seen)
      if (m.frames[f].references === 0 || !isShareable(m, f)) return go('lock')
      takePin(m, f)
      my.taken = f
      my.seen = null
    },
    compare: step(
      (m, my) => (found(m, my) === my.taken ? undefined : go('giveBack')),
      (m, my) => notePin(m, my.pin, caller(m, my), my.page),
    ),
    unbroken: (m, my) => (has(m.spaces[caller(m, my)].undisturbed, my.cpu) ? go('keep') : undefined),
    giveBack: step(
      (m, my) => {
        putPin(m, need(my.taken))
        my.taken = null
      },
      (m, my) => forgetPin(m, my.pin),
    ),
    lock: lockToRead(),
    look: (m, my) => {
      const { region, object } = m.spaces[caller(m, my)].pages[my.page]
      if (!permits(region, my.how)) return refuse('EFAULT')
      my.at = my.page
      // Private memory is made the process's own even if it is only read: a later store must not part the two.
      my.access = object === null ? 'store' : my.how
    },
    ...accessSteps(go('grab'), lacking),
    grab: step(
      (m, my) => {
        const space = caller(m, my)
        if (isInHand(m, { space, page: my.page }, my.cpu)) return block
        const f = found(m, my)
        if (f === null) return go('need')
        if (!isShareable(m, f)) return fail('ENOMEM')
        takePin(m, f)
        my.taken = f
      },
      (m, my) => {
        if (my.taken !== null) notePin(m, my.pin, caller(m, my), my.page)
      },
    ),
    keep: (m, my) => {
      const it = m.pins[my.pin]
      it.frame = my.taken
      it.writes = my.how === 'store'
      my.taken = null
      my.kept = true
    },
    unlock: (m, my) => {
      const it = m.spaces[caller(m, my)]
      it.undisturbed = withoutMember(it.undisturbed, my.cpu)
      if (!my.kept) m.pins[my.pin].wanted = false
      release(m, my.cpu)
      end(m, my)
    },
  },
  ['unlock'],
)
