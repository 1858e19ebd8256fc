// What an entry of the museum says: a bug that a real kernel had, as an edit of an operation of this model, in a scope of
// the schema that all scopes have. One file an entry; `index.ts` lists them. How to write one: checks/README.md.

import type { z } from 'zod'
import type { Mutant } from '../../model/index.js'
import type { scopeSchema } from '../scope/schema.js'

/** The part of a scope that an entry chooses; its name, its granularity and what it must give are the museum's. */
export type EntryScope = Pick<
  z.input<typeof scopeSchema>,
  'bounds' | 'switches' | 'operations' | 'given' | 'fuse' | 'choices'
>

export interface Entry {
  /** The name of its file. */
  readonly id: string
  readonly title: string
  /** Who had it, and since when it has been known. */
  readonly systems: readonly string[]
  readonly year: string
  /** Where it can be read about: numbers of advisories and of commits. */
  readonly source: string
  /** What happened there, a paragraph a string. */
  readonly story: readonly string[]
  /** What was mended there. */
  readonly fix: string
  /** Whether the edit makes the mistake in the same place, or the same mistake in another one. */
  readonly likeness: 'the same' | 'the same mistake elsewhere'
  /** How the edit corresponds to what happened, and what of it the model does not have. */
  readonly here: string
  /** What a model needs to show it. */
  readonly ingredients: readonly Ingredient[]
  readonly mutant: Mutant
  readonly scope: EntryScope
  /** The claim that it violates. */
  readonly breaks: string
}

export const ingredients = {
  tlb: 'translations that CPUs keep until they are told',
  locks: 'locks that are given back and taken again',
  'copy-on-write': 'frames that several share until one writes',
  'split fault': 'faults that look, copy, look again and install',
  swap: 'pages that leave for a slot and come back',
  regions: 'regions with limits, growth and neighbours',
  'tiny counters': 'counters of a width that can be exhausted',
  nodes: 'regions with records of their own',
  'grace periods': 'records that are free only when nobody can be reading them',
  content: 'what pages hold',
  files: 'files with pages that are kept in memory',
  'kernel frames': 'frames that the kernel uses itself',
  pins: 'frames that devices reach',
  'walks without locks': 'reading entries that somebody may be changing',
  'table frames': 'tables that are frames themselves, and walks through them',
  tags: 'numbers for spaces, which run out',
  'lazy CPUs': 'CPUs that leave a space and come back to it',
  'locked memory': 'pages that their owner keeps in memory',
  killing: 'processes that are killed for their memory',
} as const
export type Ingredient = keyof typeof ingredients

/** A bug that the model cannot show yet. */
export interface OutOfReach {
  readonly id: string
  readonly title: string
  readonly systems: readonly string[]
  readonly year: string
  /** What the model lacks. */
  readonly lacks: readonly string[]
}
