// What CPUs still know of pages, as claims see it: what they may use, whether it is what the tables say, and who is about to
// make them forget it. Rules: spec/tlb.md.

import {
  type Cpu,
  type Flush,
  has,
  type Id,
  ids,
  type Of,
  type Page,
  type PartId,
  type State,
  type Tag,
} from '../../model/index.js'
import { inHandOf } from './claim.js'
import { hasExecute, hasWrite, rightsOf } from './walk.js'

type Holds = State['cpus'][Cpu]['tlb'][Id<'translation'>]['holds']

/** Where a claim points when what a CPU keeps is wrong. */
export const path = (c: Cpu, t: number): string => `cpus[${c}].tlb[${t}].holds`

/** A translation of a page of a space. */
export type Kept = Exclude<Holds, { is: 'empty' | 'global' }>

/** What a CPU keeps at a place and may use: what it will forget before it runs the space again does not count. */
export function kept(m: State, c: Cpu, t: Id<'translation'>): Kept | null {
  const { holds, tag } = m.cpus[c].tlb[t]
  if (holds.is === 'empty' || holds.is === 'global') return null
  if (m.limits.tagged && isUsed(m, c, tag)) return holds
  if (m.limits.tagged && (m.cpus[c].expired || m.spaces[holds.space].tag !== tag)) return null
  return has(m.cpus[c].behind, holds.space) ? null : holds
}
/** Whether a CPU that runs translates by a tag. */
export const isUsed = (m: State, c: Cpu, tag: Tag | null): boolean => {
  const it = m.cpus[c]
  return it.running && it.active !== null && it.tag === tag
}
/** All that a CPU keeps and may use. */
export const keptOf = (m: State, c: Cpu): readonly Kept[] => ids(m.cpus[c].tlb).flatMap(t => kept(m, c, t) ?? [])

/** Whether a translation is what the entry of its page says, or allows less. */
export function agrees(m: State, holds: Kept): boolean {
  const it = m.spaces[holds.space].pages[holds.page]
  if (it.entry.is !== holds.is) return false
  if (holds.is === 'present' && it.entry.is === 'present' && it.entry.frame !== holds.frame) return false
  return !exceeds(holds.rights, rightsOf(it))
}

/** Whether a request to forget names a translation. */
export function isMeant(flush: Of<typeof Flush>, holds: Kept): boolean {
  switch (flush.is) {
    case 'none':
    case 'kernel':
      return false
    case 'page':
      return flush.space === holds.space && flush.page === holds.page
    case 'range':
      return flush.space === holds.space && within(flush.page, flush.count, holds.page)
    case 'frame':
      return holds.is === 'present' && holds.frame === flush.frame
    case 'space':
    case 'leave':
      return flush.space === holds.space
    case 'all':
      return true
  }
}
const within = (first: Page, count: number, v: Page): boolean => v >= first && v < first + count

/**
 * Whether a CPU may know for now what is not so any more. Who has changed it waits for CPUs to forget it; or is about to
 * ask, and keeps others out until then: by the lock of the space, by the entries in hand, by a slot that is being written, or
 * a page of a file that is being saved or given up. `but`: what this CPU has in hand is no excuse.
 */
export function isChanging(m: State, c: Cpu, holds: Kept, but: Cpu | null = null): boolean {
  const { space: s, page: v } = holds
  if (ids(m.cpus).some(i => i !== c && i !== but && isMeant(m.cpus[i].flush, holds))) return true
  const { writer, pages } = m.spaces[s]
  if (writer !== null && writer !== but && m.cpus[writer].flush.is === 'none') return true
  if (inHandOf(m, s, v).some(i => i !== but && m.cpus[i].flush.is === 'none')) return true
  const { entry, object, file, offset, detached } = pages[v]
  const origin = object ?? file
  const part = origin === null ? null : m.objects[origin].parts[offset as PartId]
  const away = object === null || part === null ? entry : part.at
  return detached || part?.busy === true || (away.is === 'swapped' && m.slots[away.slot].busy)
}

export const exceeds = (rights: string, most: string): boolean =>
  (hasWrite(rights) && !hasWrite(most)) || (hasExecute(rights) && !hasExecute(most))
