// Claims about swap slots: counted right, free when nothing names them, holding what was swapped out. Rules: spec/swap.md.

import { type Event, ids, type Page, page, type Slot, type State, slot, space, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { argument, callerSpace, holds, isBareCopy, pagesWhere, partsWhere, sameMapping, succeeded } from './walk.js'

export const slotPath = (t: number): string => `slots[${t}]`
export const namedBy = (m: State, t: Slot): string[] => [
  ...pagesWhere(m, ({ entry }) => entry.is === 'swapped' && entry.slot === t),
  ...partsWhere(m, at => at.is === 'swapped' && at.slot === t),
]

export const swapClaims = [
  claim('swap/free-slot-is-unnamed', {
    says: 'nothing names a free slot, and nothing is remembered of what it held',
    rule: 'swap.md#slots',
    also: ['SW2', 'SW10', 'PT13'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const { references, content, cached } = m.slots[t]
      if (references > 0) return true
      const found = namedBy(m, t)
      if (found.length > 0) return violated(`slot ${t} is free, and named`, `${slotPath(t)}.references`, ...found)
      return (content.is === 'stale' && cached === null) || violated(`slot ${t} is free and not blank`, slotPath(t))
    },
  }),
  claim('swap/one-page-a-slot', {
    says: 'a slot holds one page: of an object, or of private memory that fork has shared',
    rule: 'swap.md#slots',
    also: ['I13'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const parts = partsWhere(m, at => at.is === 'swapped' && at.slot === t)
      const found = namedBy(m, t)
      return parts.length === 0 || found.length === 1 || violated(`slot ${t} holds several pages`, ...found)
    },
  }),
  claim('swap/slot-keeps-content', {
    says: 'the slot of a swapped page holds what was last stored to the page, once it is written',
    rule: 'swap.md#contents',
    also: ['SW4', 'CW11'],
    over: { space, page },
    holds: (m, at) => {
      const { entry } = m.spaces[at.space].pages[at.page]
      if (entry.is !== 'swapped' || m.slots[entry.slot].busy || isBareCopy(m, at.space, at.page)) return true
      const want = m.ghost.spaces[at.space].pages[at.page].byte
      if (holds(m.slots[entry.slot].content, want)) return true
      return violated(
        `slot ${entry.slot} does not hold ${want}, which was last stored to page ${at.page} of space ${at.space}`,
        `${pagePath(at.space, at.page)}.entry`,
        `${slotPath(entry.slot)}.content`,
      )
    },
  }),
  claim('swap/within-sharers', {
    says: 'no slot counts more references than can be counted',
    rule: 'swap.md#slots',
    also: ['FR7'],
    over: { slot },
    holds: (m, { slot: t }) =>
      m.slots[t].references <= m.limits.sharers ||
      violated(`slot ${t} counts ${m.slots[t].references} references, the limit is ${m.limits.sharers}`, slotPath(t)),
  }),
  claim('swap/cache-is-clean', {
    says: 'a frame in the swap cache holds what its slot holds',
    rule: 'swap.md#cache',
    also: ['SW5'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const { cached, content } = m.slots[t]
      if (cached === null || m.frames[cached].content === content) return true
      return violated(`slot ${t} and its frame ${cached} differ`, `${slotPath(t)}.content`, `frames[${cached}].content`)
    },
  }),
  claim('swap/one-slot-a-cached-frame', {
    says: 'a frame is in the swap cache for one slot, and a slot has one frame',
    rule: 'swap.md#cache',
    also: ['SW3'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const { cached } = m.slots[t]
      const others = cached === null ? [] : ids(m.slots).filter(o => o !== t && m.slots[o].cached === cached)
      return (
        others.length === 0 ||
        violated(`frame ${cached} is cached for several slots`, slotPath(t), ...others.map(slotPath))
      )
    },
  }),
  claim('swap/comes-back-as-it-went', {
    says: 'among other CPUs, a page that comes back from a slot holds what is in it, and who read the slot has kept others from using it anew',
    rule: 'swap.md#swap-in',
    kind: 'step',
    interleaved: true,
    also: ['SW6'],
    over: { space, page },
    holds: (m, at, { before, outcome, operation }) => {
      // A store that ends has written by then; one that installs goes back to its instruction first.
      if (!m.limits.concurrent || (outcome !== null && operation !== 'swapIn')) return true
      const { entry: was } = before.spaces[at.space].pages[at.page]
      const { entry: is } = m.spaces[at.space].pages[at.page]
      if (was.is !== 'swapped' || is.is !== 'present') return true
      const { content, cached, references } = before.slots[was.slot]
      const where = [pagePath(at.space, at.page), slotPath(was.slot)]
      if (m.frames[is.frame].content !== content)
        return violated(
          `page ${at.page} of space ${at.space} comes back, and not as it is in slot ${was.slot}`,
          ...where,
        )
      // A frame that the cache knows holds the same; another one was read before, and only a reference keeps the slot.
      const names = namedBy(before, was.slot).length + (cached === null ? 0 : 1)
      if (cached === is.frame || references > names) return true
      return violated(`slot ${was.slot} was in nobody's hand when it came back`, ...where)
    },
  }),
  claim('swap/cache-lets-go', {
    says: 'the swap cache alone keeps no frame: a page shows it, or an operation under way has it in hand',
    rule: 'swap.md#cache',
    also: ['FR18', 'SW3'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const { cached } = m.slots[t]
      if (cached === null) return true
      const shown = pagesWhere(m, ({ entry }) => entry.is === 'present' && entry.frame === cached)
      const isInHand = m.limits.concurrent && m.frames[cached].references > 1
      return shown.length > 0 || isInHand || violated(`only the cache has frame ${cached}`, `${slotPath(t)}.cached`)
    },
  }),
  claim('swap/swapped-out-is-out', {
    says: 'after swapOut the page is in no frame',
    rule: 'swap.md#swap-out',
    kind: 'return',
    also: ['FR17', 'SW7'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || !succeeded(event, 'swapOut')) return true
      const v = argument(event, 'page') as Page
      const { entry, object } = m.spaces[s].pages[v]
      if (object === null ? entry.is === 'swapped' : entry.is === 'absent') return true
      return violated(`page ${v} is ${entry.is} after swapOut`, `${pagePath(s, v)}.entry`)
    },
  }),
  claim('swap/swapped-in-is-in', {
    says: 'after swapIn the page is in a frame',
    rule: 'swap.md#swap-in',
    kind: 'return',
    also: ['FR17'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || !succeeded(event, 'swapIn')) return true
      const v = argument(event, 'page') as Page
      const { entry } = m.spaces[s].pages[v]
      return entry.is === 'present' || violated(`page ${v} is ${entry.is} after swapIn`, `${pagePath(s, v)}.entry`)
    },
  }),
  claim('swap/failure-only-evicts', {
    says: 'a command that fails for want of memory leaves nothing behind but pages that were evicted on the way',
    rule: 'swap.md#reclaim',
    kind: 'return',
    also: ['FR17', 'CW9', 'SW13'],
    holds: (m, _at, event) => {
      if (event.outcome?.is !== 'failed' || !whole.has(event.operation)) return true
      const wrong = ids(m.spaces).flatMap(s =>
        ids(m.tree).flatMap(v => (isEvictedAtMost(event, m, s, v) ? [] : [pagePath(s, v)])),
      )
      const alive = ids(m.spaces).every(s => m.spaces[s].users === event.before.spaces[s].users)
      if (wrong.length === 0 && alive) return true
      return violated(`${event.operation} fails and leaves more behind than evicted pages`, ...wrong)
    },
  }),
]

/** Operations that are undone when they fail; the others fail half way, as their rules say. */
const whole: ReadonlySet<string> = new Set(['spawn', 'fork', 'mremap', 'allocate', 'load', 'store', 'fetch', 'swapIn'])

function isEvictedAtMost(event: Event<State>, m: State, s: ReturnType<typeof ids<'space'>>[number], v: Page): boolean {
  const [was, is] = [event.before.spaces[s].pages[v], m.spaces[s].pages[v]]
  if (!sameMapping(was, is)) return false
  if (was.entry === is.entry) return true
  return was.entry.is === 'present' && is.entry.is === (was.object === null ? 'swapped' : 'absent')
}
