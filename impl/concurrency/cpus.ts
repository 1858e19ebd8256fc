// What one of several CPUs is: whose tables it has loaded, what it keeps of them, its mail, its locks, and the frames
// that it has gathered. All of it is in the buffer; where one CPU runs alone there is nothing of it
// (spec/concurrency.md#cpus).

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import { createShootdown } from '../tlb/shootdown.js'
import { createTlb } from '../tlb/tlb.js'
import { createLocks } from './locks.js'

export type Cpus = ReturnType<typeof createCpus>

export function createCpus(core: Core) {
  const { words, layout, cpu: CPU } = core
  const { NONE } = answers
  const { cpuField, cpuWords } = layouts
  const { spaces: SPACES } = core.boot
  const tlb = createTlb(core)
  const shootdown = createShootdown(core, tlb)
  const locks = createLocks(core, shootdown)
  const ACTIVE = layout.cpus + CPU * cpuWords + cpuField.active
  /** The word that says whether the running operation has evicted something. */
  const evictedWord = core.boot.cpus > 1 ? layout.cpus + CPU * cpuWords + cpuField.evicted : layout.evicted
  const BEHIND = layout.behind + CPU * SPACES

  function format() {
    for (const part of [tlb, shootdown, locks]) part.format()
    if (core.boot.cpus > 1) words.fill(0, layout.slotBusy, layout.slotBusy + core.boot.slots)
  }

  /** Loads the tables of a space, or of none; what was known of it before goes if it is out of date. */
  function activate(space: number) {
    if (words[ACTIVE] === space) return
    // Said first and looked for then: see shootdown, which marks first and asks then.
    Atomics.store(words, ACTIVE, space)
    if (space !== NONE && Atomics.exchange(words, BEHIND + space, 0) !== 0) tlb.forgetSpace(CPU, space)
  }

  return { activate, evictedWord, tlb, ...shootdown, ...locks, format }
}
