// The machine: puts the chapters together over one buffer and is their gate to the outside. Callers speak of processes
// and byte addresses; behind the gate there are only spaces and page numbers. All answers are plain numbers: zero and
// above is success, negative is one of the constants in answers.ts. What each call does is in api.ts.

import type { Machine } from './api.js'
import type { BootInfo } from './boot.js'
import { createCpus } from './concurrency/cpus.js'
import { createEntrances } from './concurrency/entrances.js'
import { alone, createCore, type Hooks, type Place } from './core.js'
import { createFrames } from './frames/frames.js'
import { createGate } from './gate.js'
import { createInspect } from './inspect.js'
import { createLocking } from './locking/locking.js'
import { createMemory } from './memory.js'
import { createLimits } from './processes/limits.js'
import { createProcesses } from './processes/processes.js'
import { createCount } from './regions/count.js'
import { guardRegions } from './regions/guarded.js'
import { createMapping } from './regions/mapping.js'
import { createMincore } from './regions/mincore.js'
import { createMprotect } from './regions/mprotect.js'
import { createMremap } from './regions/mremap.js'
import { createPages } from './regions/pages.js'
import { createRegions } from './regions/regions.js'
import { createAttach } from './shared-memory/attach.js'
import { createObjects } from './shared-memory/objects.js'
import { createRecords } from './shared-memory/records.js'
import { createSegments } from './shared-memory/segments.js'
import { createArea } from './swap/area.js'

export type { Machine } from './api.js'

export type Chapters = ReturnType<typeof createChapters>

/** Every chapter of a machine, each built from those above it; all in their first state, unless its memory is there. */
function createChapters(info: BootInfo, hooks: Hooks, place?: Place) {
  const core = createCore(info, hooks, place)
  const cpus = createCpus(core)
  const area = createArea(core, cpus)
  const frames = createFrames(core, cpus)
  const objects = createObjects(core, cpus, frames, area)
  const regions = guardRegions(core, cpus, createRegions(core, objects))
  const limits = createLimits(core)
  const memory = createMemory(core, { cpus, frames, area, objects, regions, limits })
  const count = createCount(core, regions)
  const pages = createPages(core, cpus, regions, memory)
  const locking = createLocking(core, { regions, count, pages, limits, memory })
  const mapping = createMapping(core, { regions, count, pages, limits, objects, locking })
  const { mprotect } = createMprotect(core, { regions, count, pages, memory })
  const { mremap } = createMremap(core, { regions, count, pages, limits, objects, locking, memory })
  const { mincore } = createMincore(core, { regions, pages, objects, area, memory })
  const segments = createSegments(core, objects, limits)
  const records = createRecords(core, cpus, objects, segments)
  const attach = createAttach(core, {
    cpus,
    memory,
    regions,
    count,
    pages,
    limits,
    objects,
    segments: records.segments,
    locking,
  })
  const processes = createProcesses(core, cpus, memory, regions)
  if (place === undefined) for (const chapter of [memory, objects, regions, processes]) chapter.format()
  return {
    core,
    cpus,
    frames,
    limits,
    memory,
    locking,
    mapping,
    mprotect,
    mremap,
    mincore,
    segments: records.segments,
    records,
    attach,
    processes,
  }
}

/**
 * Builds a machine in its first state: no process, everything free. With a place, the side of another CPU of a machine
 * that is there already. Throws a RangeError for impossible values.
 */
export function createMachine(info: BootInfo, hooks: Hooks = alone, place?: Place): Machine {
  const chapters = createChapters(info, hooks, place)
  const { core, frames, memory } = chapters
  const gate = createGate(chapters)
  const inspect = createInspect(core)

  function restore(from: ArrayBuffer) {
    if (from.byteLength !== core.memory.byteLength) {
      throw new RangeError(`a snapshot of this machine has ${core.memory.byteLength} bytes, not ${from.byteLength}`)
    }
    core.words.set(new Int32Array(from))
  }

  return {
    boot: core.boot,
    layout: core.layout,
    memory: core.memory,
    inspect,
    frames,
    pageTables: memory.pageTables,
    ...gate,
    ...(core.boot.cpus === 1 ? {} : createEntrances(chapters, gate)),
    poll: chapters.cpus.poll,
    hasMail: chapters.cpus.hasMail,
    stats: inspect.free,
    snapshot: () => new Int32Array(core.words).buffer,
    restore,
  }
}
