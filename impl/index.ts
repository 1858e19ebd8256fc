// The public surface of the implementation. Whatever is not named here may change without notice.

export * from './answers.js'
export { type BootInfo, type TableSource, tinyBoot, x86Boot } from './boot.js'
export { alone, type Hooks } from './core.js'
export { frameUse } from './frames/frames.js'
export { type Geometry, pageBytes, tiny, userPages, x86 } from './geometry.js'
export type { Inspect } from './inspect.js'
export { type Layout, nodeField, nodeWords } from './layout.js'
export { createMachine, type Machine } from './machine.js'
export { decode, type Entry, type EntryFlag, encode } from './page-tables/entry.js'
export { protectionBits } from './protection/protection.js'
