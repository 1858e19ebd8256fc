// munmap: nothing is mapped in the range afterwards, whatever was before; holes are fine. Only a split can be refused
// for want of regions. Rule: spec/regions.md#munmap.

import { disabled, need, range, refuse, size } from '../kit/index.js'
import { operation, page, process, spaceOf } from '../state.js'
import { clearRange, leavesWindow, passesEnd, regionsAfter, setRange } from './regions.js'

export const munmap = operation('munmap', {
  rule: 'regions.md#munmap',
  answers: [refuse('EINVAL'), refuse('ENOMEM')],
  args: { process, page, count: range(0, b => size(b, 'page')) },
}).steps({
  arguments: (m, my) => {
    if (spaceOf(m, my.process) === null || leavesWindow(m, my)) return disabled
    if (my.count === 0 || passesEnd(m, my)) return refuse('EINVAL')
  },
  limit: (m, my) => {
    if (regionsAfter(m, need(spaceOf(m, my.process)), my, 'unmapped') > m.limits.regions) return refuse('ENOMEM')
  },
  clear: clearRange(),
  unmap: (m, my) => setRange(m, need(spaceOf(m, my.process)), my, 'unmapped'),
})
