// Claims about what hardware notes in entries: that a walk has come through, and that it was for a store. The kernel reads
// these marks and rewrites entries beside that, and must not lose one. Rules: spec/tlb.md#accessed, spec/tlb.md#dirty.

import {
  type Cpu,
  cpu,
  ids,
  type Page,
  type Process,
  page,
  type Space,
  type State,
  space,
  violated,
} from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { rightsOf } from './walk.js'

type At = State['spaces'][Space]['pages'][Page]
type Kept = State['cpus'][Cpu]['tlb']

const isWalked = ({ entry }: At): boolean => entry.is === 'present' || entry.is === 'zero'
/** Whether two entries show the same. */
const isSame = (left: At, right: At): boolean =>
  left.entry.is === right.entry.is &&
  !(left.entry.is === 'present' && right.entry.is === 'present' && left.entry.frame !== right.entry.frame)

export const notedClaims = [
  claim('tlb/marks-are-of-entries', {
    says: 'an entry is marked as used only where a CPU can have walked to one, and as dirty only where it names a frame',
    rule: 'tlb.md#accessed',
    over: { space, page },
    always: true,
    holds: (m, at) => {
      const it = m.spaces[at.space].pages[at.page]
      if ((!it.accessed || isWalked(it)) && (!it.dirty || it.entry.is === 'present')) return true
      return violated(
        `page ${at.page} of space ${at.space} is marked, and has no entry that a CPU can use`,
        `${pagePath(at.space, at.page)}.${it.accessed ? 'accessed' : 'dirty'}`,
      )
    },
  }),
  claim('tlb/walk-is-noted', {
    says: 'a CPU that takes up a translation, or accesses a page without one, has marked the entry as used',
    rule: 'tlb.md#accessed',
    kind: 'step',
    interleaved: true,
    over: { cpu },
    holds: (m, at, event) => {
      if (!m.limits.accessedBits || event.arguments.cpu !== at.cpu) return true
      const walked = walkedTo(m, at.cpu, event)
      if (walked === null || m.spaces[walked.space].pages[walked.page].accessed) return true
      return violated(
        `CPU ${at.cpu} has walked to page ${walked.page} of space ${walked.space}, and nobody can tell`,
        `${pagePath(walked.space, walked.page)}.accessed`,
      )
    },
  }),
  claim('tlb/marks-outlive-a-change', {
    says: 'who changes what an entry allows takes no mark from it',
    rule: 'tlb.md#accessed',
    kind: 'step',
    interleaved: true,
    also: ['PT18'],
    over: { space, page },
    holds: (m, at, event) => {
      if (!m.limits.accessedBits && !m.limits.walkerBits) return true
      const [now, before] = [m.spaces[at.space].pages[at.page], event.before.spaces[at.space].pages[at.page]]
      if (!isWalked(now) || !isSame(now, before) || rightsOf(now) === rightsOf(before)) return true
      if ((now.accessed || !before.accessed) && (now.dirty || !before.dirty)) return true
      return violated(
        `what hardware had noted of page ${at.page} of space ${at.space} was lost when its entry was rewritten`,
        `${pagePath(at.space, at.page)}.entry`,
        `${pagePath(at.space, at.page)}.${before.dirty ? 'dirty' : 'accessed'}`,
      )
    },
  }),
  claim('swap/used-is-spared', {
    says: 'who makes room leaves a page where it is that was used since it took a slot for it',
    rule: 'swap.md#second-chance',
    kind: 'step',
    interleaved: true,
    over: { space, page },
    holds: (m, at, event) => {
      if (!m.limits.accessedBits) return true
      const [now, before] = [m.spaces[at.space].pages[at.page], event.before.spaces[at.space].pages[at.page]]
      // Whoever calls swapOut has chosen the page.
      if (event.operation === 'swapOut' || !before.accessed || now.entry.is !== 'swapped') return true
      // Where steps are taken together, it may have looked in the same transition.
      if (before.entry.is === 'swapped' || !event.before.slots[now.entry.slot].busy) return true
      return violated(
        `page ${at.page} of space ${at.space} goes to a slot although it was used`,
        `${pagePath(at.space, at.page)}.entry`,
      )
    },
  }),
]

const holdsOf = (tlb: Kept, s: Space, v: Page): boolean =>
  [...tlb].some(({ holds }) => 'space' in holds && holds.space === s && holds.page === v)

/** Where a CPU has walked to in a transition: what it keeps since, or a page that it accessed and keeps nothing of. */
function walkedTo(m: State, c: Cpu, event: { before: State; operation: string; arguments: object; outcome: unknown }) {
  const { tlb } = m.cpus[c]
  const before = event.before.cpus[c].tlb
  for (const t of ids(tlb)) {
    const { holds } = tlb[t]
    if ('space' in holds && holds !== before[t].holds) return { space: holds.space, page: holds.page }
  }
  const { process, page, reach } = event.arguments as { process: Process; page: Page; reach: string }
  const isAccess = ['load', 'store', 'fetch'].includes(event.operation) && reach === 'user'
  if (!isAccess || (event.outcome as { is: string } | null)?.is !== 'ok') return null
  const { space } = m.processes[process]
  return space === null || holdsOf(tlb, space, page) ? null : { space, page }
}
