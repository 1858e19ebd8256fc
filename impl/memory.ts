// The memory side of a machine: frames, page tables, faults, copy-on-write and swap, put together. What regions and
// objects say of a page comes in from outside; what calls on regions need done to pages goes out.

import type { Cpus } from './concurrency/cpus.js'
import { createCopyOnWrite } from './copy-on-write/copy-on-write.js'
import { createFork } from './copy-on-write/fork.js'
import type { Core } from './core.js'
import { createFaults } from './faults/faults.js'
import { createOvertaken } from './faults/overtaken.js'
import { createResident } from './faults/resident.js'
import type { Frames } from './frames/frames.js'
import { createReverse } from './frames/reverse.js'
import { createBlocks } from './page-tables/blocks.js'
import { createDump } from './page-tables/dump.js'
import { createLeaves } from './page-tables/leaves.js'
import { createMmu } from './page-tables/mmu.js'
import { createMove } from './page-tables/move.js'
import { createPageTables } from './page-tables/page-tables.js'
import { createProtect } from './page-tables/protect.js'
import { createSweep } from './page-tables/sweep.js'
import { createTables } from './page-tables/tables.js'
import type { Limits } from './processes/limits.js'
import type { Regions } from './regions/regions.js'
import type { Objects } from './shared-memory/objects.js'
import type { Area } from './swap/area.js'
import { createEvict } from './swap/evict.js'
import { createReclaim } from './swap/reclaim.js'
import { createSwap } from './swap/swap.js'
import { createSwapoff } from './swap/swapoff.js'
import { createGather } from './tlb/gather.js'
import { createHardware } from './tlb/hardware.js'

export type Memory = ReturnType<typeof createMemory>

interface Chapters {
  readonly cpus: Cpus
  readonly frames: Frames
  readonly area: Area
  readonly objects: Objects
  readonly regions: Regions
  readonly limits: Limits
}

export function createMemory(core: Core, { cpus, frames, area, objects, regions, limits }: Chapters) {
  const gather = createGather(core, cpus, frames)
  const tables = createTables(core, frames, gather)
  const pageTables = createPageTables(core, tables)
  const blocks = createBlocks(core, tables)
  const reverse = createReverse(core)
  const leaves = createLeaves(core, { cpus, gather, frames, area, reverse, tables })
  const { sweep, clearRange } = createSweep(core, tables, leaves, gather)
  const { protectRange } = createProtect(core, { cpus, gather, tables, blocks })
  const { moveRange } = createMove(core, { cpus, gather, frames, tables, pageTables, blocks, leaves, sweep })
  const evict = createEvict(core, { cpus, gather, frames, area, reverse, tables, leaves, regions, objects })
  const swap = createSwap(core, { frames, leaves, pageTables, regions, area, evict })
  const areas = createSwapoff(core, { cpus, frames, area, reverse, tables, leaves, regions })
  const copyOnWrite = createCopyOnWrite(core, { frames, area, tables, leaves })
  const { fork } = createFork(core, { cpus, gather, frames, area, tables, pageTables, leaves, blocks, sweep, regions })
  const resident = createResident(core, { frames, area, tables, pageTables, leaves, swap, copyOnWrite })
  const overtaken = createOvertaken(core, { cpus, frames, area, reverse, tables, pageTables, leaves, copyOnWrite })
  const mmu = createMmu(core, pageTables)
  const hardware = createHardware(core, cpus.tlb, pageTables)
  const faults = createFaults(core, {
    cpus,
    frames,
    pageTables,
    mmu,
    hardware,
    regions,
    limits,
    objects,
    resident,
    overtaken,
  })
  frames.relieveBy(createReclaim(core, { cpus, frames, reverse, area, evict }).evictOne)

  function format() {
    tables.format()
    frames.format()
    area.format()
    if (core.boot.cpus > 1) cpus.format()
  }

  return {
    format,
    tables,
    pageTables,
    gather,
    sweep,
    clearRange,
    protectRange,
    moveRange,
    faults,
    copyOnWrite: { fork },
    swap,
    areas,
    dump: createDump(core),
  }
}
