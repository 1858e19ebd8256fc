// spawn: a process starts as the superuser, with an empty address space and its root table. Rule: spec/processes.md#spawn.

import { choose, disabled, done, leave, need, optional, refuse } from '../kit/index.js'
import { countTables, exhausted } from '../page-tables/page-tables.js'
import { type M, operation, type Process, process, type Space, space } from '../state.js'
import { roomForOneSteps, roomLocals } from '../swap/reclaim.js'

const unwind = () => leave('undo', refuse('ENOMEM'))

export const spawn = operation('spawn', {
  rule: 'processes.md#spawn',
  answers: [refuse('EAGAIN'), refuse('ENOMEM')],
  args: { process },
  locals: { space: optional(space), ...roomLocals },
}).steps({
  look: (m, my) => (m.processes[my.process].space === null ? undefined : disabled),
  space: choose(
    space,
    (m, _my, s) => m.spaces[s].users === 0,
    (m, my, s) => {
      m.spaces[s].users = 1
      my.space = s
    },
    { none: () => refuse('EAGAIN') },
  ),
  tables: choose(
    exhausted,
    () => true,
    (_m, _my, none) => (none ? unwind() : undefined),
  ),
  ...roomForOneSteps('start', m => (m.limits.counted ? 1 : 0), unwind),
  start: (m, my) => {
    countTables(m, need(my.space), 1)
    begin(m, my.process, need(my.space))
    my.space = null
    return done()
  },
  undo: (m, my) => {
    m.spaces[need(my.space)].users = 0
    my.space = null
  },
})

/** A process that nothing has been taken from yet. */
function begin(m: M, process: Process, space: Space): void {
  const it = m.processes[process]
  it.space = space
  it.limits.memlock = m.tree.length
  it.limits.as = m.tree.length
}
