// Walks through tables that are frames. Hardware keeps the upper part of a walk and begins the next one there; the kernel
// walks without locks here and there, and lets no interrupt in meanwhile. Both read a table when they come to it, as what
// it is by then. Rules: spec/tlb.md#walks, spec/tlb.md#walkers.

import { disabled, ids, type Of } from '../kit/index.js'
import {
  Content,
  type Cpu,
  cpu,
  Entry,
  type Frame,
  type M,
  type Page,
  rule,
  type Space,
  type Table,
  table,
  Walk,
  walk,
} from '../state.js'

/** What a walk of this CPU to a page of its space finds: by the table that it keeps, or else by the one that hangs there. */
export function walkTo(m: M, cpu: Cpu, space: Space, v: Page): Of<typeof Entry> {
  if (!m.limits.framed) return m.spaces[space].pages[v].entry
  const { table, offset } = m.tree[v]
  const f = keptTable(m, cpu, space, table) ?? m.spaces[space].directory[table].frame
  return f === null ? Entry.absent : read(m, f, offset)
}

/**
 * What a frame reads as where an entry is wanted: the entry, if it hangs as a table somewhere; nothing, if it is cleared.
 * Memory that is no table may read as anything. What the model lets it be is what an attacker would write there: an entry
 * that shows the frame itself.
 */
function read(m: M, f: Frame, offset: number): Of<typeof Entry> {
  if (m.frames[f].content !== Content.zero) return Entry.present({ frame: f, rights: 'rw' })
  for (const s of m.spaces) {
    for (const t of ids(s.directory)) {
      if (s.directory[t].frame !== f) continue
      const page = ids(s.pages).find(v => m.tree[v].table === t && m.tree[v].offset === offset)
      return page === undefined ? Entry.absent : s.pages[page].entry
    }
  }
  return Entry.absent
}

function keptTable(m: M, cpu: Cpu, space: Space, t: Table): Frame | null {
  for (const { holds } of m.cpus[cpu].walks) if (isOf(holds, space, t)) return holds.is === 'table' ? holds.frame : null
  return null
}
const isOf = (holds: Of<typeof Walk>, space: Space, t: Table): boolean =>
  holds.is === 'table' && holds.space === space && holds.table === t

/** Hardware: a CPU reads an entry of the directory whose space it has loaded, and keeps it. */
export const fillWalk = rule('fillWalk', { args: { cpu, walk, table } }, (m, my) => {
  const { active, walks } = m.cpus[my.cpu]
  if (active === null || walks[my.walk].holds.is !== 'empty') return disabled
  const { frame } = m.spaces[active].directory[my.table]
  if (frame === null || ids(walks).some(w => isOf(walks[w].holds, active, my.table))) return disabled
  walks[my.walk].holds = Walk.table({ space: active, table: my.table, frame })
})

/** Hardware: a CPU lets the upper part of a walk go, for whatever reason. */
export const evictWalk = rule('evictWalk', { args: { cpu, walk } }, (m, my) => {
  const place = m.cpus[my.cpu].walks[my.walk]
  if (place.holds.is === 'empty') return disabled
  place.holds = Walk.empty
})

/** Forgets the upper parts of walks: all of a space, as a processor does that is told to forget one page (INVLPG). */
export function forgetWalks(m: M, cpu: Cpu, space: Space): void {
  for (const place of m.cpus[cpu].walks) {
    if (place.holds.is === 'table' && place.holds.space === space) place.holds = Walk.empty
  }
}

/** Whether the kernel is on a walk without locks on this CPU, which does nothing else then. */
export const isWalking = (m: M, cpu: Cpu): boolean => m.cpus[cpu].walking.is !== 'empty'

/** The kernel begins a walk without locks: it lets no interrupt in, and reads the directory. */
export const beginWalk = rule('beginWalk', { args: { cpu, table } }, (m, my) => {
  const it = m.cpus[my.cpu]
  if (!m.limits.walkers || it.active === null || it.busy || isWalking(m, my.cpu)) return disabled
  const { frame } = m.spaces[it.active].directory[my.table]
  if (frame === null) return disabled
  it.walking = Walk.table({ space: it.active, table: my.table, frame })
  it.closed = true
})
/** It reads the table, has what it wanted, and lets interrupts in again. Others may wait for that. */
export const endWalk = rule('endWalk', { args: { cpu }, interrupt: true }, (m, my) => {
  if (!isWalking(m, my.cpu)) return disabled
  m.cpus[my.cpu].walking = Walk.empty
  m.cpus[my.cpu].closed = false
})
