// Claims about translations that CPUs keep, and about who is told to forget them. Rules: spec/tlb.md.

import {
  type Cpu,
  cpu,
  has,
  type Id,
  ids,
  type Page,
  type Space,
  type State,
  translation,
  violated,
} from '../../model/index.js'
import { claim, isDetached, isLive, isSettled, pagePath } from './claim.js'
import { hasExecute, hasWrite, pagesWhere, partsWhere, permits, rightsOf } from './walk.js'

type Holds = State['cpus'][Cpu]['tlb'][Id<'translation'>]['holds']
const path = (c: Cpu, t: number): string => `cpus[${c}].tlb[${t}].holds`

/** What a CPU keeps at a place and may use: what it will forget before it runs the space again does not count. */
function kept(m: State, c: Cpu, t: Id<'translation'>): Exclude<Holds, { is: 'empty' }> | null {
  const { holds } = m.cpus[c].tlb[t]
  return holds.is === 'empty' || has(m.cpus[c].behind, holds.space) ? null : holds
}
const exceeds = (rights: string, most: string): boolean =>
  (hasWrite(rights) && !hasWrite(most)) || (hasExecute(rights) && !hasExecute(most))

export const tlbClaims = [
  claim('tlb/names-no-free-frame', {
    says: 'a frame that a CPU may still reach through a translation is not free',
    rule: 'tlb.md#shootdown',
    also: ['TL3', 'FR13'],
    over: { cpu, translation },
    holds: (m, at) => {
      const holds = kept(m, at.cpu, at.translation)
      if (holds?.is !== 'present' || m.frames[holds.frame].references > 0) return true
      return violated(
        `CPU ${at.cpu} still reaches frame ${holds.frame}, which is free`,
        path(at.cpu, at.translation),
        `frames[${holds.frame}].references`,
      )
    },
  }),
  claim('tlb/one-frame-a-page', {
    says: 'no CPU reaches another frame through a page than the one that its entry names now',
    rule: 'tlb.md#break-before-make',
    also: ['CW8', 'TL13'],
    over: { cpu, translation },
    holds: (m, at) => {
      const holds = kept(m, at.cpu, at.translation)
      if (holds === null) return true
      const { entry } = m.spaces[holds.space].pages[holds.page]
      if (entry.is !== 'present' || (holds.is === 'present' && holds.frame === entry.frame)) return true
      return violated(
        `the entry names frame ${entry.frame}, and CPU ${at.cpu} still reaches another`,
        path(at.cpu, at.translation),
        `${pagePath(holds.space, holds.page)}.entry`,
      )
    },
  }),
  claim('tlb/agrees-at-rest', {
    says: 'when nothing is under way, what a CPU keeps is what the tables say, or allows less',
    rule: 'tlb.md#shootdown',
    kind: 'quiescent',
    also: ['TL1', 'TL4', 'TL15'],
    over: { cpu, translation },
    holds: (m, at) => {
      const holds = kept(m, at.cpu, at.translation)
      if (holds === null) return true
      const it = m.spaces[holds.space].pages[holds.page]
      const same =
        it.entry.is === holds.is &&
        !(holds.is === 'present' && it.entry.is === 'present' && it.entry.frame !== holds.frame)
      if (same && !exceeds(holds.rights, rightsOf(it))) return true
      return violated(
        `CPU ${at.cpu} translates page ${holds.page} of space ${holds.space} as the tables do not`,
        path(at.cpu, at.translation),
        `${pagePath(holds.space, holds.page)}.entry`,
      )
    },
  }),
  claim('tlb/within-the-region', {
    says: 'where nobody is changing a space, no CPU may do more to a page than its region allows',
    rule: 'tlb.md#shootdown',
    also: ['TL11'],
    over: { cpu, translation },
    holds: (m, at) => {
      const holds = kept(m, at.cpu, at.translation)
      if (holds === null || !isSettled(m, holds.space) || isDetached(m, holds)) return true
      const { region } = m.spaces[holds.space].pages[holds.page]
      const most = `r${permits(region, 'store') ? 'w' : ''}${permits(region, 'fetch') ? 'x' : ''}`
      if (permits(region, 'load') && !exceeds(holds.rights, most === 'r' ? 'r' : most)) return true
      return violated(
        `CPU ${at.cpu} may ${holds.rights} page ${holds.page} of space ${holds.space}, which is ${region}`,
        path(at.cpu, at.translation),
        `${pagePath(holds.space, holds.page)}.region`,
      )
    },
  }),
  claim('tlb/shared-is-not-writable', {
    says: 'no CPU may write a private frame that is mapped in another space too',
    rule: 'tlb.md#shootdown',
    also: ['CW5', 'TL11'],
    over: { cpu, translation },
    holds: (m, at) => {
      const holds = kept(m, at.cpu, at.translation)
      if (holds?.is !== 'present' || !hasWrite(holds.rights)) return true
      // A page that moves is in hand until every CPU has forgotten where it was: it is not two pages meanwhile.
      const isItself = (s: Space, v: Page) => s === holds.space && (v === holds.page || m.spaces[s].tableLock !== null)
      const found = pagesWhere(
        m,
        ({ entry }, s, v) => entry.is === 'present' && entry.frame === holds.frame && isLive(m, s) && !isItself(s, v),
      )
      const isObject = partsWhere(m, part => part.is === 'resident' && part.frame === holds.frame).length > 0
      if (isObject || found.length === 0) return true
      return violated(
        `CPU ${at.cpu} can write to frame ${holds.frame}, which ${found[0]} maps too`,
        path(at.cpu, at.translation),
        ...found,
      )
    },
  }),
  claim('tlb/asked-while-awaited', {
    says: 'a CPU is asked to forget only by one that waits for it',
    rule: 'tlb.md#shootdown',
    also: ['TL2', 'TL9'],
    over: { cpu },
    holds: (m, at) => {
      const lost = ids(m.cpus).find(
        c => has(m.cpus[at.cpu].asked, c) && (m.cpus[c].flush.is === 'none' || c === at.cpu),
      )
      return (
        lost === undefined ||
        violated(`CPU ${lost} has asked CPU ${at.cpu}, and does not wait`, `cpus[${at.cpu}].asked`)
      )
    },
  }),
  claim('tlb/loaded-is-current', {
    says: 'the space whose tables a CPU has loaded lives, and the CPU is not behind on it',
    rule: 'tlb.md#lazy',
    also: ['PT14', 'TL7', 'TL8', 'TL12'],
    over: { cpu },
    holds: (m, at) => {
      const { active, behind } = m.cpus[at.cpu]
      if (active === null) return true
      if (m.spaces[active].users === 0) {
        return violated(
          `CPU ${at.cpu} has the tables of space ${active} loaded, which is free`,
          `cpus[${at.cpu}].active`,
        )
      }
      return (
        !has(behind, active) ||
        violated(`CPU ${at.cpu} runs space ${active} and is behind on it`, `cpus[${at.cpu}].behind`)
      )
    },
  }),
]
