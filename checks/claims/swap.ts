// Claims about swap slots: counted right, free when nothing names them, and holding what was swapped out.
// Rules: spec/swap.md.

import { ids, page, slot, space, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'

export const swapClaims = [
  claim('swap/free-slot-is-unnamed', {
    says: 'no entry names a free slot',
    rule: 'swap.md#slots',
    also: ['SW2'],
    over: { space, page },
    holds: (m, at) => {
      const { entry } = m.spaces[at.space].pages[at.page]
      if (entry.is !== 'swapped' || m.slots[entry.slot].references > 0) return true
      return violated(
        `page ${at.page} of space ${at.space} is in slot ${entry.slot}, which is free`,
        `${pagePath(at.space, at.page)}.entry`,
        `slots[${entry.slot}].references`,
      )
    },
  }),
  claim('swap/one-page-a-slot', {
    says: 'a slot holds one page',
    rule: 'swap.md#slots',
    also: ['I13'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const found: string[] = []
      for (const s of ids(m.spaces)) {
        for (const v of ids(m.spaces[s].pages)) {
          const { entry } = m.spaces[s].pages[v]
          if (entry.is === 'swapped' && entry.slot === t) found.push(`${pagePath(s, v)}.entry`)
        }
      }
      return found.length < 2 || violated(`slot ${t} is named by ${found.length} pages`, ...found)
    },
  }),
  claim('swap/slot-keeps-content', {
    says: 'the slot of a swapped page holds what was last stored to the page',
    rule: 'swap.md#contents',
    also: ['SW4'],
    over: { space, page },
    holds: (m, at) => {
      const { entry } = m.spaces[at.space].pages[at.page]
      if (entry.is !== 'swapped') return true
      const { content } = m.slots[entry.slot]
      const want = m.ghost.spaces[at.space].pages[at.page].byte
      if (want === 0 ? content.is === 'zero' : content.is === 'stored' && content.byte === want) return true
      return violated(
        `slot ${entry.slot} does not hold ${want}, which was last stored to page ${at.page} of space ${at.space}`,
        `${pagePath(at.space, at.page)}.entry`,
        `slots[${entry.slot}].content`,
      )
    },
  }),
]
