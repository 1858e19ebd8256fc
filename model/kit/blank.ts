// A system that has nothing and a setting that asks for nothing: toys and tests say only where theirs differ.

import type { Granularity, Setting, System } from './system.js'

export const blankSystem: Omit<System, 'name' | 'state' | 'operations'> = {
  rules: [],
  decisions: [],
  claims: [],
  recounts: {},
  mutants: [],
  sizes: {},
  switches: {},
  symmetric: () => [],
  initial: () => undefined,
}

/** Sizes go by the names of the sets. */
export const blankSetting = (granularity: Granularity, sizes: { readonly [set: string]: number } = {}): Setting => ({
  bounds: { sizes, switches: {} },
  granularity,
  fuse: [],
  choices: 'representatives',
  operations: null,
  mutant: null,
})
