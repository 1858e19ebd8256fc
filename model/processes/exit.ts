// exit: a process ends and gives back all it holds: frames, slots, tables, what it had attached, its space.
// Rule: spec/processes.md#exit.

import { disabled, each, need, step } from '../kit/index.js'
import { countTables } from '../page-tables/page-tables.js'
import { clearEntry, forget, unmapRange } from '../regions/regions.js'
import { forgetObjects } from '../shared-memory/objects.js'
import { operation, type Page, page, process, spaceOf } from '../state.js'

const first = 0 as Page

export const exit = operation('exit', { rule: 'processes.md#exit', args: { process } }).steps({
  look: (m, my) => (spaceOf(m, my.process) === null ? disabled : undefined),
  clear: each(page, (m, my, v) => clearEntry(m, need(spaceOf(m, my.process)), v), { ghost: forget }),
  unmap: step(
    (m, my) => unmapRange(m, need(spaceOf(m, my.process)), { page: first, count: m.tree.length }),
    m => forgetObjects(m),
  ),
  root: (m, my) => countTables(m, need(spaceOf(m, my.process)), -1),
  end: (m, my) => {
    const it = m.processes[my.process]
    const space = need(it.space)
    m.spaces[space].future = 'none'
    m.spaces[space].users--
    it.space = null
    it.user = 0
    for (const capability of ['ipcOwner', 'ipcLock', 'sysAdmin'] as const) it.dropped[capability] = false
    it.limits.memlock = 0
    it.limits.as = 0
  },
})
