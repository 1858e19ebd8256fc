// What is told of several CPUs: orders, joined steps, schedules and threads, as a run file has them.

import { z } from 'zod'
import { change, trace } from './scope.js'
import { count, cut, flag, named, seconds, shard, text, texts, times, verdict } from './words.js'

const answers = z.array(z.object({ command: text, outcome: text }))

export const linear = named(
  'Linear',
  'operations side by side, held to the orders that they can have',
  z.object({
    schema: z.literal('mmspec/linear@1'),
    verb: z.literal('linear'),
    ok: flag,
    version: text,
    shard,
    scopes: z.array(
      z.object({
        name: text,
        system: text,
        bounds: texts,
        granularity: text,
        mutant: text.exactOptional(),
        verdict,
        cut,
        rests: count,
        starts: count,
        states: count,
        transitions: count,
        ends: z.object({ ordered: count, restarted: count, spurious: count }),
        ...times,
        violation: z
          .object({
            says: text,
            answers,
            orders: z.array(
              z.object({ sequences: z.array(z.array(count)).exactOptional(), answers, diff: z.array(change) }),
            ),
            trace,
            before: count,
          })
          .exactOptional(),
        broken: text.exactOptional(),
        ok: flag,
      }),
    ),
  }),
)

const side = z.object({ verdict, cut, states: count, rests: count, claim: text.exactOptional(), seconds })

export const granularity = named(
  'Granularity',
  'searches that join steps beside searches that join none',
  z.object({
    schema: z.literal('mmspec/granularity@1'),
    verb: z.literal('granularity'),
    ok: flag,
    version: text,
    rows: z.array(
      z.object({
        name: text,
        kind: z.enum(['scope', 'mutant', 'museum']),
        fused: side,
        full: side,
        differences: texts,
        ok: flag,
      }),
    ),
  }),
)

const told = z.object({
  scenario: text,
  geometry: text,
  says: text.exactOptional(),
  given: texts.exactOptional(),
  firstPage: count.exactOptional(),
  scripts: z.array(texts),
  steps: z.array(z.object({ cpu: count, at: text, deviates: flag })),
  answers: z.array(texts),
  trace: trace.exactOptional(),
  wrong: z.object({ about: text, says: text }).exactOptional(),
})

const failure = z.object({
  token: text,
  about: text,
  says: text,
  schedule: count,
  steps: count,
  answers: text,
  places: texts,
  claim: text.exactOptional(),
  told: told.exactOptional(),
})

export const schedules = named(
  'Schedules',
  'the implementation on several CPUs, schedule by schedule',
  z.object({
    schema: z.literal('mmspec/schedules@1'),
    verb: z.literal('schedules'),
    ok: flag,
    version: text,
    cut,
    scenarios: z.array(
      z.object({
        name: text,
        geometry: text,
        mutant: text.exactOptional(),
        strategy: text,
        schedules: count,
        steps: count,
        answers: texts,
        memories: count,
        allowed: texts,
        situations: count,
        failing: count,
        failure: failure.exactOptional(),
        seconds,
        cut,
        ok: flag,
      }),
    ),
  }),
)

export const stress = named(
  'Stress',
  'the implementation on threads that run freely',
  z.object({
    schema: z.literal('mmspec/stress@1'),
    verb: z.literal('stress'),
    ok: flag,
    version: text,
    geometry: text,
    mutant: text.exactOptional(),
    cpus: count,
    seed: z.int(),
    rounds: count,
    commands: count,
    seconds,
    cut,
    wrong: z.object({ seed: z.int(), says: text }).exactOptional(),
  }),
)
