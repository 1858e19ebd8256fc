// rlimit: how many pages a process may lock, and map. As many as the window has are no limit. What is beyond a new limit
// stays. Rule: spec/processes.md#rlimit.

import { words } from '../../spec/interface.js'
import { enterKernel, leaveKernel } from '../concurrency/locks.js'
import { disabled, need, oneOf, range, size } from '../kit/index.js'
import { type M, operation, type Process, process, spaceOf } from '../state.js'
import { holds } from './credentials.js'

export const rlimit = operation('rlimit', {
  rule: 'processes.md#rlimit',
  args: { process, resource: oneOf(...words.resource), count: range(0, b => size(b, 'page')) },
}).steps(
  {
    enter: enterKernel(),
    look: (m, my) => (spaceOf(m, my.process) === null ? disabled : undefined),
    set: (m, my) => {
      m.processes[my.process].limits[my.resource] = my.count
    },
    leave: leaveKernel(),
  },
  ['leave'],
)

/** Whether a process may map so many pages more. */
export function mayMap(m: M, process: Process, more: number): boolean {
  const limit = m.processes[process].limits.as
  return limit === m.tree.length || m.spaces[need(spaceOf(m, process))].mapped + more <= limit
}
/** Whether it may lock so many pages more. */
export function mayLock(m: M, process: Process, more: number): boolean {
  const limit = m.processes[process].limits.memlock
  return (
    limit === m.tree.length ||
    holds(m, process, 'ipcLock') ||
    m.spaces[need(spaceOf(m, process))].locked + more <= limit
  )
}
