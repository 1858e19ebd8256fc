// Claims about page-table entries and about how many tables there are. Rules: spec/page-tables.md.

import { ids, page, type Space, type State, space, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { hasExecute, hasWrite, rightsOf } from './walk.js'

/** Counts tables by walking the window once: each entry brings the tables in which it parts from the one before. */
function tablesOf(m: State, s: Space): number {
  let tables = 1
  let apart = m.limits.levels
  for (const v of ids(m.tree)) {
    apart = Math.max(apart, m.tree[v].apart)
    if (m.spaces[s].pages[v].entry.is === 'absent') continue
    tables += apart
    apart = 0
  }
  return tables
}

export const pageTablesClaims = [
  claim('page-tables/entry-has-region', {
    says: 'an entry stands only where something is mapped that is no guard',
    rule: 'page-tables.md#entries',
    also: ['I10', 'PT5', 'PT10'],
    over: { space, page },
    holds: (m, at) => {
      const { region, entry } = m.spaces[at.space].pages[at.page]
      if (entry.is === 'absent' || (region !== 'unmapped' && region !== 'guard')) return true
      return violated(
        `page ${at.page} of space ${at.space} has an entry (${entry.is}), and its region is ${region}`,
        `${pagePath(at.space, at.page)}.entry`,
        `${pagePath(at.space, at.page)}.region`,
      )
    },
  }),
  claim('page-tables/rights-within-region', {
    says: 'an entry grants no more than its region',
    rule: 'page-tables.md#rights',
    also: ['I10', 'PT6'],
    over: { space, page },
    holds: (m, at) => {
      const it = m.spaces[at.space].pages[at.page]
      const rights = rightsOf(it)
      if (rights === 'none') return true
      const within = (!hasWrite(rights) || hasWrite(it.region)) && (!hasExecute(rights) || hasExecute(it.region))
      if (within && it.region !== 'none') return true
      return violated(
        `page ${at.page} of space ${at.space} is ${rights} in a region ${it.region}`,
        `${pagePath(at.space, at.page)}.entry`,
        `${pagePath(at.space, at.page)}.region`,
      )
    },
  }),
  claim('page-tables/tables-recount', {
    says: 'a space counts its page tables, the root included, and keeps none that is empty',
    rule: 'page-tables.md#tables',
    also: ['PT20', 'PT24', 'I9'],
    over: { space },
    holds: (m, { space: s }) => {
      if (!m.limits.counted) return true
      const found = m.spaces[s].users === 0 ? 0 : tablesOf(m, s)
      const says = m.spaces[s].tables
      return found === says || violated(`space ${s} counts ${says} tables and needs ${found}`, `spaces[${s}].tables`)
    },
  }),
  claim('page-tables/tables-fit', {
    says: 'tables, and frames that are in use or reserved, are never more than there are frames',
    rule: 'page-tables.md#tables',
    also: ['FR1', 'FR19'],
    holds: m => {
      let needed = 0
      for (const s of m.spaces) needed += s.tables
      for (const f of m.frames) if (f.references > 0 || f.reserved) needed++
      return needed <= m.frames.length || violated(`${needed} frames are needed and there are ${m.frames.length}`)
    },
  }),
]
