// Claims about swap slots: counted right, free when nothing names them, holding what was swapped out, and lying in
// areas that are in use. Rules: spec/swap.md.

import {
  area,
  type Event,
  ids,
  type Page,
  page,
  process,
  type Slot,
  type State,
  slot,
  space,
  violated,
} from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { argument, callerSpace, holds, pagesWhere, partsWhere, sameMapping, succeeded } from './walk.js'

const path = (t: number): string => `slots[${t}]`
const namedBy = (m: State, t: Slot): string[] => [
  ...pagesWhere(m, ({ entry }) => entry.is === 'swapped' && entry.slot === t),
  ...partsWhere(m, at => at.is === 'swapped' && at.slot === t),
]

export const swapClaims = [
  claim('swap/free-slot-is-unnamed', {
    says: 'nothing names a free slot, and nothing is remembered of what it held',
    rule: 'swap.md#slots',
    also: ['SW2', 'SW10'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const { references, content, cached } = m.slots[t]
      if (references > 0) return true
      const found = namedBy(m, t)
      if (found.length > 0) return violated(`slot ${t} is free, and named`, `${path(t)}.references`, ...found)
      return (content.is === 'stale' && cached === null) || violated(`slot ${t} is free and not blank`, path(t))
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
    says: 'the slot of a swapped page holds what was last stored to the page',
    rule: 'swap.md#contents',
    also: ['SW4', 'CW11'],
    over: { space, page },
    holds: (m, at) => {
      const { entry } = m.spaces[at.space].pages[at.page]
      if (entry.is !== 'swapped') return true
      const want = m.ghost.spaces[at.space].pages[at.page].byte
      if (holds(m.slots[entry.slot].content, want)) return true
      return violated(
        `slot ${entry.slot} does not hold ${want}, which was last stored to page ${at.page} of space ${at.space}`,
        `${pagePath(at.space, at.page)}.entry`,
        `${path(entry.slot)}.content`,
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
      violated(`slot ${t} counts ${m.slots[t].references} references, the limit is ${m.limits.sharers}`, path(t)),
  }),
  claim('swap/cache-is-clean', {
    says: 'a frame in the swap cache holds what its slot holds',
    rule: 'swap.md#cache',
    also: ['SW5'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const { cached, content } = m.slots[t]
      if (cached === null || m.frames[cached].content === content) return true
      return violated(`slot ${t} and its frame ${cached} differ`, `${path(t)}.content`, `frames[${cached}].content`)
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
        others.length === 0 || violated(`frame ${cached} is cached for several slots`, path(t), ...others.map(path))
      )
    },
  }),
  claim('swap/cache-lets-go', {
    says: 'the swap cache alone keeps no frame',
    rule: 'swap.md#cache',
    also: ['FR18', 'SW3'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const { cached } = m.slots[t]
      if (cached === null) return true
      const shown = pagesWhere(m, ({ entry }) => entry.is === 'present' && entry.frame === cached)
      return shown.length > 0 || violated(`only the cache has frame ${cached}`, `${path(t)}.cached`)
    },
  }),
  claim('swap/slots-in-use-are-on', {
    says: 'a slot in use lies in an area in use',
    rule: 'swap.md#areas',
    also: ['SW8', 'SW7'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const { references, area: a } = m.slots[t]
      return (
        references === 0 || m.areas[ids(m.areas)[a]].on || violated(`slot ${t} is in use, its area is off`, path(t))
      )
    },
  }),
  claim('swap/off-means-empty', {
    says: 'swapoff answers when nothing is left in the area',
    rule: 'swap.md#swapoff',
    kind: 'return',
    also: ['SW8'],
    holds: (m, _at, event) => {
      if (!succeeded(event, 'swapoff')) return true
      const a = argument(event, 'area')
      const left = ids(m.slots).find(
        t => m.slots[t].area === a && (m.slots[t].references > 0 || namedBy(m, t).length > 0),
      )
      if (left !== undefined) return violated(`slot ${left} is still in use`, path(left))
      return !m.areas[ids(m.areas)[a]].on || violated(`area ${a} is still on`, `areas[${a}]`)
    },
  }),
  claim('swap/area-is-fit', {
    says: 'an area is used only once it has a header and while it keeps it, and never one with holes',
    rule: 'swap.md#areas',
    kind: 'step',
    over: { area },
    holds: (m, { area: a }, { before }) => {
      const [was, is] = [before.areas[a], m.areas[a]]
      if (!is.on) return is.priority === 0 || violated(`area ${a} is off and has a priority`, `areas[${a}].priority`)
      const wanted = was.on ? was.header : true
      return (is.header === wanted && is.device !== 'holes') || violated(`area ${a} is used as it is`, `areas[${a}]`)
    },
  }),
  claim('swap/chosen-priorities-run-on', {
    says: 'the priorities that the system chose are −1, −2, … without a gap',
    rule: 'swap.md#priorities',
    holds: m => {
      const chosen = ids(m.areas)
        .map(a => m.areas[a].priority)
        .filter(priority => priority < 0)
        .sort((a, b) => b - a)
      return chosen.every((priority, i) => priority === -1 - i) || violated(`the priorities are ${chosen.join(', ')}`)
    },
  }),
  claim('swap/best-area-first', {
    says: 'a page goes to an area of the highest priority that has room',
    rule: 'swap.md#priorities',
    kind: 'return',
    holds: (m, _at, event) => {
      const t = filled(m, event)
      if (t === null) return true
      const { slots, areas } = event.before
      const priority = (of: Slot) => areas[ids(areas)[slots[of].area]].priority
      const better = ids(slots).find(
        o =>
          areas[ids(areas)[slots[o].area]].on &&
          slots[o].references === 0 &&
          (priority(o) > priority(t) || slots[t].references > 0),
      )
      return better === undefined || violated(`slot ${t} was taken, and slot ${better} is free`, path(t), path(better))
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
  claim('swap/needs-the-capability', {
    says: 'areas are changed only by whoever has the capability',
    rule: 'swap.md#areas',
    kind: 'step',
    over: { process },
    holds: (m, { process: p }, event) => {
      const { before, operation } = event
      if (event.arguments.process !== p || !before.processes[p].dropped.sysAdmin) return true
      const changed = ids(m.areas).find(a => {
        const [was, is] = [before.areas[a], m.areas[a]]
        return was.on !== is.on || was.header !== is.header || was.priority !== is.priority
      })
      return (
        changed === undefined || violated(`${operation} changes area ${changed} for process ${p}`, `areas[${changed}]`)
      )
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

/** The slot that swapOut has newly filled; null where the page was in the swap cache, and its slot was good. */
function filled(m: State, event: Event<State>): Slot | null {
  const s = callerSpace(m, event)
  if (s === null || !succeeded(event, 'swapOut')) return null
  const v = argument(event, 'page') as Page
  const was = event.before.spaces[s].pages[v].entry
  if (was.is !== 'present' || [...event.before.slots].some(({ cached }) => cached === was.frame)) return null
  const { entry, object, offset } = m.spaces[s].pages[v]
  if (entry.is === 'swapped') return entry.slot
  if (object === null) return null
  const { parts } = m.objects[object]
  const { at } = parts[ids(parts)[offset]]
  return at.is === 'swapped' ? at.slot : null
}
