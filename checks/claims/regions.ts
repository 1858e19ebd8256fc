// Claims about regions: how many there are, what they count, and that commands leave alone what they are not about. What
// a region is, is said here again, page by page, so that the model cannot agree with itself. Rules: spec/regions.md.

import { ids, type Page, type Process, page, space, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { callerChanges } from './reaches.js'
import {
  argument,
  callerSpace,
  isMapped,
  isOpen,
  pagesWhere,
  sameMapping,
  startsRegion,
  tookEffect,
  within,
} from './walk.js'

/** Operations by which a stack may grow. */
const grows: ReadonlySet<string> = new Set(['load', 'store', 'fetch'])

export const regionsClaims = [
  claim('regions/count-recount', {
    says: 'a space counts its regions: maximal runs of pages that agree in all attributes',
    rule: 'regions.md#what-a-region-is',
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
    rule: 'regions.md#what-a-region-is',
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
        it.file === null &&
        it.offset === 0 &&
        !it.seam &&
        !it.accounted &&
        it.chain === null &&
        !it.inherited &&
        it.node === null &&
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
  claim('regions/growth-keeps-its-distance', {
    says: 'a stack grows only as far as it may, over nothing, and leaves a gap to what can be accessed below',
    rule: 'regions.md#stacks',
    kind: 'step',
    interleaved: true,
    also: ['VM8', 'VM10', 'LK4'],
    holds: (m, _at, event) => {
      const s = callerSpace(m, event)
      if (s === null || !grows.has(event.operation) || event.before.spaces[s].users === 0) return true
      const v = argument(event, 'page') as Page
      const { pages } = m.spaces[s]
      const was = event.before.spaces[s].pages[v]
      if (isMapped(was) && !sameMapping(was, pages[v]))
        return violated(`an access makes another region of page ${v}, which was mapped`, pagePath(s, v))
      if (isMapped(was) || !isMapped(pages[v])) return true
      if (!pages[v].grows) return violated(`page ${v} became mapped by an access, and is no stack`, pagePath(s, v))
      const near = within(m, v - m.limits.gap, m.limits.gap).find(u => u < v && isOpen(pages[u].region))
      if (near !== undefined) return violated(`the stack at page ${v} comes too close to page ${near}`, pagePath(s, v))
      const end = ids(pages).find(u => u > v && (!isMapped(pages[u]) || startsRegion(m, s, u))) ?? m.tree.length
      return end - v <= m.limits.stack || violated(`the stack at page ${v} has ${end - v} pages`, pagePath(s, v))
    },
  }),
]
