// setuid and dropcap: who a process is, and what it may do beyond what its user may. Both only ever take away.
// Rules: spec/processes.md#setuid, spec/processes.md#dropcap.

import { words } from '../../spec/interface.js'
import { lookingAgain } from '../concurrency/again.js'
import { enterKernel, leaveKernel } from '../concurrency/locks.js'
import { disabled, oneOf, range, refuse, size } from '../kit/index.js'
import { type M, operation, type Process, process, spaceOf } from '../state.js'

export type Capability = 'ipcOwner' | 'ipcLock' | 'sysAdmin'
const called = { ipc_owner: 'ipcOwner', ipc_lock: 'ipcLock', sys_admin: 'sysAdmin' } as const

/** Whether a process still has a capability: whoever was the superuser from the start and dropped nothing has all. */
export const holds = (m: M, process: Process, capability: Capability): boolean =>
  !m.processes[process].dropped[capability]

interface Becoming {
  readonly process: Process
  readonly user: number
}
/** The superuser becomes anybody, everybody else only who they are. */
function objection(m: M, my: Becoming) {
  const { user } = m.processes[my.process]
  return user !== 0 && user !== my.user ? refuse('EPERM') : undefined
}

export const setuid = operation('setuid', {
  rule: 'processes.md#setuid',
  answers: [refuse('EPERM')],
  args: { process, user: range(0, b => Math.max(0, size(b, 'user') - 1)) },
}).steps(
  {
    enter: enterKernel(),
    look: (m, my) => {
      if (spaceOf(m, my.process) === null) return disabled
      return objection(m, my)
    },
    set: lookingAgain<Becoming>(objection, (m, my) => {
      const it = m.processes[my.process]
      it.user = my.user
      if (my.user === 0) return
      it.dropped.ipcOwner = true
      it.dropped.ipcLock = true
      it.dropped.sysAdmin = true
    }),
    leave: leaveKernel(),
  },
  ['leave'],
)

export const dropcap = operation('dropcap', {
  rule: 'processes.md#dropcap',
  args: { process, capability: oneOf(...words.capability) },
}).steps(
  {
    enter: enterKernel(),
    look: (m, my) => (spaceOf(m, my.process) === null ? disabled : undefined),
    drop: (m, my) => {
      m.processes[my.process].dropped[called[my.capability]] = true
    },
    leave: leaveKernel(),
  },
  ['leave'],
)
