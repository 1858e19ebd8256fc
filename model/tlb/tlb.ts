// Translations that a CPU keeps. It may take one up or let one go at any time, and asks nobody; that an entry has
// changed it learns only by being told. Rules: spec/tlb.md.

import type { Access } from '../../spec/interface.js'
import { disabled, ids, type Of } from '../kit/index.js'
import {
  Cached,
  type Cpu,
  cpu,
  type Flush,
  type Frame,
  type M,
  type Page,
  page,
  rule,
  type Space,
  translation,
} from '../state.js'
import { forgetWalks, walkTo } from './walks.js'

type Translation = Of<typeof Cached>

const allows = (rights: string, access: Access): boolean =>
  access === 'load' ? rights !== 'none' : rights.includes(access === 'store' ? 'w' : 'x')

/** What a CPU would translate a page of its space to now, by what it keeps or else by a walk; null is a fault. */
export function translate(m: M, my: Cpu, space: Space, v: Page, access: Access): Frame | 'zero' | null {
  for (const { holds } of m.cpus[my].tlb) {
    if (isOf(holds, space, v) && holds.is !== 'empty' && allows(holds.rights, access)) {
      return holds.is === 'zero' ? 'zero' : holds.frame
    }
  }
  const entry = walkTo(m, my, space, v)
  if (entry.is === 'zero') return allows(entry.rights, access) ? 'zero' : null
  return entry.is === 'present' && allows(entry.rights, access) ? entry.frame : null
}
export const isOf = (holds: Translation, space: Space, v: Page): boolean =>
  holds.is !== 'empty' && holds.space === space && holds.page === v

/** Hardware: a CPU walks to a page of the space whose tables are loaded, and keeps what it found. */
export const fill = rule('fill', { args: { cpu, translation, page } }, (m, my) => {
  const { active, tlb } = m.cpus[my.cpu]
  if (active === null || tlb[my.translation].holds.is !== 'empty') return disabled
  const entry = walkTo(m, my.cpu, active, my.page)
  if (entry.is !== 'present' && entry.is !== 'zero') return disabled
  if (entry.rights === 'none' || ids(tlb).some(t => isOf(tlb[t].holds, active, my.page))) return disabled
  tlb[my.translation].holds =
    entry.is === 'zero'
      ? Cached.zero({ space: active, page: my.page, rights: entry.rights })
      : Cached.present({ space: active, page: my.page, frame: entry.frame, rights: entry.rights })
})

/** Hardware: a CPU lets a translation go, for whatever reason. */
export const evict = rule('evict', { args: { cpu, translation } }, (m, my) => {
  const place = m.cpus[my.cpu].tlb[my.translation]
  if (place.holds.is === 'empty') return disabled
  place.holds = Cached.empty
})

/** Forgets what somebody asks to be forgotten. */
export function forget(m: M, my: Cpu, what: Of<typeof Flush>): void {
  for (const place of m.cpus[my].tlb) if (isMeant(place.holds, what)) place.holds = Cached.empty
  if (what.is !== 'none' && what.is !== 'frame') forgetWalks(m, my, what.space)
}
export const forgetSpace = (m: M, my: Cpu, space: Space): void => {
  for (const place of m.cpus[my].tlb) if (isMeant(place.holds, { is: 'space', space })) place.holds = Cached.empty
  forgetWalks(m, my, space)
}
function isMeant(
  holds: Translation,
  what: { readonly is: string; readonly space?: Space; readonly page?: Page; readonly frame?: Frame },
): boolean {
  if (holds.is === 'empty') return false
  switch (what.is) {
    case 'page':
      return holds.space === what.space && holds.page === what.page
    case 'frame':
      return holds.is === 'present' && holds.frame === what.frame
    case 'space':
    case 'leave':
      return holds.space === what.space
    default:
      return false
  }
}
