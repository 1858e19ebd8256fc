// Claims about what processes see: a load answers what was last stored, and never memory that nobody cleared.
// Rules: spec/faults.md.

import { type Page, type Process, page, space, spaceOf, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'

export const faultsClaims = [
  claim('faults/load-answers-last-store', {
    says: 'a load answers the byte last stored to the page, 0 before any',
    rule: 'faults.md#contents',
    kind: 'return',
    also: ['I12', 'CW2'],
    holds: (m, _at, event) => {
      if (event.operation !== 'load' || event.outcome?.is !== 'ok') return true
      const s = spaceOf(m, event.arguments.process as Process)
      const v = event.arguments.page as Page
      if (s === null) return violated('the process has lost its space')
      const want = m.ghost.spaces[s].pages[v].byte
      return (
        event.outcome.value === want ||
        violated(`the load answers ${event.outcome.value}, last stored was ${want}`, pagePath(s, v))
      )
    },
  }),
  claim('faults/resident-after-access', {
    says: 'an access that succeeds leaves its page resident',
    rule: 'faults.md#resident',
    kind: 'return',
    holds: (m, _at, event) => {
      if ((event.operation !== 'load' && event.operation !== 'store') || event.outcome?.is !== 'ok') return true
      const s = spaceOf(m, event.arguments.process as Process)
      const v = event.arguments.page as Page
      if (s !== null && m.spaces[s].pages[v].entry.is === 'present') return true
      return violated(
        `page ${v} is not resident after a ${event.operation}`,
        s === null ? '' : `${pagePath(s, v)}.entry`,
      )
    },
  }),
  claim('faults/no-stale-memory', {
    says: 'a frame that a process can see was cleared or filled first',
    rule: 'faults.md#demand-zero',
    also: ['FR12'],
    over: { space, page },
    holds: (m, at) => {
      const { entry } = m.spaces[at.space].pages[at.page]
      if (entry.is !== 'present' || m.frames[entry.frame].content.is !== 'stale') return true
      return violated(
        `page ${at.page} of space ${at.space} shows what frame ${entry.frame} held before`,
        `${pagePath(at.space, at.page)}.entry`,
        `frames[${entry.frame}].content`,
      )
    },
  }),
]
