// mmap: private anonymous memory at a fixed place; what was there goes first. All refusals come before any effect.
// Rule: spec/regions.md#mmap.

import { requests } from '../../spec/interface.js'
import { disabled, done, need, oneOf, range, refuse, size } from '../kit/index.js'
import { grantDecision } from '../protection/grant.js'
import { operation, page, process, regionKind, spaceOf } from '../state.js'
import { clearRange, leavesWindow, passesEnd, regionsAfter, setRange } from './regions.js'

export const mmap = operation('mmap', {
  rule: 'regions.md#mmap',
  answers: [refuse('EINVAL'), refuse('EACCES'), refuse('ENOMEM')],
  args: { process, page, count: range(0, b => size(b, 'page')), request: oneOf(...requests) },
  locals: { kind: regionKind },
}).steps({
  arguments: (m, my) => {
    if (spaceOf(m, my.process) === null || leavesWindow(m, my)) return disabled
    if (my.count === 0) return refuse('EINVAL')
    const kind = grantDecision({ request: my.request })
    if (kind === 'refuse') return refuse('EACCES')
    if (passesEnd(m, my)) return refuse('ENOMEM')
    my.kind = kind
  },
  limit: (m, my) => {
    if (regionsAfter(m, need(spaceOf(m, my.process)), my, my.kind) > m.limits.regions) return refuse('ENOMEM')
  },
  clear: clearRange(),
  map: (m, my) => {
    setRange(m, need(spaceOf(m, my.process)), my, my.kind)
    return done(my.page)
  },
})
