// A tour of the museum as a run file has it.

import { z } from 'zod'
import { rules, traceStep } from './scope.js'
import { count, cut, flag, named, seconds, text, texts, verdict } from './words.js'

const found = z.object({
  granularity: text,
  states: count,
  seconds,
  by: text,
  says: text,
  places: texts,
  steps: z.array(traceStep),
  initial: z.array(z.object({ path: text, value: text })).exactOptional(),
  rules,
})
const fixed = z.object({ verdict, states: count, seconds, by: text.exactOptional() })

export const museum = named(
  'Museum',
  'bugs of real kernels, found with an edit of the model and absent without it',
  z.object({
    schema: z.literal('mmspec/museum@1'),
    verb: z.literal('museum'),
    ok: flag,
    version: text,
    cut,
    entries: z.array(
      z.object({
        id: text,
        title: text,
        systems: texts,
        year: text,
        source: text,
        story: texts,
        fix: text,
        likeness: text,
        here: text,
        ingredients: texts,
        operation: text,
        edit: text,
        bounds: texts,
        given: texts,
        operations: texts,
        breaks: z.object({ id: text, says: text, rule: text }),
        found: found.exactOptional(),
        fixed: fixed.exactOptional(),
        cut,
        ok: flag,
      }),
    ),
    outOfReach: z.array(z.object({ id: text, title: text, systems: texts, year: text, lacks: texts })),
  }),
)
