// Answers questions about a state, for any side that can be observed: the model's state, the implementation's memory,
// later an outside kernel. The words of the answers:
//
//   vmas     the regions, lowest first, joined by ", ": `@0-1 rw anon, @3 r anon`; `none` where nothing is mapped.
//            A region is a maximal run of adjacent pages with equal protection. `@0-1` is pages 0 and 1, both ends
//            belong to it; a region of one page is written `@3`. Then the protection and what is mapped: `anon`.
//   state    `st:absent` (nothing is there, or nothing is mapped), `st:anon` (a frame of its own), `st:swap`
//   states   one letter a page: `.` absent, `a` anon, `s` swap, `-` unmapped
//   same     `yes` where both pages hold the same frame, or the same slot; else `no`, also where one holds nothing
//   count    `n:1`, how often the frame or slot of the page is mapped in all; `n:0` where it holds nothing
//
// A question about a page that lies beyond the window answers `outside`, so that a wrong number cannot pass as absent.

import { match } from 'ts-pattern'
import type { Protection } from '../../spec/interface.js'
import { printRange } from './fields.js'
import type { ProcessPage, Query } from './scenario.js'

export const entryKinds = ['absent', 'anon', 'swap'] as const
export type EntryKind = (typeof entryKinds)[number]

/** What a page holds. `identity` is compared among entries of one kind only: a frame number, a slot number, … */
export type ObservedEntry =
  | { readonly kind: 'absent' }
  | { readonly kind: 'anon' | 'swap'; readonly identity: number | string; readonly mappings: number }

/** What has to be seen of a state. A process that is not alive has nothing mapped; any process number may be asked. */
export interface Observed {
  /** How many pages the window has. No other page is asked for. */
  readonly pages: number
  /** What the page's region allows, or null where the page is not mapped. */
  protection(process: number, page: number): Protection | null
  entry(process: number, page: number): ObservedEntry
}

export const letters = { absent: '.', anon: 'a', swap: 's', unmapped: '-' } as const
export const outside = 'outside'
export const noRegions = 'none'

export function answer(query: Query, observed: Observed): string {
  if (highestPage(query) >= observed.pages) return outside
  return match(query)
    .with({ name: 'vmas' }, ({ process }) => regions(process, observed))
    .with({ name: 'state' }, ({ process, page }) => `st:${observed.entry(process, page).kind}`)
    .with({ name: 'states' }, ({ process, first, last }) => states(process, first, last, observed))
    .with({ name: 'same' }, ({ one, other }) => (same(one, other, observed) ? 'yes' : 'no'))
    .with({ name: 'count' }, ({ process, page }) => `n:${mappings(observed.entry(process, page))}`)
    .exhaustive()
}

/** The highest page that a question names, -1 where it names none. */
function highestPage(query: Query): number {
  return match(query)
    .with({ name: 'vmas' }, () => -1)
    .with({ name: 'state' }, { name: 'count' }, ({ page }) => page)
    .with({ name: 'states' }, ({ last }) => last)
    .with({ name: 'same' }, ({ one, other }) => Math.max(one.page, other.page))
    .exhaustive()
}

function regions(process: number, observed: Observed): string {
  const runs: string[] = []
  for (let first = 0; first < observed.pages; ) {
    const protection = observed.protection(process, first)
    let next = first + 1
    while (next < observed.pages && observed.protection(process, next) === protection) next += 1
    if (protection !== null) runs.push(`${printRange(first, next - 1)} ${protection} anon`)
    first = next
  }
  return runs.length === 0 ? noRegions : runs.join(', ')
}

function states(process: number, first: number, last: number, observed: Observed): string {
  const pages = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const mapped = (page: number) => observed.protection(process, page) !== null
  return pages.map(page => letters[mapped(page) ? observed.entry(process, page).kind : 'unmapped']).join('')
}

function same(one: ProcessPage, other: ProcessPage, observed: Observed): boolean {
  const here = observed.entry(one.process, one.page)
  const there = observed.entry(other.process, other.page)
  if (here.kind === 'absent' || there.kind === 'absent') return false
  return here.kind === there.kind && here.identity === there.identity
}

function mappings(entry: ObservedEntry): number {
  return entry.kind === 'absent' ? 0 : entry.mappings
}
