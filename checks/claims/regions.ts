// Claims about regions: how many there are, what they count, and what each command leaves behind. What a region is, is
// said here again, page by page, so that the model cannot agree with itself. Rules: spec/regions.md.

import { type Event, ids, type Page, type Process, page, type State, space, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { callerChanges } from './reaches.js'
import {
  answerOf,
  argument,
  callerSpace,
  isMapped,
  isOpen,
  isResident,
  type PageRecord,
  pagesWhere,
  sameMapping,
  startsRegion,
  succeeded,
  tookEffect,
  within,
} from './walk.js'

/** What a request leaves as the protection: copy on write is no protection of its own. */
const protectionFor = (request: unknown): unknown => (request === 'rw+cow' ? 'rw' : request)

/** The first page of a range that is not as it should be, and why. */
function firstWrong(
  m: State,
  event: Event<State>,
  first: number,
  count: number,
  wrong: (it: PageRecord, v: Page) => string | null,
) {
  const s = callerSpace(m, event)
  if (s === null) return violated('the process has lost its space')
  for (const v of within(m, first, count)) {
    const why = wrong(m.spaces[s].pages[v], v)
    if (why !== null) return violated(`page ${v} ${why} after ${event.operation}`, pagePath(s, v))
  }
  return true
}

export const regionsClaims = [
  claim('regions/count-recount', {
    says: 'a space counts its regions: maximal runs of pages that agree in all attributes',
    rule: 'regions.md#regions',
    also: ['VM2', 'VM19'],
    over: { space },
    holds: (m, { space: s }) => {
      const found = pagesWhere(m, (_it, of, v) => of === s && startsRegion(m, s, v))
      const says = m.spaces[s].regions
      if (found.length === says) return true
      return violated(`space ${s} counts ${says} regions and has ${found.length}`, `spaces[${s}].regions`, ...found)
    },
  }),
  claim('regions/mapped-recount', {
    says: 'a space counts its mapped pages',
    rule: 'regions.md#counting',
    also: ['VM2', 'VM10'],
    over: { space },
    holds: (m, { space: s }) => {
      const found = pagesWhere(m, (it, of) => of === s && isMapped(it))
      const says = m.spaces[s].mapped
      return (
        found.length === says ||
        violated(`space ${s} counts ${says} mapped pages and has ${found.length}`, `spaces[${s}].mapped`, ...found)
      )
    },
  }),
  claim('regions/within-limit', {
    says: 'no space has more regions than the limit',
    rule: 'regions.md#limit',
    also: ['VM10'],
    over: { space },
    holds: (m, { space: s }) =>
      m.spaces[s].regions <= m.limits.regions ||
      violated(
        `space ${s} has ${m.spaces[s].regions} regions, the limit is ${m.limits.regions}`,
        `spaces[${s}].regions`,
      ),
  }),
  claim('regions/unmapped-is-blank', {
    says: 'nothing is remembered of a page that is not mapped',
    rule: 'regions.md#regions',
    also: ['PT24', 'VM18'],
    over: { space, page },
    holds: (m, at) => {
      const it = m.spaces[at.space].pages[at.page]
      if (isMapped(it)) return true
      const blank =
        it.ceiling === 'rwx' &&
        it.lock === 'none' &&
        !it.grows &&
        it.object === null &&
        it.offset === 0 &&
        !it.seam &&
        !it.accounted &&
        it.chain === null &&
        !it.inherited &&
        m.ghost.spaces[at.space].pages[at.page].byte === 0
      return (
        blank ||
        violated(`page ${at.page} of space ${at.space} is not mapped, and not blank`, pagePath(at.space, at.page))
      )
    },
  }),
  claim('regions/seam-is-a-border', {
    says: 'where regions have an identity, a seam lies between two pages that would else be one region',
    rule: 'regions.md#identity',
    also: ['VM19'],
    over: { space, page },
    holds: (m, at) => {
      const { pages } = m.spaces[at.space]
      if (!pages[at.page].seam) return true
      const left = ids(pages)[at.page - 1]
      const [a, b] = [left === undefined ? null : pages[left], pages[at.page]]
      const alike =
        a !== null &&
        isMapped(a) &&
        a.region === b.region &&
        a.ceiling === b.ceiling &&
        a.lock === b.lock &&
        a.grows === b.grows &&
        a.object === b.object &&
        a.accounted === b.accounted &&
        a.chain === b.chain &&
        a.inherited === b.inherited &&
        b.offset === a.offset + 1
      return (
        alike ||
        violated(`page ${at.page} of space ${at.space} has a seam it does not need`, pagePath(at.space, at.page))
      )
    },
  }),
  claim('regions/within-as', {
    says: 'whoever maps more than before stays within the limit of the address space',
    rule: 'regions.md#size',
    kind: 'return',
    also: ['VM10'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || !tookEffect(event)) return true
      const { as } = m.processes[event.arguments.process as Process].limits
      const { mapped } = m.spaces[s]
      if (mapped <= event.before.spaces[s].mapped || mapped <= as) return true
      return violated(`${event.operation} leaves ${mapped} pages mapped, the limit is ${as}`, `spaces[${s}].mapped`)
    },
  }),
  claim('regions/gone-after-munmap', {
    says: 'after munmap nothing is left in the range: no region, no entry',
    rule: 'regions.md#munmap',
    kind: 'return',
    also: ['VM18', 'PT22'],
    holds: (m, _at, event) =>
      !succeeded(event, 'munmap') ||
      firstWrong(m, event, argument(event, 'page'), argument(event, 'count'), it =>
        isMapped(it) || it.entry.is !== 'absent' ? 'is still there' : null,
      ),
  }),
  claim('regions/fresh-after-mmap', {
    says: 'after mmap the range has the protection and the lock asked for, and nothing of what was there before',
    rule: 'regions.md#mmap',
    kind: 'return',
    also: ['FR12', 'FR17'],
    holds: (m, _at, event) => {
      if (!succeeded(event, 'mmap')) return true
      const s = callerSpace(m, event)
      const lock = event.arguments.filling === 'locked' ? 'locked' : s === null ? 'none' : m.spaces[s].future
      const first = answerOf(event)
      const isShared = event.arguments.sharing === 'shared'
      return firstWrong(m, event, first, argument(event, 'count'), (it, v) => {
        if (it.region !== event.arguments.request) return `is ${it.region}`
        if (it.lock !== lock) return `is locked as ${it.lock}`
        if ((it.object !== null) !== isShared) return 'is shared or private as was not asked'
        if (it.object !== null && it.offset !== v - first) return `shows page ${it.offset} of its object`
        if (it.entry.is === 'present')
          return m.frames[it.entry.frame].content.is === 'zero' ? null : 'shows old content'
        return it.entry.is === 'swapped' ? 'is swapped out' : null
      })
    },
  }),
  claim('regions/placed-where-nothing-was', {
    says: 'a mapping that is not told to replace another lies where nothing was mapped',
    rule: 'regions.md#placement',
    kind: 'return',
    also: ['PT17', 'SH8', 'VM1'],
    holds: (m, _at, event) => {
      const segment = event.operation === 'shmat'
      if (!succeeded(event, 'mmap', 'shmat')) return true
      if (segment ? event.arguments.replacing === 'remap' : event.arguments.placement === 'fixed') return true
      const o = ids(m.objects)[argument(event, 'segment')]
      const count = segment ? m.objects[o].size : argument(event, 'count')
      const s = callerSpace(event.before, event)
      const first = answerOf(event)
      if (s === null || first + count > m.tree.length) return violated(`the mapping at page ${first} leaves the window`)
      const taken = within(m, first, count).find(v => isMapped(event.before.spaces[s].pages[v]))
      return taken === undefined || violated(`page ${taken} was mapped before`, pagePath(s, taken))
    },
  }),
  claim('regions/protected-as-asked', {
    says: 'after mprotect the range allows what was asked for',
    rule: 'regions.md#mprotect',
    kind: 'return',
    also: ['FR17', 'VM5'],
    holds: (m, _at, event) =>
      !succeeded(event, 'mprotect') ||
      firstWrong(m, event, argument(event, 'page'), argument(event, 'count'), it =>
        it.region === protectionFor(event.arguments.request) ? null : `is ${it.region}`,
      ),
  }),
  claim('regions/only-the-range', {
    says: 'a command leaves all pages as they are mapped that it was not about',
    rule: 'regions.md#splitting',
    kind: 'step',
    also: ['VM7', 'VM11'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || !tookEffect(event)) return true
      const changes = callerChanges(event)
      const { before } = event
      const wrong = ids(m.tree).find(
        v => !changes(v, before.spaces[s].pages[v]) && !sameMapping(before.spaces[s].pages[v], m.spaces[s].pages[v]),
      )
      return wrong === undefined || violated(`${event.operation} changes page ${wrong}`, pagePath(s, wrong))
    },
  }),
  claim('regions/failed-prefix', {
    says: 'where a command may fail half way, the range is as asked up to some page, and as before from there on',
    rule: 'regions.md#prefix',
    kind: 'return',
    also: ['VM5', 'FR17'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || event.outcome?.is !== 'failed' || !prefixed.has(event.operation)) return true
      const range = within(m, argument(event, 'page'), argument(event, 'count'))
      const same = (v: Page) => sameMapping(event.before.spaces[s].pages[v], m.spaces[s].pages[v])
      const until = range.find(v => !asAsked(m.spaces[s].pages[v], event)) ?? m.tree.length
      const wrong = range.find(v => v >= until && !same(v))
      return wrong === undefined || violated(`page ${wrong} is changed beyond page ${until}`, pagePath(s, wrong))
    },
  }),
  claim('regions/mincore-tells-residency', {
    says: 'mincore tells which pages are in memory',
    rule: 'regions.md#mincore',
    kind: 'return',
    also: ['FR17'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || !succeeded(event, 'mincore')) return true
      const range = within(m, argument(event, 'page'), argument(event, 'count'))
      const bits = range.reduce((sum, v, k) => sum + (inMemory(m, m.spaces[s].pages[v]) ? 2 ** k : 0), 0)
      const want = 2 ** range.length + bits
      return answerOf(event) === want || violated(`mincore answers ${answerOf(event)}, and should ${want}`)
    },
  }),
  claim('regions/growth-keeps-its-distance', {
    says: 'a stack grows only as far as it may, and leaves a gap to what can be accessed below',
    rule: 'regions.md#stacks',
    kind: 'return',
    also: ['VM8', 'VM10'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || !grows.has(event.operation) || !tookEffect(event)) return true
      const v = argument(event, 'page') as Page
      if (isMapped(event.before.spaces[s].pages[v])) return true
      const { pages } = m.spaces[s]
      if (!pages[v].grows) return violated(`page ${v} became mapped by an access, and is no stack`, pagePath(s, v))
      const near = within(m, v - m.limits.gap, m.limits.gap).find(u => u < v && isOpen(pages[u].region))
      if (near !== undefined) return violated(`the stack at page ${v} comes too close to page ${near}`, pagePath(s, v))
      const end = ids(pages).find(u => u > v && (!isMapped(pages[u]) || startsRegion(m, s, u))) ?? m.tree.length
      return end - v <= m.limits.stack || violated(`the stack at page ${v} has ${end - v} pages`, pagePath(s, v))
    },
  }),
]

const grows: ReadonlySet<string> = new Set(['load', 'store', 'fetch'])
const prefixed: ReadonlySet<string> = new Set(['mprotect', 'mlock', 'mlock2', 'munlock'])
function asAsked(it: PageRecord, { operation, arguments: given }: Event<State>): boolean {
  if (operation === 'mprotect') return it.region === protectionFor(given.request)
  if (it.region === 'guard') return true
  return it.lock === (operation === 'munlock' ? 'none' : given.flag === 'onfault' ? 'onfault' : 'locked')
}

/** In a frame: by its own entry, by its object, or by the swap cache. */
function inMemory(m: State, it: PageRecord): boolean {
  if (isResident(it)) return true
  if (it.entry.is === 'swapped') return m.slots[it.entry.slot].cached !== null
  if (it.object === null || it.region === 'guard') return false
  const { parts } = m.objects[it.object]
  return parts[ids(parts)[it.offset]].at.is === 'resident'
}
