// Claims about processes: what has ended holds nothing. Rules: spec/processes.md.

import { ids, space, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'

export const processesClaims = [
  claim('processes/free-space-is-empty', {
    says: 'a space that no process uses has no regions, no entries and no tables',
    rule: 'processes.md#exit',
    also: ['PT24'],
    over: { space },
    holds: (m, { space: s }) => {
      const it = m.spaces[s]
      if (it.users > 0) return true
      const full = ids(it.pages).find(v => it.pages[v].entry.is !== 'absent' || it.pages[v].region !== 'unmapped')
      if (full !== undefined)
        return violated(`space ${s} has no user and page ${full} is still there`, pagePath(s, full))
      return (
        (it.regions === 0 && it.tables === 0) ||
        violated(`space ${s} has no user, ${it.regions} regions and ${it.tables} tables`, `spaces[${s}]`)
      )
    },
  }),
]
