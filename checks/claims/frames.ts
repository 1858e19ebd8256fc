// Claims about frames: one use each, counted right, free when nothing names them, never mapped twice unless that is
// meant. Rules: spec/frames.md.

import { type Frame, frame, type State, violated } from '../../model/index.js'
import { claim, isLive } from './claim.js'
import { answerOf, argument, hasWrite, mappings, mayShow, names, pagesWhere, partsWhere, succeeded } from './walk.js'

const path = (f: number): string => `frames[${f}]`

const uses = (m: State, f: Frame): number => names(m, f).length + (m.frames[f].kernel === null ? 0 : 1)

export const noDoubleMapping = claim('frames/no-double-mapping', {
  says: 'a frame that is mapped twice is a page of an object, or write-protected wherever it is mapped',
  rule: 'frames.md#exclusive',
  also: ['I4', 'PT23', 'CW1', 'CW5'],
  over: { frame },
  holds: (m, { frame: f }) => {
    const found = mappings(m, f)
    if (found.length < 2) return true
    const shared = partsWhere(m, at => at.is === 'resident' && at.frame === f).length > 0
    const apart = pagesWhere(
      m,
      (it, s) =>
        it.entry.is === 'present' &&
        it.entry.frame === f &&
        !it.detached &&
        isLive(m, s) &&
        (shared ? !mayShow(it) : hasWrite(it.entry.rights)),
    )
    if (apart.length === 0) return true
    const why = shared ? 'and not all of them show the object that it belongs to' : 'and one of them can write to it'
    return violated(`frame ${f} is mapped by ${found.length} pages, ${why}`, ...found)
  },
})

export const framesClaims = [
  claim('frames/one-use', {
    says: 'a frame has one use at most: reserved, the kernel’s, or a page',
    rule: 'frames.md#classes',
    also: ['FR1', 'FR14', 'PT3', 'PT4'],
    over: { frame },
    holds: (m, { frame: f }) => {
      const { reserved, kernel } = m.frames[f]
      const found = names(m, f)
      if (kernel !== null && kernel !== f) return violated(`frame ${f} stands for frame ${kernel}`, path(f))
      const uses = [...(reserved ? ['reserved'] : []), ...(kernel === null ? [] : ['kernel']), ...found.slice(0, 1)]
      return uses.length < 2 || violated(`frame ${f} is used as ${uses.join(' and as ')}`, path(f), ...found)
    },
  }),
  claim('frames/handed-to-one-request', {
    says: 'a frame that gets its first use was in the hands of one request alone, but for pins that are taken without a lock',
    rule: 'frames.md#allocate',
    kind: 'step',
    interleaved: true,
    also: ['FR16'],
    over: { frame },
    holds: (m, { frame: f }, { before }) => {
      if (!m.limits.concurrent || uses(before, f) > 0 || uses(m, f) === 0) return true
      // One that takes it and uses it in one step takes it when it is free. A pin without a lock may take what is
      // another's already; it finds out, and gives it back.
      const hands = before.frames[f].references - before.frames[f].pins
      return hands <= 1 || violated(`frame ${f} was in ${hands} hands when it came to be used`, path(f))
    },
  }),
  claim('frames/free-frame-is-unmapped', {
    says: 'nothing names a free frame: no entry, no page of an object, no swap slot',
    rule: 'frames.md#free',
    also: ['I5', 'FR2', 'FR6'],
    over: { frame },
    holds: (m, { frame: f }) => {
      if (m.frames[f].references > 0) return true
      const found = names(m, f)
      return found.length === 0 || violated(`frame ${f} is free, and named`, `${path(f)}.references`, ...found)
    },
  }),
  claim('frames/free-frame-holds-nothing', {
    says: 'nothing is remembered of what a free frame held',
    rule: 'frames.md#free',
    over: { frame },
    holds: (m, { frame: f }) =>
      m.frames[f].references > 0 ||
      m.frames[f].content.is === 'stale' ||
      violated(`frame ${f} is free, and its content counts as known`, `${path(f)}.content`),
  }),
  claim('frames/within-sharers', {
    says: 'no frame counts more references than can be counted',
    rule: 'frames.md#references',
    also: ['FR7'],
    over: { frame },
    holds: (m, { frame: f }) =>
      m.frames[f].references <= m.limits.sharers ||
      violated(
        `frame ${f} counts ${m.frames[f].references}, the limit is ${m.limits.sharers}`,
        `${path(f)}.references`,
      ),
  }),
  claim('frames/reserved-for-good', {
    says: 'a frame that is reserved stays so',
    rule: 'frames.md#reserve',
    kind: 'step',
    also: ['FR14', 'FR15'],
    over: { frame },
    holds: (m, { frame: f }, { before }) =>
      !before.frames[f].reserved ||
      m.frames[f].reserved ||
      violated(`frame ${f} was reserved and is not any more`, `${path(f)}.reserved`),
  }),
  claim('frames/frees-what-the-kernel-took', {
    says: 'free gives back a frame that the kernel held, once, and nothing else',
    rule: 'frames.md#give-back',
    kind: 'return',
    also: ['FR11'],
    holds: (m, _at, event) => {
      if (!succeeded(event, 'free')) return true
      const f = argument(event, 'frame') as Frame
      if (event.before.frames[f].kernel !== f) return violated(`frame ${f} was freed and the kernel did not hold it`)
      return (
        (m.frames[f].references === 0 && m.frames[f].kernel === null) || violated(`frame ${f} is not free`, path(f))
      )
    },
  }),
  claim('frames/allocated-is-cleared', {
    says: 'a frame that the kernel takes was free and is cleared',
    rule: 'frames.md#allocate',
    kind: 'return',
    also: ['FR12', 'FR15'],
    holds: (m, _at, event) => {
      if (!succeeded(event, 'allocate')) return true
      const f = answerOf(event) as Frame
      if (!m.limits.reclaim && event.before.frames[f].references > 0) return violated(`frame ${f} was in use`, path(f))
      return (
        (m.frames[f].kernel === f && m.frames[f].content.is === 'zero') ||
        violated(`frame ${f} was handed out and holds what it held before`, `${path(f)}.content`)
      )
    },
  }),
]
