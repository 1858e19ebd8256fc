// What a scope file may say, once: the type, the defaults and the words of refusals derive from it. A scope binds a
// system to something small enough to be explored completely, and pins what that exploration must find.
// Whether the words exist in the system (bounds, operations, claims) is judged in `judge.ts`.

import { z } from 'zod'
import { granularities } from '../../model/kit/index.js'
import type { Place } from './yaml.js'

/**
 * `small` and `toy` are explored by default; `medium` on request; `random` is where random lockstep runs; in `linear` only
 * `mmspec linear` begins, because one command on each CPU is all that can be searched there.
 */
export const scopeTags = ['small', 'medium', 'toy', 'random', 'linear'] as const
export type ScopeTag = (typeof scopeTags)[number]

const figure = z.int().nonnegative()
const words = z.array(z.string())
/** The word for every value of an argument. */
export const allValues = 'all'
const values = z.array(z.union([z.string(), z.number(), z.boolean()])).nonempty()
const narrowed = z.record(z.string(), z.union([z.literal(allValues), values]))

export const scopeSchema = z.strictObject({
  /** The file's own name, without `.yaml`. */
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name is small letters, digits and hyphens'),
  system: z.string(),
  /** What the scope is for, in one sentence. */
  says: z.string(),
  bounds: z.record(z.string(), z.int()).default({}),
  switches: z.record(z.string(), z.string()).default({}),
  granularity: z.enum(granularities).default('whole'),
  /** Steps that join the one before at `fused`; absent means those that the system names. */
  fuse: words.optional(),
  choices: z.enum(['representatives', 'all']).default('representatives'),
  /**
   * Operations with the values that their arguments may have, or `all`. An argument that is not named has the values
   * that are usual; absent means the operations that the bounds give something to do.
   */
  operations: z
    .record(z.string(), narrowed)
    .refine(named => Object.keys(named).length > 0, 'expected at least one operation; leave it out for all that fit')
    .optional(),
  /** Commands that were run before, in the notation: the exploration begins where they end. */
  given: words.default([]),
  /** Ids of the claims that are judged; absent means all. */
  claims: words.nonempty().optional(),
  /** A planned bound: deeper states are not looked for, and that is as expected. */
  depth: z.int().positive().optional(),
  tags: z.array(z.enum(scopeTags)).default([]),
  /** Figures that a run must give. Changing one is a change that a reviewer sees. */
  expect: z
    .strictObject({
      verdict: z.enum(['holds', 'bounded', 'violated']),
      claim: z.string(),
      states: figure,
      transitions: figure,
      unchanged: figure,
      depth: figure,
      /** States at granularity full, of a scope that joins steps: what `mmspec granularity` has to find. */
      full: figure,
      /** States up to renaming of members: so many the implementation has to reach in lockstep. */
      classes: figure,
    })
    .partial()
    .default({}),
  /** Names of coverage entries that no run at these bounds can reach. */
  unreachable: words.default([]),
})

export type ScopeText = z.infer<typeof scopeSchema>
export type Expectation = ScopeText['expect']

/** A scope as it was loaded: its text, and how it was asked for, by name or by path. */
export interface ScopeFile extends ScopeText {
  /** The name, or the path where it was given by path: what a token repeats. */
  readonly asked: string
  /** Names the file, and where a part of it stands: `checks/scopes/swap.yaml:7:3`. */
  readonly place: Place
}
