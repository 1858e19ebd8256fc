// Translations that a CPU keeps. It may take one up or let one go at any time, and asks nobody; that an entry has
// changed it learns only by being told. Rules: spec/tlb.md.

import type { Access } from '../../spec/interface.js'
import { notesStores } from '../files/files.js'
import { disabled, type Id, ids } from '../kit/index.js'
import {
  Cached,
  type Cpu,
  cpu,
  type Frame,
  kernelPage,
  type M,
  type Page,
  page,
  rule,
  type Space,
  translation,
} from '../state.js'
import { forgetWalks, walkTo } from './walks.js'

type Place = M['cpus'][Cpu]['tlb'][Id<'translation'>]

const allows = (rights: string, access: Access): boolean =>
  access === 'load' ? rights !== 'none' : rights.includes(access === 'store' ? 'w' : 'x')

/**
 * What a CPU translates a page of its space to now, by what it keeps or else by a walk; null is a fault. A store through
 * what was not dirty when it was kept walks too, and marks the entry that it finds.
 */
export function translate(m: M, my: Cpu, space: Space, v: Page, access: Access): Frame | 'zero' | null {
  const marks = access === 'store' && notesStores(m, space, v)
  for (const place of m.cpus[my].tlb) {
    const { holds } = place
    if (isFor(m, my, place, space, v) && 'rights' in holds && allows(holds.rights, access) && (!marks || place.dirty)) {
      return holds.is === 'zero' ? 'zero' : holds.frame
    }
  }
  const entry = walkTo(m, my, space, v)
  if (entry.is === 'zero') return allows(entry.rights, access) ? 'zero' : null
  if (entry.is !== 'present' || !allows(entry.rights, access)) return null
  if (marks) mark(m, my, space, v)
  return entry.frame
}
/** In one instant with the walk: the entry is dirty, and the CPU knows. */
function mark(m: M, my: Cpu, space: Space, v: Page): void {
  m.spaces[space].pages[v].dirty = true
  for (const place of m.cpus[my].tlb) if (isFor(m, my, place, space, v)) place.dirty = true
}
/** Whether hardware takes what is kept at a place for a page of the space that it runs: it knows a space by its tag. */
function isFor(m: M, my: Cpu, { holds, tag }: Place, space: Space, v: Page): boolean {
  if (holds.is === 'empty' || holds.is === 'global' || holds.page !== v) return false
  return m.limits.tagged ? tag === m.cpus[my].tag : holds.space === space
}

/** Hardware: a CPU walks to a page of the space whose tables are loaded, and keeps what it found. */
export const fill = rule('fill', { args: { cpu, translation, page } }, (m, my) => {
  const { active, tlb } = m.cpus[my.cpu]
  if (active === null || tlb[my.translation].holds.is !== 'empty') return disabled
  const entry = walkTo(m, my.cpu, active, my.page)
  if (entry.is !== 'present' && entry.is !== 'zero') return disabled
  if (entry.rights === 'none' || ids(tlb).some(t => isFor(m, my.cpu, tlb[t], active, my.page))) return disabled
  tlb[my.translation].tag = m.cpus[my.cpu].tag
  tlb[my.translation].dirty = m.spaces[active].pages[my.page].dirty
  tlb[my.translation].holds =
    entry.is === 'zero'
      ? Cached.zero({ space: active, page: my.page, rights: entry.rights })
      : Cached.present({ space: active, page: my.page, frame: entry.frame, rights: entry.rights })
})

/** Hardware: a CPU walks to a page of the kernel half, whatever tables are loaded, and keeps what it found without a tag. */
export const fillKernel = rule('fillKernel', { args: { cpu, translation, kernelPage } }, (m, my) => {
  const { frame } = m.kernel[my.kernelPage]
  const place = m.cpus[my.cpu].tlb[my.translation]
  if (frame === null || place.holds.is !== 'empty') return disabled
  place.holds = Cached.global({ kernelPage: my.kernelPage, frame })
})

/** Hardware: a CPU lets a translation go, for whatever reason. */
export const evict = rule('evict', { args: { cpu, translation } }, (m, my) => {
  const place = m.cpus[my.cpu].tlb[my.translation]
  if (place.holds.is === 'empty') return disabled
  letGo(place)
})
function letGo(place: Place): void {
  place.holds = Cached.empty
  place.tag = null
  place.dirty = false
}

/** Forgets what somebody asks to be forgotten. */
export function forget(m: M, my: Cpu, what: What): void {
  for (const place of m.cpus[my].tlb) if (isMeant(m, place, what)) letGo(place)
  if (what.is !== 'frame' && what.space !== undefined) forgetWalks(m, my, what.space)
}
export const forgetSpace = (m: M, my: Cpu, space: Space): void => forget(m, my, { is: 'space', space })
/** All spaces; what the kernel half has is the same in each, and stays. */
export function forgetAll(m: M, my: Cpu): void {
  for (const place of m.cpus[my].tlb) if (place.holds.is !== 'global') letGo(place)
}

interface What {
  readonly is: string
  readonly space?: Space
  readonly page?: Page
  readonly count?: number
  readonly frame?: Frame
  readonly kernelPage?: Id<'kernelPage'>
}
function isMeant(m: M, place: Place, what: What): boolean {
  const { holds } = place
  if (holds.is === 'empty') return false
  if (holds.is === 'global') return what.is === 'kernel' && holds.kernelPage === what.kernelPage
  switch (what.is) {
    case 'page':
      return isIn(m, place, what.space) && holds.page === what.page
    case 'range':
      return isIn(m, place, what.space) && isAmong(holds.page, what)
    case 'frame':
      return holds.is === 'present' && holds.frame === what.frame
    case 'space':
    case 'leave':
      return isIn(m, place, what.space)
    default:
      return false
  }
}
const isAmong = (v: Page, { page, count }: What): boolean =>
  page !== undefined && count !== undefined && v >= page && v < page + count
/** Where tags run out, who asks to forget a space names the tag that it has now. */
function isIn(m: M, { holds, tag }: Place, space: Space | undefined): boolean {
  if (holds.is === 'empty' || holds.is === 'global' || space === undefined) return false
  return m.limits.tagged ? tag === m.spaces[space].tag : holds.space === space
}
