// Claims about processes: what has ended holds nothing, what starts begins empty, and nobody touches another's memory.
// Rules: spec/processes.md.

import {
  type Event,
  ids,
  type Process,
  page,
  process,
  type Space,
  type State,
  space,
  violated,
} from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { reapersOf } from './locking.js'
import { argument, callerSpace, isMapped, sameMapping, succeeded, tookEffect } from './walk.js'

const dropsOf = ({ dropped: { ipcOwner, ipcLock, sysAdmin } }: State['processes'][Process]) => [
  ipcOwner,
  ipcLock,
  sysAdmin,
]

/** Whether a page of a space that a command was not about is as it was. */
function untouched(m: State, before: State, s: Space, v: ReturnType<typeof ids<'page'>>[number]): boolean {
  const [was, is] = [before.spaces[s].pages[v], m.spaces[s].pages[v]]
  return sameMapping(was, is) && before.ghost.spaces[s].pages[v].byte === m.ghost.spaces[s].pages[v].byte
}
function isOthers(event: Event<State>, s: Space): boolean {
  const { before } = event
  return before.spaces[s].users > 0 && callerSpace(before, event) !== s
}

export const processesClaims = [
  claim('processes/free-space-is-empty', {
    says: 'a space that no process uses has no regions, no entries and no tables, and counts nothing',
    rule: 'processes.md#exit',
    also: ['PT24'],
    over: { space },
    holds: (m, { space: s }) => {
      const it = m.spaces[s]
      if (it.users > 0) return true
      const full = ids(it.pages).find(v => it.pages[v].entry.is !== 'absent' || isMapped(it.pages[v]))
      if (full !== undefined)
        return violated(`space ${s} has no user and page ${full} is still there`, pagePath(s, full))
      const counted = it.regions + it.mapped + it.locked + it.tables
      return (
        (counted === 0 && it.future === 'none') ||
        violated(`space ${s} has no user, and still counts something`, `spaces[${s}]`)
      )
    },
  }),
  claim('processes/space-of-its-own', {
    says: 'no two processes have one space',
    rule: 'processes.md#spaces',
    also: ['RF3'],
    over: { space },
    holds: (m, { space: s }) =>
      ids(m.processes).filter(p => m.processes[p].space === s).length < 2 ||
      violated(`space ${s} is used by several processes`, `spaces[${s}].users`),
  }),
  claim('processes/others-keep-their-pages', {
    says: 'what a process does changes nothing of how others map memory, nor of what they stored in their own',
    rule: 'processes.md#isolation',
    kind: 'step',
    also: ['CW2', 'RF3'],
    over: { space },
    holds: (m, { space: s }, event) => {
      if (!tookEffect(event) || !isOthers(event, s)) return true
      const wrong = ids(m.tree).find(v => !untouched(m, event.before, s, v))
      return (
        wrong === undefined ||
        violated(`${event.operation} changes page ${wrong} of space ${s}, which is another’s`, pagePath(s, wrong))
      )
    },
  }),
  claim('processes/starts-empty', {
    says: 'a process starts as the superuser, with all capabilities, no limits and nothing mapped',
    rule: 'processes.md#spawn',
    kind: 'return',
    also: ['FR17', 'PT24'],
    holds: (m, _at, event) => {
      if (!succeeded(event, 'spawn')) return true
      const s = callerSpace(m, event)
      const it = m.processes[event.arguments.process as Process]
      const { memlock, as } = it.limits
      const most = m.tree.length
      const empty = s !== null && m.spaces[s].mapped === 0 && m.spaces[s].future === 'none'
      const free = it.user === 0 && !dropsOf(it).includes(true) && memlock === most && as === most
      return (empty && free) || violated('the process does not start empty', `processes[${argument(event, 'process')}]`)
    },
  }),
  claim('processes/child-inherits', {
    says: 'a child has the user, the capabilities and the limits of its parent',
    rule: 'copy-on-write.md#fork',
    kind: 'return',
    also: ['VM14'],
    holds: (m, _at, event) => {
      if (!succeeded(event, 'fork')) return true
      const [parent, child] = ['process', 'child'].map(name => m.processes[argument(event, name) as Process])
      const same =
        parent.user === child.user &&
        parent.limits.memlock === child.limits.memlock &&
        parent.limits.as === child.limits.as &&
        dropsOf(parent).every((drop, i) => drop === dropsOf(child)[i])
      return same || violated('the child is not what its parent is', `processes[${argument(event, 'child')}]`)
    },
  }),
  claim('processes/reaps-what-was-killed', {
    says: 'memory is taken away only from a process that was killed, and only what is private and not locked',
    rule: 'processes.md#reap',
    kind: 'step',
    interleaved: true,
    also: ['ML1', 'RF3'],
    over: { space, page },
    holds: (m, at, { before, operation }) => {
      const was = before.spaces[at.space].pages[at.page]
      if (operation !== 'reap' || was.entry === m.spaces[at.space].pages[at.page].entry) return true
      const isKilled = ids(m.processes).some(p => before.processes[p].space === at.space && before.processes[p].killed)
      if (isKilled && was.object === null && was.lock === 'none') return true
      return violated(
        `page ${at.page} of space ${at.space} is taken away, and is not the reaper's to take`,
        `${pagePath(at.space, at.page)}.entry`,
      )
    },
  }),
  claim('processes/one-reaper', {
    says: 'one CPU at most takes the memory of a process away, and the process names it',
    rule: 'processes.md#reap',
    also: ['ML7', 'LK11'],
    over: { process },
    holds: (m, { process: p }) => {
      const { space, reaper } = m.processes[p]
      if (!m.limits.reaping || space === null) return true
      const wrong = reapersOf(m, space).find(c => c !== reaper)
      if (wrong === undefined) return true
      return violated(
        `CPU ${wrong} takes memory of process ${p} away, which does not name it`,
        `processes[${p}].reaper`,
      )
    },
  }),
  claim('processes/privileges-only-shrink', {
    says: 'nobody gets a capability back, nor another user, but the superuser by giving up being it',
    rule: 'processes.md#setuid',
    kind: 'step',
    interleaved: true,
    over: { process },
    holds: (m, { process: p }, { before, operation }) => {
      const [was, is] = [before.processes[p], m.processes[p]]
      if (was.space === null || is.space === null) return true
      const back = dropsOf(was).some((dropped, i) => dropped && !dropsOf(is)[i])
      if (!back && (was.user === 0 || was.user === is.user)) return true
      return violated(`process ${p} may do more after ${operation} than before`, `processes[${p}]`)
    },
  }),
  claim('processes/users-hold-no-capability', {
    says: 'whoever is not the superuser has no capability',
    rule: 'processes.md#setuid',
    over: { process },
    holds: (m, { process: p }) => {
      const it = m.processes[p]
      if (it.space === null || it.user === 0 || !dropsOf(it).includes(false)) return true
      return violated(`process ${p} is user ${it.user} and has a capability`, `processes[${p}].dropped`)
    },
  }),
]
