// spawn: a process starts with an empty address space and its root table. Rule: spec/processes.md#spawn.

import { choose, disabled, done, leave, need, optional, refuse } from '../kit/index.js'
import { countTables, exhausted, fits } from '../page-tables/page-tables.js'
import { operation, process, space } from '../state.js'

export const spawn = operation('spawn', {
  rule: 'processes.md#spawn',
  answers: [refuse('EAGAIN'), refuse('ENOMEM')],
  args: { process },
  locals: { space: optional(space) },
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
    (m, _my, none) => (none || (m.limits.counted && !fits(m, 1)) ? leave('undo', refuse('ENOMEM')) : undefined),
  ),
  start: (m, my) => {
    const started = need(my.space)
    countTables(m, started, 1)
    m.processes[my.process].space = started
    my.space = null
    return done()
  },
  undo: (m, my) => {
    m.spaces[need(my.space)].users = 0
    my.space = null
  },
})
