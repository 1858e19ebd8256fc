// The public surface of the implementation. Whatever is not named here may change without notice.

export * from './answers.js'
export type { Machine } from './api.js'
export {
  type AreaInfo,
  type BootInfo,
  type SegmentLimits,
  type Settings,
  settings,
  type TableSource,
  tinyBoot,
  unlimited,
  x86Boot,
} from './boot.js'
export { alone, type Hooks, type Place } from './core.js'
export { frameUse } from './frames/frames.js'
export { type Geometry, pageBytes, tiny, userPages, x86 } from './geometry.js'
export type { Inspect } from './inspect.js'
export type { ObjectView, RegionView } from './inspect-records.js'
export { type Layout, nodeField, nodeWords } from './layout.js'
export { lockFlags } from './locking/locking.js'
export { createMachine, createMachine as create } from './machine.js'
export { decode, type Entry, type EntryFlag, encode } from './page-tables/entry.js'
export { FETCH, LOAD, STORE } from './page-tables/mmu.js'
export { capabilities, resources } from './processes/processes.js'
export { protectionBits } from './protection/protection.js'
export { mapFlags } from './regions/mapping.js'
export { remapFlags } from './regions/mremap.js'
export { shmFlags } from './shared-memory/segments.js'
