// Which process runs on a CPU, and whose tables are loaded. A CPU keeps translations of spaces that it has left; where
// such a space changed meanwhile, they go before the CPU runs it again. Rules: spec/concurrency.md#cpus.

import { has, ids, need, withoutMember } from '../kit/index.js'
import { type Cpu, type M, type Process, type Space, spaceOf } from '../state.js'
import { forgetSpace } from '../tlb/tlb.js'

/** An operation that a process has called, on the CPU that runs it. */
export interface Running {
  readonly cpu: Cpu
  readonly process: Process
}

/** The process runs on this CPU from now on, and is in the kernel. */
export function begin(m: M, my: Running): void {
  const it = m.cpus[my.cpu]
  activate(m, my.cpu, need(spaceOf(m, my.process)))
  it.process = my.process
  it.busy = true
}
/** It is back in its program. */
export function end(m: M, { cpu }: { readonly cpu: Cpu }): void {
  m.cpus[cpu].busy = false
  m.cpus[cpu].making = null
  m.cpus[cpu].ending = false
}

/** Loads the tables of a space; what was known of it before goes if it is out of date. */
export function activate(m: M, cpu: Cpu, space: Space): void {
  const it = m.cpus[cpu]
  if (it.active === space) return
  it.active = space
  if (!has(it.behind, space)) return
  forgetSpace(m, cpu, space)
  it.behind = withoutMember(it.behind, space)
}

/** Hardware has no tables to walk (Linux: cpu_set_reserved_ttbr0), and nobody need tell it what changes in them. */
export function unload(m: M, cpu: Cpu): void {
  const it = m.cpus[cpu]
  if (m.limits.tagged) {
    if (it.active !== null) m.spaces[it.active].seen = withoutMember(m.spaces[it.active].seen, cpu)
    it.tag = null
    it.running = false
  }
  it.active = null
}

/** Whether a process can do anything on a CPU: where tags run out, it must have been switched to. */
export const isOnCpu = (m: M, cpu: Cpu, space: Space): boolean =>
  !m.limits.tagged || (m.cpus[cpu].running && m.cpus[cpu].active === space)

/** Whether another CPU is in the kernel for the same process. */
export const isBusyElsewhere = (m: M, my: Running): boolean =>
  ids(m.cpus).some(c => c !== my.cpu && m.cpus[c].busy && m.cpus[c].process === my.process)

/** Whether another CPU is ending the process. */
export const isEnding = (m: M, my: Running): boolean =>
  ids(m.cpus).some(c => c !== my.cpu && m.cpus[c].ending && m.cpus[c].process === my.process)

/** Whether another CPU is about to make this process. */
export const isBeingMade = (m: M, cpu: Cpu, process: Process): boolean =>
  ids(m.cpus).some(c => c !== cpu && m.cpus[c].making === process)
