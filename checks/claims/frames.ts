// Claims about frames: counted right, free when nothing names them, never mapped twice. Rules: spec/frames.md.

import { type Frame, frame, ids, page, type State, space, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'

/** The pages whose entries name a frame. */
function mappings(m: State, f: Frame): string[] {
  const found: string[] = []
  for (const s of ids(m.spaces)) {
    for (const v of ids(m.spaces[s].pages)) {
      const { entry } = m.spaces[s].pages[v]
      if (entry.is === 'present' && entry.frame === f) found.push(`${pagePath(s, v)}.entry`)
    }
  }
  return found
}

export const framesClaims = [
  claim('frames/no-double-mapping', {
    says: 'no frame is mapped twice: private memory has one frame a page',
    rule: 'frames.md#exclusive',
    also: ['I4', 'PT23'],
    over: { frame },
    holds: (m, { frame: f }) => {
      const found = mappings(m, f)
      return found.length < 2 || violated(`frame ${f} is mapped by ${found.length} pages`, ...found)
    },
  }),
  claim('frames/free-frame-is-unmapped', {
    says: 'no entry names a free frame',
    rule: 'frames.md#free',
    also: ['I5', 'FR2', 'FR6'],
    over: { space, page },
    holds: (m, at) => {
      const { entry } = m.spaces[at.space].pages[at.page]
      if (entry.is !== 'present' || m.frames[entry.frame].references > 0) return true
      return violated(
        `page ${at.page} of space ${at.space} maps frame ${entry.frame}, which is free`,
        `${pagePath(at.space, at.page)}.entry`,
        `frames[${entry.frame}].references`,
      )
    },
  }),
  claim('frames/free-frame-holds-nothing', {
    says: 'nothing is remembered of what a free frame held',
    rule: 'frames.md#free',
    over: { frame },
    holds: (m, { frame: f }) =>
      m.frames[f].references > 0 ||
      m.frames[f].content.is === 'stale' ||
      violated(`frame ${f} is free, and its content counts as known`, `frames[${f}].content`),
  }),
]
