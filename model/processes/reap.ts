// kill and reap: memory is short, a process is chosen to die, and the kernel does not wait until it has noticed. It takes
// away what nobody else can want: private memory that is not locked. Regions do not change, so the lock is shared with
// faults; munlock and exit, which change them, wait (Linux: oom_reap_task_mm, and CVE-2018-1000200 where exit did not).
// Rules: spec/processes.md#kill, spec/processes.md#reap.

import { isWritten, leave, takeTables } from '../concurrency/locks.js'
import { block, concurrent, disabled, each, ids, need, step, withMember } from '../kit/index.js'
import { forgetPins } from '../pins/pins.js'
import { clearingLocals, forgetSteps, takeAway } from '../regions/clearing.js'
import { type M, operation, type Page, page, process, type Space, spaceOf } from '../state.js'
import { isWalking } from '../tlb/walks.js'

export const kill = operation('kill', { concurrent: true, rule: 'processes.md#kill', args: { process } }).steps({
  kill: (m, my) => {
    const it = m.processes[my.process]
    if (!m.limits.reaping || it.space === null || it.killed) return disabled
    it.killed = true
  },
})

export const reap = operation('reap', {
  concurrent: true,
  rule: 'processes.md#reap',
  args: { process },
  locals: clearingLocals,
}).steps(
  {
    enter: (m, my) => {
      const { space, killed, reaper } = m.processes[my.process]
      if (space === null || !killed || reaper !== null || isWalking(m, my.cpu)) return disabled
      if (isWritten(m, space)) return block
      m.processes[my.process].reaper = my.cpu
      m.spaces[space].readers = withMember(m.spaces[space].readers, my.cpu)
      m.cpus[my.cpu].process = null
      m.cpus[my.cpu].busy = true
    },
    takeTables: takeTables(),
    clear: each(page, (m, my, v) => {
      const space = need(spaceOf(m, my.process))
      if (isReaped(m, space, v)) takeAway(m, my, space, v)
    }),
    ...forgetSteps(),
    handBack: step(
      (m, my) => {
        m.spaces[need(spaceOf(m, my.process))].tableLock = null
      },
      (m, my) => {
        const space = need(spaceOf(m, my.process))
        const isGone = (v: Page): boolean => isReaped(m, space, v)
        for (const v of ids(m.tree).filter(isGone)) m.ghost.spaces[space].pages[v].byte = 0
        forgetPins(m, space, isGone)
      },
    ),
    unlock: concurrent((m, my) => {
      m.processes[my.process].reaper = null
      leave(m, my)
    }),
  },
  ['unlock'],
)

/** Nobody else has it, and its owner has not asked for it to stay. */
function isReaped(m: M, space: Space, v: Page): boolean {
  const { region, object, lock } = m.spaces[space].pages[v]
  return region !== 'unmapped' && object === null && lock === 'none'
}
