// The two documents that are published, `mmspec/run@1` and `mmspec/error@1`: a schema that validates what is read, the
// JSON Schema made from it, and a check at compile time that the types of `result.ts` say the same.

import { z } from 'zod'
import type { ErrorResult, RunResult } from '../result.js'
import { museum } from './museum.js'
import { ruleReach, scope, systemCoverage } from './scope.js'
import { granularity, linear, schedules, stress } from './several-cpus.js'
import { conform, kill, lockstep, mutant } from './side-by-side.js'
import { cut, flag, names, seconds, shard, text, texts } from './words.js'

export const runDocument = z.object({
  schema: z.literal('mmspec/run@1'),
  verb: z.enum([
    'check',
    'lockstep',
    'random',
    'mutants',
    'conform',
    'linear',
    'granularity',
    'museum',
    'schedules',
    'stress',
    'verify',
    'merge',
  ]),
  ok: flag,
  version: text,
  cut,
  seconds,
  shard,
  scopes: z.array(scope),
  coverage: z.array(systemCoverage).exactOptional(),
  reach: z.array(ruleReach).exactOptional(),
  lockstep: z.array(lockstep),
  mutants: z.array(mutant),
  kills: z.array(kill),
  unkilled: texts,
  conform: conform.exactOptional(),
  linear: linear.exactOptional(),
  granularity: granularity.exactOptional(),
  museum: museum.exactOptional(),
  schedules: schedules.exactOptional(),
  stress: z.array(stress).exactOptional(),
})

export const errorDocument = z.object({
  schema: z.literal('mmspec/error@1'),
  code: text,
  message: text,
  place: text.exactOptional(),
  nearest: text.exactOptional(),
  next: text.exactOptional(),
})

/** The published schemas, by the names of their files. */
export const publishedSchemas = (): { readonly [file: string]: object } => ({
  'run@1.json': published(runDocument, 'mmspec/run@1', 'A run of mmspec: what was checked, and what was found.'),
  'error@1.json': published(errorDocument, 'mmspec/error@1', 'What mmspec says of bad input.'),
})

/** As a reader may rely on it: fields that it does not know are allowed. */
const published = (document: z.ZodType, title: string, description: string): object => {
  const { $schema, ...schema } = z.toJSONSchema(document, { io: 'input', metadata: names })
  return { $schema, $id: title, title, description, ...schema }
}

/** A type with all that it holds made readonly, in one form for both sides. */
type Plain<T> = T extends readonly (infer E)[]
  ? readonly Plain<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Plain<T[K]> }
    : T
type Same<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false

/** Does not compile where a type and its schema differ: a field, whether it is optional, or the words that it takes. */
export const typesAreTheSchemas: readonly [
  Same<RunResult, z.infer<typeof runDocument>>,
  Same<ErrorResult, z.infer<typeof errorDocument>>,
] = [true, true]
