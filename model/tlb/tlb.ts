// Translations that a CPU keeps. It may take one up or let one go at any time, and asks nobody; that an entry has
// changed it learns only by being told. Rules: spec/tlb.md.

import type { Access } from '../../spec/interface.js'
import { notesStores } from '../files/files.js'
import { disabled, type Id, ids, type Of } from '../kit/index.js'
import {
  Cached,
  type Cpu,
  cpu,
  Flush,
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

/** A place of a TLB, with what is kept there. */
type Kept = M['cpus'][Cpu]['tlb'][Id<'translation'>]
type ToForget = Of<typeof Flush>

const allows = (rights: string, access: Access): boolean =>
  access === 'load' ? rights !== 'none' : rights.includes(access === 'store' ? 'w' : 'x')

/**
 * What a CPU translates a page of its space to now, by what it keeps or else by a walk; null is a fault. A store through
 * what was not dirty when it was kept walks too, and marks the entry that it finds.
 */
export function translate(m: M, cpu: Cpu, space: Space, v: Page, access: Access): Frame | 'zero' | null {
  const marks = access === 'store' && notesStores(m, space, v)
  for (const place of m.cpus[cpu].tlb) {
    const { holds } = place
    if (
      isFor(m, cpu, place, space, v) &&
      'rights' in holds &&
      allows(holds.rights, access) &&
      (!marks || place.dirty)
    ) {
      return holds.is === 'zero' ? 'zero' : holds.frame
    }
  }
  const entry = walkTo(m, cpu, space, v)
  if ((entry.is !== 'present' && entry.is !== 'zero') || !allows(entry.rights, access)) return null
  noteUse(m, space, v)
  if (entry.is === 'zero') return 'zero'
  if (marks) noteWrite(m, cpu, space, v)
  return entry.frame
}
/** In one instant with the walk: the entry was used. Who finds the page by what it keeps walks nowhere, and says nothing. */
function noteUse(m: M, space: Space, v: Page): void {
  if (m.limits.accessedBits) m.spaces[space].pages[v].accessed = true
}
/** In one instant with the walk: the entry is dirty, and the CPU knows. */
function noteWrite(m: M, cpu: Cpu, space: Space, v: Page): void {
  m.spaces[space].pages[v].dirty = true
  for (const place of m.cpus[cpu].tlb) if (isFor(m, cpu, place, space, v)) place.dirty = true
}
/** Whether hardware takes what is kept at a place for a page of the space that it runs: it knows a space by its tag. */
function isFor(m: M, cpu: Cpu, { holds, tag }: Kept, space: Space, v: Page): boolean {
  if (holds.is === 'empty' || holds.is === 'global' || holds.page !== v) return false
  return m.limits.tagged ? tag === m.cpus[cpu].tag : holds.space === space
}

/** Hardware: a CPU walks to a page of the space whose tables are loaded, and keeps what it found. */
export const fill = rule('fill', { args: { cpu, translation, page } }, (m, my) => {
  const { active, tlb } = m.cpus[my.cpu]
  if (active === null || tlb[my.translation].holds.is !== 'empty') return disabled
  const entry = walkTo(m, my.cpu, active, my.page)
  if (entry.is !== 'present' && entry.is !== 'zero') return disabled
  if (entry.rights === 'none' || ids(tlb).some(t => isFor(m, my.cpu, tlb[t], active, my.page))) return disabled
  noteUse(m, active, my.page)
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
function letGo(place: Kept): void {
  place.holds = Cached.empty
  place.tag = null
  place.dirty = false
}

/** Forgets what somebody asks to be forgotten. */
export function forget(m: M, cpu: Cpu, what: ToForget): void {
  for (const place of m.cpus[cpu].tlb) if (isMeant(m, place, what)) letGo(place)
  if ('space' in what) forgetWalks(m, cpu, what.space)
  if (what.is === 'all') for (const space of ids(m.spaces)) forgetWalks(m, cpu, space)
}
export const forgetSpace = (m: M, cpu: Cpu, space: Space): void => forget(m, cpu, Flush.space({ space }))
/** All spaces; what the kernel half has is the same in each, and stays. */
export function forgetAll(m: M, cpu: Cpu): void {
  for (const place of m.cpus[cpu].tlb) if (place.holds.is !== 'global') letGo(place)
}

function isMeant(m: M, place: Kept, what: ToForget): boolean {
  const { holds } = place
  switch (what.is) {
    case 'none':
      return false
    case 'page':
      return isIn(m, place, what.space) && isAmong(holds, what.page, 1)
    case 'range':
      return isIn(m, place, what.space) && isAmong(holds, what.page, what.count)
    case 'frame':
      return holds.is === 'present' && holds.frame === what.frame
    case 'space':
    case 'leave':
      return isIn(m, place, what.space)
    case 'kernel':
      return holds.is === 'global' && holds.kernelPage === what.kernelPage
    case 'all':
      return holds.is !== 'global'
  }
}
const isAmong = (holds: Kept['holds'], first: Page, count: number): boolean =>
  'page' in holds && holds.page >= first && holds.page < first + count
/** Where tags run out, who asks to forget a space names the tag that it has now. */
function isIn(m: M, { holds, tag }: Kept, space: Space): boolean {
  if (holds.is === 'empty' || holds.is === 'global') return false
  return m.limits.tagged ? tag === m.spaces[space].tag : holds.space === space
}
