// exit: a process ends and gives back all it holds: frames, slots, tables, its space. Rule: spec/processes.md#exit.

import { disabled, each, need } from '../kit/index.js'
import { countTables } from '../page-tables/page-tables.js'
import { clearEntry, forget } from '../regions/regions.js'
import { operation, page, process, spaceOf } from '../state.js'

export const exit = operation('exit', { rule: 'processes.md#exit', args: { process } }).steps({
  look: (m, my) => (spaceOf(m, my.process) === null ? disabled : undefined),
  clear: each(page, (m, my, v) => clearEntry(m, need(spaceOf(m, my.process)), v), { ghost: forget }),
  unmap: (m, my) => {
    const it = m.spaces[need(spaceOf(m, my.process))]
    for (const p of it.pages) p.region = 'unmapped'
    it.regions = 0
  },
  root: (m, my) => countTables(m, need(spaceOf(m, my.process)), -1),
  end: (m, my) => {
    m.spaces[need(spaceOf(m, my.process))].users--
    m.processes[my.process].space = null
  },
})
