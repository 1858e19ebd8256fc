// Claims about the records of regions: what their locks keep, which of them a CPU may have in hand, and that what it
// remembers of them holds. Rules: spec/concurrency.md#nodes, #region-locks, #sections, #remembered.

import { type Cpu, cpu, has, ids, node, page, type State, space, violated } from '../../model/index.js'
import { claim, isLive, pagePath } from './claim.js'
import { isMapped, type PageRecord, sameMapping, startsRegion } from './walk.js'

const nodePath = (s: number, n: number): string => `spaces[${s}].nodes[${n}]`

/** The record of the region that a CPU goes by, or has found and is about to lock. */
function inHand(m: State, c: Cpu) {
  const { process, node } = m.cpus[c]
  const s = process === null ? null : m.processes[process].space
  return s === null || node === null ? null : { s, n: node, it: m.spaces[s].nodes[node] }
}
/** Whether a page is another one than before, as its region sees it. */
const isOther = (was: PageRecord, is: PageRecord): boolean => was.node !== is.node || !sameMapping(was, is)

export const regionLockClaims = [
  claim('concurrency/one-record-a-region', {
    says: 'pages name the same record exactly where they are of one region, and no page that is not mapped names any',
    rule: 'concurrency.md#nodes',
    also: ['VM3'],
    over: { space, page },
    holds: (m, at) => {
      const { nodes, pages } = m.spaces[at.space]
      if (nodes.length === 0) return true
      const it = pages[at.page]
      const path = pagePath(at.space, at.page)
      if (!isMapped(it)) return it.node === null || violated(`page ${at.page} is not mapped, and has a record`, path)
      if (it.node === null || nodes[it.node].use !== 'live') {
        return violated(`page ${at.page} is mapped, and the record of its region is not there`, path)
      }
      const first = ids(pages).findLast(v => v <= at.page && startsRegion(m, at.space, v))
      const wrong = ids(pages).find(
        v => v < at.page && (pages[v].node === it.node) !== (first !== undefined && v >= first),
      )
      return (
        wrong === undefined || violated(`pages ${wrong} and ${at.page} have records as if regions were others`, path)
      )
    },
  }),
  claim('concurrency/region-locks-under-the-lock', {
    says: 'who may change a region has its space alone',
    rule: 'concurrency.md#region-locks',
    also: ['LK6'],
    over: { space, node },
    always: true,
    holds: (m, at) => {
      const { writer } = m.spaces[at.space].nodes[at.node]
      if (writer === null || writer === m.spaces[at.space].writer) return true
      return violated(
        `CPU ${writer} may change a region of space ${at.space} and does not have it alone`,
        nodePath(at.space, at.node),
      )
    },
  }),
  claim('concurrency/region-writer-is-alone', {
    says: 'who may change a region is alone with it',
    rule: 'concurrency.md#region-locks',
    also: ['LK1'],
    over: { space, node },
    always: true,
    holds: (m, at) => {
      const { use, writer, readers } = m.spaces[at.space].nodes[at.node]
      // A lock of what is detached excludes nobody: who gets it sees that, and gives it back.
      if (use !== 'live' || writer === null || !ids(m.cpus).some(c => has(readers, c) && !m.cpus[c].section))
        return true
      return violated(`CPU ${writer} may change a region that others go by`, nodePath(at.space, at.node))
    },
  }),
  claim('concurrency/regions-change-under-their-own-lock', {
    says: 'a region changes only while the CPU that changes it has the lock of that region',
    rule: 'concurrency.md#region-locks',
    kind: 'step',
    interleaved: true,
    also: ['LK3', 'LK6', 'VM12'],
    over: { space },
    always: true,
    holds: (m, at, event) => {
      if (!m.limits.regionLocks) return true
      const by = event.arguments.cpu as Cpu | undefined
      const [now, before] = [m.spaces[at.space], event.before.spaces[at.space]]
      if (by === undefined) return true
      const changed = ids(now.pages).find(v => {
        const { node } = before.pages[v]
        return node !== null && before.nodes[node].writer !== by && isOther(before.pages[v], now.pages[v])
      })
      if (changed === undefined) return true
      return violated(`the region of page ${changed} changed without its lock`, pagePath(at.space, changed))
    },
  }),
  claim('concurrency/records-change-under-the-lock', {
    says: 'the record of a region comes to be used, gets other attributes, or is detached only by who has the space alone, and only time frees it',
    rule: 'concurrency.md#nodes',
    kind: 'step',
    interleaved: true,
    also: ['LK3', 'LK6'],
    over: { space },
    always: true,
    holds: (m, at, event) => {
      const [now, before] = [m.spaces[at.space], event.before.spaces[at.space]]
      const by = event.arguments.cpu as Cpu | undefined
      if (now.nodes.length === 0 || before.writer === by || !isLive(event.before, at.space)) return true
      const changed = ids(now.nodes).find(n => {
        const [was, is] = [before.nodes[n], now.nodes[n]]
        const isFreed = was.use === 'detached' && is.use === 'free' && by === undefined
        return (was.use !== is.use || was.generation !== is.generation) && !isFreed
      })
      return (
        changed === undefined ||
        violated(`record ${changed} of space ${at.space} changed without the lock`, nodePath(at.space, changed))
      )
    },
  }),
  claim('concurrency/region-in-hand-is-current', {
    says: 'the region that a CPU goes by is there, and is what it was when the CPU found it',
    rule: 'concurrency.md#region-locks',
    also: ['LK4', 'VM12'],
    over: { cpu },
    always: true,
    holds: (m, at) => {
      const found = inHand(m, at.cpu)
      if (found === null || m.cpus[at.cpu].section) return true
      const { s, n, it } = found
      if (it.use === 'live' && it.generation === m.cpus[at.cpu].generation) return true
      return violated(
        `CPU ${at.cpu} goes by a region that is another one by now`,
        nodePath(s, n),
        `cpus[${at.cpu}].node`,
      )
    },
  }),
  claim('concurrency/freed-when-nobody-reads', {
    says: 'the record of a region is free only when no CPU can have it in hand any more',
    rule: 'concurrency.md#sections',
    also: ['LK7', 'VM13'],
    over: { cpu },
    always: true,
    holds: (m, at) => {
      const found = inHand(m, at.cpu)
      if (found === null || found.it.use !== 'free') return true
      return violated(
        `CPU ${at.cpu} reads the record of a region that is free`,
        nodePath(found.s, found.n),
        `cpus[${at.cpu}].node`,
      )
    },
  }),
  claim('concurrency/remembered-is-fresh', {
    says: 'a look-up that a CPU remembers, and that still holds, answers like a fresh one',
    rule: 'concurrency.md#remembered',
    also: ['VM15'],
    over: { cpu },
    always: true,
    holds: (m, at) => {
      const { remembered, round } = m.cpus[at.cpu]
      if (remembered.is === 'none' || round !== m.spaces[remembered.space].round) return true
      const fresh = m.spaces[remembered.space].pages[remembered.page].node
      if (fresh === remembered.node) return true
      return violated(
        `CPU ${at.cpu} remembers another region for page ${remembered.page} than the one it is in`,
        `cpus[${at.cpu}].remembered`,
        pagePath(remembered.space, remembered.page),
      )
    },
  }),
]
