// Claims about translations that CPUs keep, and about who is told to forget them. Rules: spec/tlb.md.

import {
  cpu,
  has,
  ids,
  type ObjectId,
  type Page,
  type PartId,
  type Space,
  type State,
  translation,
  violated,
} from '../../model/index.js'
import { claim, isDetached, isLive, isSettled, pagePath } from './claim.js'
import { agrees, exceeds, isChanging, isMeant, kept, keptOf, path } from './kept.js'
import { hasWrite, pagesWhere, partsWhere, permits } from './walk.js'

type At = State['spaces'][Space]['pages'][Page]
type PartOf = State['objects'][ObjectId]['parts'][PartId]

export const tlbClaims = [
  claim('tlb/names-no-free-frame', {
    says: 'a frame that a CPU may still reach through a translation is not free',
    rule: 'tlb.md#shootdown',
    also: ['TL3', 'FR13', 'CW10'],
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
  claim('tlb/agrees-or-is-awaited', {
    says: 'what a CPU keeps is what the tables say, or allows less, unless who changes them has them in hand or makes CPUs forget it',
    rule: 'tlb.md#outdated',
    also: ['TL1', 'TL4', 'TL15'],
    over: { cpu, translation },
    holds: (m, at) => {
      const holds = kept(m, at.cpu, at.translation)
      if (holds === null || agrees(m, holds) || isChanging(m, at.cpu, holds)) return true
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
  claim('tlb/dirty-is-noted', {
    says: 'where a CPU may write to a file without a walk, its page is dirty, or being saved: the entry says so, or the file',
    rule: 'tlb.md#dirty',
    also: ['PT18', 'FS4'],
    over: { cpu, translation },
    holds: (m, at) => {
      const holds = kept(m, at.cpu, at.translation)
      if (holds?.is !== 'present' || !m.cpus[at.cpu].tlb[at.translation].dirty) return true
      const { entry, dirty } = m.spaces[holds.space].pages[holds.page]
      const isNoted = dirty && entry.is === 'present' && entry.frame === holds.frame
      const isOfFile = ({ at: of, dirty: isDirty, busy }: PartOf) =>
        of.is === 'resident' && of.frame === holds.frame && (isDirty || busy)
      if (isNoted || [...m.objects].some(({ parts }) => [...parts].some(isOfFile))) return true
      return violated(
        `CPU ${at.cpu} may write to page ${holds.page} of space ${holds.space}, and nobody will know`,
        path(at.cpu, at.translation),
        `${pagePath(holds.space, holds.page)}.dirty`,
      )
    },
  }),
  claim('tlb/shared-is-not-writable', {
    says: 'no CPU may write a private frame that another page maps too, unless it moves there and is still hidden',
    rule: 'tlb.md#shootdown',
    also: ['CW5', 'TL11'],
    over: { cpu, translation },
    holds: (m, at) => {
      const holds = kept(m, at.cpu, at.translation)
      if (holds?.is !== 'present' || !hasWrite(holds.rights)) return true
      const { space: s, page: v, frame: f } = holds
      // A page that moves lets nobody in where it will be, until every CPU has forgotten where it was.
      const isHidden = ({ entry }: At) =>
        m.spaces[s].tableLock !== null && entry.is === 'present' && entry.rights === 'none'
      const isItself = (it: At, where: Space, u: Page) => where === s && (u === v || isHidden(it))
      const found = pagesWhere(
        m,
        (it, t, u) => it.entry.is === 'present' && it.entry.frame === f && isLive(m, t) && !isItself(it, t, u),
      )
      const isObject = partsWhere(m, part => part.is === 'resident' && part.frame === f).length > 0
      if (isObject || found.length === 0) return true
      return violated(
        `CPU ${at.cpu} can write to frame ${f}, which ${found[0]} maps too`,
        path(at.cpu, at.translation),
        ...found,
      )
    },
  }),
  claim('tlb/asked-while-awaited', {
    says: 'a CPU is asked to forget only by one that waits for it',
    rule: 'tlb.md#shootdown',
    also: ['TL9'],
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
  claim('tlb/answers-for-itself', {
    says: 'a CPU is asked by the step of the one that asks, and answers once, by itself, with nothing left of what was to be forgotten',
    rule: 'tlb.md#outdated',
    kind: 'step',
    interleaved: true,
    also: ['TL2', 'TL9'],
    over: { cpu },
    holds: (m, at, event) => {
      const { before } = event
      const [was, is] = [before.cpus[at.cpu].asked, m.cpus[at.cpu].asked]
      if (was === is) return true
      const given = event.arguments
      const asks = ids(m.cpus).find(c => has(is, c) && !has(was, c) && c !== given.cpu)
      if (asks !== undefined)
        return violated(`CPU ${given.cpu} asks in the name of CPU ${asks}`, `cpus[${at.cpu}].asked`)
      const answered = ids(m.cpus).filter(c => has(was, c) && !has(is, c))
      if (answered.length > 0 && given.cpu !== at.cpu)
        return violated(`CPU ${given.cpu} answers in the place of CPU ${at.cpu}`, `cpus[${at.cpu}].asked`)
      const left = keptOf(m, at.cpu).find(holds => answered.some(c => isMeant(before.cpus[c].flush, holds)))
      if (left === undefined) return true
      return violated(
        `CPU ${at.cpu} has answered, and still translates page ${left.page} of space ${left.space}`,
        `cpus[${at.cpu}].tlb`,
      )
    },
  }),
  claim('tlb/forgotten-when-closed', {
    says: 'when a CPU stops waiting, nobody keeps of what was to be forgotten what the tables do not say, unless another is changing them',
    rule: 'tlb.md#outdated',
    kind: 'step',
    interleaved: true,
    also: ['TL2', 'TL9'],
    over: { cpu },
    holds: (m, at, { before }) => {
      const { flush } = before.cpus[at.cpu]
      if (flush.is === 'none' || m.cpus[at.cpu].flush.is !== 'none') return true
      for (const c of ids(m.cpus)) {
        const left = keptOf(m, c).find(
          holds => isMeant(flush, holds) && !agrees(m, holds) && !isChanging(m, c, holds, at.cpu),
        )
        if (left === undefined) continue
        return violated(
          `CPU ${at.cpu} waits no more, and CPU ${c} still translates page ${left.page} of space ${left.space} as before`,
          `cpus[${c}].tlb`,
          `${pagePath(left.space, left.page)}.entry`,
        )
      }
      return true
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
  claim('tlb/loaded-is-seen', {
    says: 'a CPU that has the tables of a space loaded is among those who are told what changes in it',
    rule: 'tlb.md#switch',
    also: ['TL7'],
    over: { cpu },
    holds: (m, at) => {
      const { active } = m.cpus[at.cpu]
      if (!m.limits.tagged || active === null || has(m.spaces[active].seen, at.cpu)) return true
      return violated(
        `CPU ${at.cpu} has the tables of space ${active} loaded, and nobody would tell it`,
        `cpus[${at.cpu}].active`,
        `spaces[${active}].seen`,
      )
    },
  }),
  claim('tlb/global-is-the-kernels', {
    says: 'what a CPU keeps without a tag is an entry of the kernel half, as it is or as it is being taken away, and no process has its frame',
    rule: 'tlb.md#global',
    also: ['TL10', 'TL3'],
    over: { cpu, translation },
    holds: (m, at) => {
      const { holds } = m.cpus[at.cpu].tlb[at.translation]
      if (holds.is !== 'global') return true
      const { frame, lock } = m.kernel[holds.kernelPage]
      const mapped = pagesWhere(m, ({ entry }) => entry.is === 'present' && entry.frame === holds.frame)
      const isTheKernels = frame === holds.frame || (frame === null && lock !== null)
      if (isTheKernels && m.frames[holds.frame].references > 0 && mapped.length === 0) return true
      return violated(
        `CPU ${at.cpu} reaches frame ${holds.frame} in every space, and it is not the kernel's`,
        path(at.cpu, at.translation),
        `kernel[${holds.kernelPage}].frame`,
        ...mapped,
      )
    },
  }),
]
