// Answers questions about a state, for any side that can be observed: the model's state, the implementation's memory,
// later an outside kernel. The words of the answers:
//
//   vmas     the regions, lowest first, joined by ", ": `@0-1 rw anon, @3 r s0+1 locked`; `none` where nothing is mapped.
//            `@0-1` is pages 0 and 1, both ends belong to it; a region of one page is written `@3`. Then the protection,
//            and what is mapped: `anon`; `s0+1`, segment 0 from its page 1; `sh0+0`, shared anonymous memory, numbered by
//            first appearance. Then, where so: `locked` or `onfault`, and `grows` for a stack.
//   state    `st:absent` (nothing is there, or nothing is mapped), `st:zero` (the frame of zeros), `st:anon` (a frame),
//            `st:file` (a frame of shared memory), `st:swap`, `st:guard`
//   states   one letter a page: `.` absent, `z` zero, `a` anon, `f` file, `s` swap, `g` guard, `-` unmapped
//   same     `yes` where both pages hold the same frame, or the same slot; else `no`, also where one holds nothing
//   count    `n:1`, how often the frame or slot of the page is mapped in all; `n:0` where it holds none of its own
//   locked   `n:2`, how many pages of the process are locked
//   flag     `yes` where the region of the page has the flag: `lo` locked, `lf` locked on fault
//   smap     `n:2`, a figure of the region of the page, in pages: `Rss`, `Locked`, `Swap` (figures.ts)
//
// A question about a page that lies beyond the window answers `outside`, so that a wrong number cannot pass as absent.

import { match } from 'ts-pattern'
import type { Protection } from '../../spec/interface.js'
import { printRange } from './fields.js'
import { figureOf, hasFlag } from './figures.js'
import type { ProcessPage, Query } from './scenario.js'

export const entryKinds = ['absent', 'zero', 'anon', 'file', 'swap', 'guard'] as const
export type EntryKind = (typeof entryKinds)[number]

/** What a page holds. `identity` is compared among entries of one kind only: a frame number, a slot number, … */
export type ObservedEntry =
  | { readonly kind: 'absent' | 'zero' | 'guard' }
  | { readonly kind: 'anon' | 'file' | 'swap'; readonly identity: number | string; readonly mappings: number }

/** Shared memory that a region maps: which record it has, and the page of it that comes first. */
export interface ObservedObject {
  readonly is: 'segment' | 'anonymous'
  readonly record: number
  readonly offset: number
}

/** A region, from its first page to its last. */
export interface ObservedRegion {
  readonly first: number
  readonly last: number
  readonly protection: Protection | 'guard'
  readonly object: ObservedObject | null
  readonly lock: 'none' | 'locked' | 'onfault'
  readonly grows: boolean
}

/** What has to be seen of a state. A process that is not alive has nothing mapped; any process number may be asked. */
export interface Observed {
  /** How many pages the window has. No other page is asked for. */
  readonly pages: number
  /** In the order of their pages. */
  regions(process: number): readonly ObservedRegion[]
  entry(process: number, page: number): ObservedEntry
  /** How many pages are locked. */
  locked(process: number): number
}

export const letters = {
  absent: '.',
  zero: 'z',
  anon: 'a',
  file: 'f',
  swap: 's',
  guard: 'g',
  unmapped: '-',
} as const satisfies { readonly [K in EntryKind | 'unmapped']: string }
export const outside = 'outside'
export const noRegions = 'none'

export function answer(query: Query, observed: Observed): string {
  if (highestPage(query) >= observed.pages) return outside
  return match(query)
    .with({ name: 'vmas' }, ({ process }) => regions(observed.regions(process)))
    .with({ name: 'state' }, ({ process, page }) => `st:${observed.entry(process, page).kind}`)
    .with({ name: 'states' }, ({ process, first, last }) => states(process, first, last, observed))
    .with({ name: 'same' }, ({ one, other }) => (same(one, other, observed) ? 'yes' : 'no'))
    .with({ name: 'count' }, ({ process, page }) => `n:${mappings(observed.entry(process, page))}`)
    .with({ name: 'locked' }, ({ process }) => `n:${observed.locked(process)}`)
    .with({ name: 'flag' }, it => (hasFlag(regionAt(it, observed), it.flag) ? 'yes' : 'no'))
    .with({ name: 'smap' }, it => `n:${figureOf(regionAt(it, observed), it.process, it.figure, observed)}`)
    .exhaustive()
}

/** The highest page that a question names, -1 where it names none. */
function highestPage(query: Query): number {
  return match(query)
    .with({ name: 'vmas' }, { name: 'locked' }, () => -1)
    .with({ name: 'state' }, { name: 'count' }, { name: 'flag' }, { name: 'smap' }, ({ page }) => page)
    .with({ name: 'states' }, ({ last }) => last)
    .with({ name: 'same' }, ({ one, other }) => Math.max(one.page, other.page))
    .exhaustive()
}

function regions(all: readonly ObservedRegion[]): string {
  const shared: number[] = []
  const runs = all.map(region => {
    const flags = [...(region.lock === 'none' ? [] : [region.lock]), ...(region.grows ? ['grows'] : [])]
    return [printRange(region.first, region.last), region.protection, what(region.object, shared), ...flags].join(' ')
  })
  return runs.length === 0 ? noRegions : runs.join(', ')
}

/** Shared anonymous memory has no name of its own: `shared` collects the records as they appear. */
function what(object: ObservedObject | null, shared: number[]): string {
  if (object === null) return 'anon'
  if (object.is === 'segment') return `s${object.record}+${object.offset}`
  if (!shared.includes(object.record)) shared.push(object.record)
  return `sh${shared.indexOf(object.record)}+${object.offset}`
}

function states(process: number, first: number, last: number, observed: Observed): string {
  const all = observed.regions(process)
  const pages = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const mapped = (page: number) => all.some(region => region.first <= page && page <= region.last)
  return pages.map(page => letters[mapped(page) ? observed.entry(process, page).kind : 'unmapped']).join('')
}

const regionAt = ({ process, page }: ProcessPage, observed: Observed): ObservedRegion | null =>
  observed.regions(process).find(({ first, last }) => first <= page && page <= last) ?? null

type Holding = Extract<ObservedEntry, { readonly identity: number | string }>
const holdsOwn = (entry: ObservedEntry): entry is Holding =>
  entry.kind === 'anon' || entry.kind === 'file' || entry.kind === 'swap'

function same(one: ProcessPage, other: ProcessPage, observed: Observed): boolean {
  const here = observed.entry(one.process, one.page)
  const there = observed.entry(other.process, other.page)
  if (here.kind === 'zero' && there.kind === 'zero') return true
  return holdsOwn(here) && holdsOwn(there) && here.kind === there.kind && here.identity === there.identity
}

function mappings(entry: ObservedEntry): number {
  return holdsOwn(entry) ? entry.mappings : 0
}
