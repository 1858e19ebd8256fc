// switch: a CPU takes up a process. Where tags run out, this is not one instant: the CPU lets go of the tables that it has,
// enters the mask of those who are told what changes in the space, makes sure of a tag, and only then loads the tables.
// One that has the tables still loaded looks whether the tag is still good. Linux on Arm: check_and_switch_context.
// Rules: spec/tlb.md#switch, spec/tlb.md#tags.

import { activate, end, isEnding, isOnCpu, unload } from '../concurrency/cpus.js'
import { block, choose, disabled, go, need, withMember } from '../kit/index.js'
import {
  type Cpu,
  type M,
  operation,
  type Process,
  process,
  type Space,
  type State,
  spaceOf,
  type Tag,
  tag,
} from '../state.js'
import { allGiven, claimTag, clean, giveTag, isGiven, isUsable, newGeneration } from './tags.js'

interface Switching {
  readonly cpu: Cpu
  readonly process: Process
}
const next = (m: M, my: Switching): Space => need(spaceOf(m, my.process))

export const switchTo = operation('switch', {
  concurrent: true,
  rule: 'tlb.md#switch',
  args: { process },
}).steps({
  enter: (m, my) => {
    const space = spaceOf(m, my.process)
    if (!m.limits.tagged || space === null || isEnding(m, my) || isOnCpu(m, my.cpu, space)) return disabled
    const it = m.cpus[my.cpu]
    it.process = my.process
    it.busy = true
    it.running = false
  },
  same: (m, my) => {
    const space = next(m, my)
    const it = m.cpus[my.cpu]
    if (it.active !== space || !isUsable(m, my.cpu, space) || it.tag !== m.spaces[space].tag) return undefined
    it.running = true
    return go('run')
  },
  park: (m, my) => unload(m, my.cpu),
  show: (m, my) => {
    const it = m.spaces[next(m, my)]
    it.seen = withMember(it.seen, my.cpu)
  },
  number: (m, my) => {
    const space = next(m, my)
    if (isUsable(m, my.cpu, space)) {
      claimTag(m, my.cpu, space)
      return go('load')
    }
    if (m.tags.lock !== null) return block
    m.tags.lock = my.cpu
  },
  renew: (m, my) => {
    if (m.spaces[next(m, my)].current) return go('wipe')
    if (allGiven(m)) newGeneration(m)
  },
  assign: choose<State, Switching, Tag>(
    tag,
    (m, _my, t) => !isGiven(m, t),
    (m, my, t) => giveTag(m, next(m, my), t),
  ),
  wipe: (m, my) => {
    clean(m, my.cpu)
    claimTag(m, my.cpu, next(m, my))
    m.tags.lock = null
  },
  load: (m, my) => activate(m, my.cpu, next(m, my)),
  run: (m, my) => end(m, my),
})
