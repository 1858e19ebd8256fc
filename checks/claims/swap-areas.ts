// Claims about swap areas: in use only as they may be, the best one first, and empty once they are given up. Rules:
// spec/swap.md.

import { area, type Event, ids, type Page, process, type Slot, type State, slot, violated } from '../../model/index.js'
import { claim } from './claim.js'
import { namedBy, slotPath } from './swap.js'
import { argument, callerSpace, succeeded } from './walk.js'

export const swapAreasClaims = [
  claim('swap/slots-in-use-are-on', {
    says: 'a slot in use lies in an area in use',
    rule: 'swap.md#areas',
    also: ['SW8', 'SW7'],
    over: { slot },
    holds: (m, { slot: t }) => {
      const { references, area: a } = m.slots[t]
      return (
        references === 0 || m.areas[ids(m.areas)[a]].on || violated(`slot ${t} is in use, its area is off`, slotPath(t))
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
      if (left !== undefined) return violated(`slot ${left} is still in use`, slotPath(left))
      return !m.areas[ids(m.areas)[a]].on || violated(`area ${a} is still on`, `areas[${a}]`)
    },
  }),
  claim('swap/area-is-fit', {
    says: 'an area is used only once it has a header and while it keeps it, and never one with holes',
    rule: 'swap.md#areas',
    kind: 'step',
    interleaved: true,
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
      return (
        better === undefined ||
        violated(`slot ${t} was taken, and slot ${better} is free`, slotPath(t), slotPath(better))
      )
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
]

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
