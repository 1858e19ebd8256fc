// Claims about what mmap, munmap, mprotect and mincore leave behind, and answer. Rules: spec/regions.md.

import { type Event, ids, type Page, type State, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import {
  answerOf,
  argument,
  callerSpace,
  isMapped,
  isResident,
  type PageRecord,
  sameMapping,
  succeeded,
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

export const mappingsClaims = [
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
]

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
