// What the schemas of results are made of. They are the source of two things: how a file is validated when it is read,
// and the published JSON Schema. Unknown fields are left out when a file is read, so that newer files can be read too.

import { z } from 'zod'

/** Names of the definitions in the published schema. A registry of our own: the global one is the user's. */
export const names = z.registry<{ id: string; description?: string }>()

/** A value that the published schema defines under a name. */
export function named<S extends z.ZodType>(id: string, description: string, schema: S): S {
  names.add(schema, { id, description })
  return schema
}

export const text = z.string()
export const texts = z.array(text)
export const flag = z.boolean()
/** How many of something. */
export const count = z.int().nonnegative()
/** The fields in which two runs of the same thing differ; `--no-times` leaves them out. */
export const times = {
  seconds: z.number().nonnegative().exactOptional(),
  cpuSeconds: z.number().nonnegative().exactOptional(),
}
export const { seconds } = times

export const verdict = named(
  'Verdict',
  'holds: every reachable state was visited; bounded: nothing wrong up to a bound; violated: a claim does not hold',
  z.enum(['holds', 'bounded', 'violated']),
)
export const cut = named(
  'Cut',
  'why something ended before its work was done',
  z.enum(['states', 'depth', 'time', 'memory', 'interrupted']),
).exactOptional()

/** Which part of a run something is. */
export const shard = named(
  'Shard',
  'a part of a run, from 1; whole names all that the parts were asked for together',
  z.object({ index: z.int().positive(), of: z.int().positive(), whole: texts }),
).exactOptional()

export const source = named(
  'Source',
  'a line of a file, by its path in the repository',
  z.object({ file: text, line: z.int().positive() }),
).exactOptional()
