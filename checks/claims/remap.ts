// Claims about mremap, which moves mappings with all that they hold. Rules: spec/regions.md.

import { type Event, ids, type Page, type State, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { answerOf, argument, callerSpace, isMapped, type PageRecord, succeeded, within } from './walk.js'

/** What mremap was about: where the old range was and where the new one is. */
function movedRange(m: State, event: Event<State>) {
  const s = callerSpace(m, event)
  if (s === null || !succeeded(event, 'mremap')) return null
  const [from, old, count, to] = [
    argument(event, 'page'),
    argument(event, 'old'),
    argument(event, 'count'),
    answerOf(event),
  ]
  return { s, from, old, count, to, was: event.before.spaces[s].pages, is: m.spaces[s].pages }
}
const sameKind = (a: PageRecord, b: PageRecord): boolean =>
  a.region === b.region && a.ceiling === b.ceiling && a.grows === b.grows && a.object === b.object

/** Why a page is not the continuation of the mapping at `first`, `by` pages further on; null where it is. */
function notContinued(first: PageRecord, it: PageRecord, by: number): string | null {
  if (!sameKind(first, it)) return 'is mapped differently'
  return first.object === null || it.offset === first.offset + by ? null : `shows page ${it.offset} of its object`
}

export const remapClaims = [
  claim('regions/moved-with-content', {
    says: 'after mremap the new range is mapped as the old one was, and reads as it did',
    rule: 'regions.md#mremap',
    kind: 'return',
    also: ['VM17', 'VM7'],
    holds: (m, _at, event) => {
      const it = movedRange(m, event)
      if (it === null) return true
      for (const v of within(m, it.to, Math.min(it.old, it.count))) {
        const before = ids(it.was)[v - it.to + it.from]
        if (!isMapped(it.was[before])) continue
        const why = notContinued(it.was[before], it.is[v], 0)
        if (why !== null) return violated(`page ${v} ${why}`, pagePath(it.s, v))
        const [want, found] = [event.before.ghost.spaces[it.s].pages[before].byte, m.ghost.spaces[it.s].pages[v].byte]
        if (want !== found) return violated(`page ${v} reads ${found}, and read ${want} before`, pagePath(it.s, v))
      }
      return true
    },
  }),
  claim('regions/grown-alike', {
    says: 'pages that mremap adds continue the mapping, and are empty',
    rule: 'regions.md#mremap',
    kind: 'return',
    also: ['VM7', 'FR12'],
    holds: (m, _at, event) => {
      const it = movedRange(m, event)
      if (it === null) return true
      const first = it.was[ids(it.was)[it.from]]
      for (const v of within(m, it.to + it.old, it.count - it.old)) {
        const why = notContinued(first, it.is[v], v - it.to)
        if (why !== null) return violated(`page ${v} ${why}`, pagePath(it.s, v))
        if (m.ghost.spaces[it.s].pages[v].byte !== 0) return violated(`page ${v} is not empty`, pagePath(it.s, v))
      }
      return true
    },
  }),
  claim('regions/nothing-stays-behind', {
    says: 'after mremap nothing is left of the old range, or with dontunmap an empty mapping',
    rule: 'regions.md#mremap',
    kind: 'return',
    also: ['VM17', 'VM18'],
    holds: (m, _at, event) => {
      const it = movedRange(m, event)
      if (it === null) return true
      const isNew = (v: Page) => v >= it.to && v < it.to + it.count
      const stays = String(event.arguments.moving).includes('dontunmap')
      const wrong = within(m, it.from, it.old).find(v => {
        if (isNew(v)) return false
        const page = it.is[v]
        return (stays ? isMapped(it.was[v]) : false) !== isMapped(page) || page.entry.is !== 'absent'
      })
      return wrong === undefined || violated(`page ${wrong} is not as mremap should leave it`, pagePath(it.s, wrong))
    },
  }),
]
