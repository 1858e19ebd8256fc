// What a machine is told when it starts: its geometry and how much of everything there is. Impossible values are
// refused here, once, with a sentence that says which value and why; the rest of the code relies on them.

import { type Geometry, indexBits, tiny, x86 } from './geometry.js'

/** Where page tables get their frames: from frames set aside for them, or from the same pool as pages. */
export type TableSource = { readonly kind: 'separate'; readonly frames: number } | { readonly kind: 'counted' }

export interface BootInfo {
  readonly geometry: Geometry
  readonly processes: number
  readonly spaces: number
  /** Frames of the pool that pages come from. */
  readonly frames: number
  readonly tables: TableSource
  /** Slots of the swap area, each the size of a page. */
  readonly slots: number
  /** The largest number of regions that one space may have. */
  readonly regionLimit: number
}

/** A machine to start with: everything in it can be printed on a page. */
export const tinyBoot: BootInfo = {
  geometry: tiny,
  processes: 2,
  spaces: 2,
  frames: 16,
  tables: { kind: 'counted' },
  slots: 4,
  regionLimit: 8,
}

/** The same with the widths of a real processor: 16 MiB of pages and 1 MiB of swap. */
export const x86Boot: BootInfo = {
  geometry: x86,
  processes: 4,
  spaces: 4,
  frames: 4096,
  tables: { kind: 'counted' },
  slots: 256,
  regionLimit: 1024,
}

/** Throws a RangeError when no machine can be built from these values. */
export function validate(boot: BootInfo) {
  validateGeometry(boot.geometry)
  atLeast(1, 'processes', boot.processes)
  atLeast(1, 'spaces', boot.spaces)
  atLeast(1, 'frames', boot.frames)
  if (boot.tables.kind === 'separate') atLeast(1, 'tables.frames', boot.tables.frames)
  atLeast(0, 'slots', boot.slots)
  atLeast(1, 'regionLimit', boot.regionLimit)
}

function validateGeometry({ name, pageShift, levels }: Geometry) {
  atLeast(4, `pageShift of geometry ${name}`, pageShift)
  atLeast(1, `levels of geometry ${name}`, levels)
  const bits = indexBits({ name, pageShift, levels })
  // The walker takes the top index from the page number as a double and all other indexes from its low 32 bits.
  if (bits * (levels - 1) > 32 || bits * levels > 48) {
    throw new RangeError(
      `geometry ${name}: ${levels} levels of ${bits} index bits are more than the walker can hold; use fewer levels or a smaller page`,
    )
  }
}

function atLeast(least: number, what: string, value: number) {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${what} must be a whole number of at least ${least}, not ${value}`)
  }
}
