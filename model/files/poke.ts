// poke: a byte is written the way a debugger writes it, through the kernel. Where the region forbids stores and the memory
// is private, the write is forced: it makes the page a copy of its own, which stays read-only to the process, and goes
// there. Looking up and faulting take turns until a frame is found that may be written to, and throughout the operation
// means to write: a page that only reads would do for something else. Rules: spec/files.md#poke,
// spec/files.md#forced.

import { enterKernel, leaveKernel, lockToRead } from '../concurrency/locks.js'
import { mustWait } from '../faults/overtaken.js'
import {
  contentHeld,
  fillSteps,
  holdSteps,
  lacking,
  memorySteps,
  needSteps,
  type Resident,
  residentLocals,
  settleSteps,
} from '../faults/resident.js'
import { permits } from '../faults/rights.js'
import { spotOf, wayOf } from '../faults/way.js'
import { putFrame } from '../frames/frames.js'
import { block, fail, go, need, optional, range, refuse, size, step } from '../kit/index.js'
import { isWithin } from '../protection/ceiling.js'
import { placeOf } from '../shared-memory/objects.js'
import { Content, type Frame, frame, type M, operation, page, process, type State, spaceOf } from '../state.js'
import { mappingsOf, partIn } from '../swap/mappings.js'
import { cacheOf } from '../swap/swap.js'
import { noteStore } from './files.js'

export const poke = operation('poke', {
  concurrent: true,
  rule: 'files.md#poke',
  answers: [refuse('EFAULT'), refuse('ENOMEM'), fail('ENOMEM')],
  args: { process, page, byte: range(1, b => size(b, 'value')) },
  /** `found`: the frame to write to, held until that is done. */
  locals: { found: optional(frame), ...residentLocals },
}).steps(
  {
    enter: enterKernel(),
    lock: lockToRead(),
    look: (m, my) => {
      const { region, object, ceiling } = m.spaces[need(spaceOf(m, my.process))].pages[my.page]
      if (region === 'unmapped' || region === 'guard') return refuse('EFAULT')
      if (!permits(region, 'store') && (object !== null || !isWithin(ceiling, 'rw'))) return refuse('EFAULT')
      my.at = my.page
      my.access = 'store'
    },
    find: (m, my) => {
      if (mustWait(m, my)) return block
      const f = writableFrame(m, my)
      if (f === null) return undefined
      m.frames[f].references++
      my.found = f
      return go('write')
    },
    ...needSteps(go('find'), lacking),
    ...memorySteps(lacking),
    ...holdSteps(),
    ...fillSteps<Resident>(contentHeld),
    ...settleSteps(go('find')),
    write: step((m, my) => {
      const { space, page } = spotOf(m, my)
      m.frames[need(my.found)].content = Content.stored({ byte: my.byte })
      noteStore(m, space, page)
    }, remember),
    give: (m, my) => {
      putFrame(m, need(my.found))
      my.found = null
    },
    unlock: leaveKernel(),
  },
  ['unlock'],
)

/** The frame that the page names, if nothing is left to be done before it is written to; else null. */
function writableFrame(m: M, my: Resident): Frame | null {
  const { space, page } = spotOf(m, my)
  const { entry, region } = m.spaces[space].pages[page]
  if (entry.is !== 'present') return null
  const isForced = !permits(region, 'store')
  return wayOf(m, my) === 'nothing' || (isForced && isOwn(m, entry.frame)) ? entry.frame : null
}
/** Whether one entry alone shows what is in a frame. Operations under way may hold it as well. */
const isOwn = (m: M, f: Frame): boolean =>
  mappingsOf(m, f).length === 1 && partIn(m, f) === null && cacheOf(m, f) === null

/** Ghost: what the page reads as from now on. A frame that the page has lost meanwhile is written to in vain. */
function remember(m: State, my: Resident & { readonly byte: number; readonly found: Frame | null }): void {
  const { space, page } = spotOf(m, my)
  const place = placeOf(m, space, page)
  const { entry } = m.spaces[space].pages[page]
  if (place !== null) m.ghost.objects[place.object].parts[place.part].byte = my.byte
  else if (entry.is === 'present' && entry.frame === my.found) m.ghost.spaces[space].pages[page].byte = my.byte
}
