// Claims about tables that are frames: what hangs in a directory is a table, nothing else is, and one goes only when nobody
// can be in it. Where tables are no frames they say nothing. Rules: spec/page-tables.md#framed, spec/tlb.md#walks.

import type { Of } from '../../model/index.js'
import {
  type Cpu,
  cpu,
  type Frame,
  frame,
  has,
  ids,
  page,
  type Space,
  type State,
  space,
  type Table,
  table,
  violated,
  type Walk,
  walk,
} from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { mappings } from './walk.js'

const directoryPath = (s: number, t: number): string => `spaces[${s}].directory[${t}]`
const framePath = (f: number): string => `frames[${f}]`

/** Where a table hangs, everywhere. */
const placesOf = (m: State, f: Frame): readonly { readonly space: Space; readonly table: Table }[] =>
  ids(m.spaces).flatMap(s =>
    ids(m.spaces[s].directory)
      .filter(t => m.spaces[s].directory[t].frame === f)
      .map(t => ({ space: s, table: t })),
  )

/** Whether a walk leads to a table that hangs where it was read, or to one that is being taken down. */
function leadsToTable(m: State, holds: Of<typeof Walk>): boolean {
  if (holds.is === 'empty') return true
  const places = placesOf(m, holds.frame)
  const hangs = places.some(at => at.space === holds.space && at.table === holds.table)
  return m.frames[holds.frame].kind === 'table' && (hangs || places.length === 0)
}
/** What a CPU keeps of a way, and may use: what it will forget before it runs the space again does not count. */
const isKept = (m: State, c: Cpu, holds: Of<typeof Walk>): boolean =>
  holds.is === 'table' && !has(m.cpus[c].behind, holds.space)

/** Where a CPU keeps the way to a frame, or is in it. */
const waysTo = (m: State, f: Frame): readonly string[] =>
  ids(m.cpus).flatMap(c => {
    const { walks, walking } = m.cpus[c]
    const kept = ids(walks).filter(w => {
      const { holds } = walks[w]
      return holds.is === 'table' && holds.frame === f && isKept(m, c, holds)
    })
    const isIn = walking.is === 'table' && walking.frame === f
    return [...kept.map(w => `cpus[${c}].walks[${w}].holds`), ...(isIn ? [`cpus[${c}].walking`] : [])]
  })
/** Where a CPU translates to a frame. */
const translationsTo = (m: State, f: Frame): readonly string[] =>
  ids(m.cpus).flatMap(c =>
    ids(m.cpus[c].tlb)
      .filter(t => {
        const { holds } = m.cpus[c].tlb[t]
        return holds.is === 'present' && holds.frame === f && !has(m.cpus[c].behind, holds.space)
      })
      .map(t => `cpus[${c}].tlb[${t}].holds`),
  )

export const directoryClaims = [
  claim('page-tables/directory-leads-to-tables', {
    says: 'what hangs in a directory is a table that was cleared, and hangs there alone',
    rule: 'page-tables.md#framed',
    also: ['PT1', 'PT2', 'PT12'],
    over: { space, table },
    always: true,
    holds: (m, at) => {
      const { frame: f } = m.spaces[at.space].directory[at.table]
      if (f === null) return true
      const { kind, content } = m.frames[f]
      const places = placesOf(m, f).map(it => directoryPath(it.space, it.table))
      if (kind !== 'table') return violated(`frame ${f} hangs as a table, and is ${kind}`, framePath(f), ...places)
      if (content.is !== 'zero')
        return violated(`frame ${f} hangs as a table, and is not cleared`, framePath(f), ...places)
      return places.length === 1 || violated(`frame ${f} hangs in ${places.length} places`, ...places)
    },
  }),
  claim('page-tables/entry-has-table', {
    says: 'the entry of a page is in a table that hangs in the directory',
    rule: 'page-tables.md#framed',
    also: ['PT2'],
    over: { space, page },
    always: true,
    holds: (m, at) => {
      const t = m.tree[at.page].table
      if (!m.limits.framed || m.spaces[at.space].pages[at.page].entry.is === 'absent') return true
      if (m.spaces[at.space].directory[t].frame !== null) return true
      return violated(
        `page ${at.page} of space ${at.space} has an entry, and there is no table for it`,
        `${pagePath(at.space, at.page)}.entry`,
        directoryPath(at.space, t),
      )
    },
  }),
  claim('page-tables/no-way-into-tables', {
    says: 'no entry and no translation shows a frame that is a table',
    rule: 'page-tables.md#framed',
    also: ['PT3', 'PT4'],
    over: { frame },
    holds: (m, { frame: f }) => {
      if (m.frames[f].kind !== 'table') return true
      const found = [...mappings(m, f), ...translationsTo(m, f)]
      return found.length === 0 || violated(`frame ${f} is a table, and a page shows it`, framePath(f), ...found)
    },
  }),
  claim('page-tables/table-goes-when-forgotten', {
    says: 'a table goes only when no CPU keeps the way to it, none is in it, and none has still to answer',
    rule: 'page-tables.md#framed',
    kind: 'step',
    interleaved: true,
    also: ['PT15'],
    over: { frame },
    holds: (m, { frame: f }, event) => {
      if (event.before.frames[f].kind !== 'table' || m.frames[f].kind === 'table') return true
      const ways = waysTo(m, f)
      if (ways.length > 0)
        return violated(`frame ${f} is a table no more, and a CPU can be in it`, framePath(f), ...ways)
      const by = event.arguments.cpu as Cpu
      const late = ids(m.cpus).find(c => has(m.cpus[c].asked, by))
      return (
        late === undefined || violated(`frame ${f} is a table no more, and CPU ${late} has not answered`, framePath(f))
      )
    },
  }),
  claim('tlb/walker-reads-a-table', {
    says: 'who walks without locks is in a table that hangs there, or is being taken down',
    rule: 'tlb.md#walkers',
    also: ['PT15'],
    over: { cpu },
    holds: (m, at) => {
      const { walking } = m.cpus[at.cpu]
      if (walking.is === 'empty' || leadsToTable(m, walking)) return true
      return violated(
        `CPU ${at.cpu} walks through frame ${walking.frame}, which is ${m.frames[walking.frame].kind} by now`,
        `cpus[${at.cpu}].walking`,
        framePath(walking.frame),
      )
    },
  }),
  claim('tlb/walks-lead-to-tables', {
    says: 'what a CPU keeps of a way leads to a table that hangs there, or is being taken down',
    rule: 'tlb.md#walks',
    also: ['TL5'],
    over: { cpu, walk },
    holds: (m, at) => {
      const { holds } = m.cpus[at.cpu].walks[at.walk]
      if (holds.is === 'empty' || !isKept(m, at.cpu, holds) || leadsToTable(m, holds)) return true
      return violated(
        `CPU ${at.cpu} keeps the way to frame ${holds.frame}, which is ${m.frames[holds.frame].kind} by now`,
        `cpus[${at.cpu}].walks[${at.walk}].holds`,
        framePath(holds.frame),
      )
    },
  }),
  claim('frames/kind-is-of-use', {
    says: 'a frame that is counted is a page or a table, and one that is free is neither',
    rule: 'frames.md#kinds',
    also: ['FR1', 'FR3'],
    over: { frame },
    holds: (m, { frame: f }) => {
      const { kind, references } = m.frames[f]
      if (!m.limits.framed || (kind === 'free') === (references === 0)) return true
      return violated(`frame ${f} counts ${references}, and is ${kind}`, `${framePath(f)}.kind`)
    },
  }),
  claim('frames/kind-changes-unseen', {
    says: 'a frame becomes something else by way of being free, and free only when no CPU reaches it as what it was',
    rule: 'frames.md#kinds',
    kind: 'step',
    interleaved: true,
    also: ['FR13'],
    over: { frame },
    holds: (m, { frame: f }, { before }) => {
      const [was, is] = [before.frames[f].kind, m.frames[f].kind]
      if (was === 'free' || was === is) return true
      if (is !== 'free') return violated(`frame ${f} was a ${was}, and is a ${is}`, `${framePath(f)}.kind`)
      const found = [...translationsTo(m, f), ...waysTo(m, f)]
      return (
        found.length === 0 || violated(`frame ${f} was a ${was}, and can be reached as one`, framePath(f), ...found)
      )
    },
  }),
]
