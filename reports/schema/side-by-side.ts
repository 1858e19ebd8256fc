// Model and implementation side by side, recorded answers asked again, and mutants, as a run file has them.

import { z } from 'zod'
import { change, rules } from './scope.js'
import { count, cut, flag, named, source, text, texts, times } from './words.js'

const disagreement = z.object({
  token: text,
  about: text,
  says: text,
  place: text,
  model: text,
  machine: text,
  steps: z.array(z.object({ command: text, model: text, machine: text, rule: text, diff: z.array(change), source })),
  initial: z.array(z.object({ path: text, value: text })).exactOptional(),
  rules,
})

export const lockstep = named(
  'Lockstep',
  'a scope run on model and implementation side by side',
  z.object({
    name: text,
    driver: z.enum(['exhaustive', 'random']),
    geometry: text,
    verdict: z.enum(['agree', 'disagree', 'bounded']),
    cut,
    seed: z.int().exactOptional(),
    compared: count,
    changing: count,
    states: count.exactOptional(),
    mix: z.array(z.object({ name: text, count })),
    ...times,
    disagreement: disagreement.exactOptional(),
    ok: flag,
  }),
)

const home = z.enum(['model', 'machine'])
export const mutant = named(
  'Mutant',
  'an edit of the model or of the implementation, and what noticed it',
  z.object({
    title: text,
    home,
    kind: z.enum(['written', 'generated']),
    scope: text,
    verdict: z.enum(['killed', 'equivalent', 'survived']),
    by: text,
    length: count,
    reason: text.exactOptional(),
    token: text.exactOptional(),
  }),
)
export const kill = z.object({ claim: text, home, killedBy: text })

const side = z.object({ agrees: flag, step: count.exactOptional(), broke: text.exactOptional() })
const row = { id: text, group: text, situation: text, source: text }

export const conform = named(
  'Conform',
  'recorded answers of a live kernel, asked again',
  z.object({
    schema: z.literal('mmspec/conform@1'),
    verb: z.literal('conform'),
    ok: flag,
    version: text,
    recorded: z.record(text, text),
    settings: text,
    rows: z.array(
      z.object({
        ...row,
        note: text.exactOptional(),
        model: side,
        machine: side,
        steps: z.array(z.object({ does: text, kernel: text, model: text, machine: text })),
        ok: flag,
      }),
    ),
    later: z.array(z.object({ ...row, needs: texts })),
    reasons: z.record(text, text),
    totals: z.object({ recorded: count, asked: count, agreed: count, later: count }),
  }),
)
