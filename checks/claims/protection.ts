// Claims about protection: writable or executable, never both. Rules: spec/protection.md.

import { page, space, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'

export const protectionClaims = [
  claim('protection/write-xor-execute', {
    says: 'no page is writable and executable',
    rule: 'protection.md#w-xor-x',
    also: ['I6', 'PT21'],
    over: { space, page },
    holds: (m, at) => {
      const { entry } = m.spaces[at.space].pages[at.page]
      if (entry.is !== 'present' || !entry.writable || !entry.executable) return true
      return violated(
        `page ${at.page} of space ${at.space} is writable and executable`,
        `${pagePath(at.space, at.page)}.entry`,
      )
    },
  }),
]
