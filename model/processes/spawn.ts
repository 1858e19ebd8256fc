// spawn: a process starts as the superuser, with an empty address space and its root table. Rule: spec/processes.md#spawn.

import { isBeingMade } from '../concurrency/cpus.js'
import { leaveKernel } from '../concurrency/locks.js'
import { choose, concurrent, disabled, done, go, leave, need, optional, refuse } from '../kit/index.js'
import { countTables, exhausted, fits } from '../page-tables/page-tables.js'
import { type Cpu, type M, operation, type Process, process, type Space, space, spaceOf } from '../state.js'
import { roomLocals } from '../swap/eviction.js'
import { roomForOneSteps } from '../swap/reclaim.js'

/** The root table, where tables are counted. */
const tables = (m: M): number => (m.limits.counted ? 1 : 0)

/** A first step: the kernel starts a process, for no other, and no other CPU is about to make the same. */
const enterForNobody = () =>
  concurrent((m: M, { cpu, process }: { readonly cpu: Cpu; readonly process: Process }) => {
    if (spaceOf(m, process) !== null || isBeingMade(m, cpu, process)) return disabled
    const it = m.cpus[cpu]
    it.process = null
    it.busy = true
    it.making = process
  })

const unwind = () => leave('undo', refuse('ENOMEM'))

export const spawn = operation('spawn', {
  rule: 'processes.md#spawn',
  answers: [refuse('EAGAIN'), refuse('ENOMEM')],
  args: { process },
  locals: { space: optional(space), ...roomLocals },
}).steps(
  {
    enter: enterForNobody(),
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
    ...roomForOneSteps('start', tables, unwind),
    start: (m, my) => {
      // Looked at again: another CPU may have taken the frame that was free for the table.
      if (m.limits.concurrent && !fits(m, tables(m))) return go('room')
      countTables(m, need(my.space), 1)
      begin(m, my.process, need(my.space))
      my.space = null
      return done()
    },
    undo: (m, my) => {
      m.spaces[need(my.space)].users = 0
      my.space = null
    },
    leave: leaveKernel(),
  },
  ['leave'],
)

/** A process that nothing has been taken from yet. */
function begin(m: M, process: Process, space: Space): void {
  const it = m.processes[process]
  it.space = space
  it.limits.memlock = m.tree.length
  it.limits.as = m.tree.length
}
