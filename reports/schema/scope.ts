// Scopes as a run file has them: figures, claims with the shortest way to where one is violated, and what was reached.

import { z } from 'zod'
import { count, cut, flag, named, source, text, texts, times, verdict } from './words.js'

export const change = named(
  'Change',
  'one change of the state, by the path of the leaf',
  z.object({ path: text, from: text, to: text }),
)
const alternatives = named(
  'Alternatives',
  'what else could be called in a state: what is possible, what is refused and why, what would wait; `left` more are not listed',
  z.object({
    shown: z.array(
      z.object({
        command: text,
        outcome: text,
        is: z.enum(['possible', 'refused', 'waiting', 'broken']).exactOptional(),
        because: text.exactOptional(),
        rule: text.exactOptional(),
      }),
    ),
    left: count,
  }),
)
const askedOf = z.enum(['state', 'quiescent', 'step', 'return', 'sometimes'])

export const traceStep = named(
  'TraceStep',
  'a command of a trace, in the notation, with what it changed',
  z.object({
    command: text,
    outcome: text,
    operation: text,
    step: text,
    rule: text,
    choices: texts,
    diff: z.array(change),
    others: alternatives.exactOptional(),
    source,
    says: text.exactOptional(),
  }),
)

export const rules = z
  .array(
    named(
      'RuleText',
      'a rule in the words of the specification: its first paragraphs, as Markdown',
      z.object({ rule: text, title: text, says: texts }),
    ),
  )
  .exactOptional()

export const trace = named(
  'Trace',
  'the first state, and the steps from it; the token replays it',
  z.object({
    token: text,
    initial: z.array(z.object({ path: text, value: text })),
    steps: z.array(traceStep),
    claims: z.array(z.object({ id: text, says: text, rule: text, kind: askedOf })).exactOptional(),
    statuses: z
      .array(
        z.object({ violated: z.array(z.object({ id: text, says: text, places: texts })), unasked: z.array(askedOf) }),
      )
      .exactOptional(),
    next: alternatives.exactOptional(),
    rules,
  }),
)

const claim = named(
  'Claim',
  'a promise, and whether it was kept',
  z.object({
    id: text,
    says: text,
    rule: text,
    verdict,
    granularity: text.exactOptional(),
    witness: z.object({ says: text, places: texts }).exactOptional(),
    trace: trace.exactOptional(),
    source,
  }),
)

const coverage = z.object({
  reached: count,
  declared: count,
  outcomes: z.array(z.object({ name: text, count })),
  gaps: texts,
  stale: texts,
})

const pins = z
  .object({ verdict, claim: text, states: count, transitions: count, unchanged: count, depth: count })
  .partial()

export const scope = named(
  'Scope',
  'one scope, searched',
  z.object({
    name: text,
    source,
    system: text,
    bounds: texts,
    granularity: text,
    mutant: text.exactOptional(),
    asked: text.exactOptional(),
    sets: texts.exactOptional(),
    verdict,
    cut,
    states: count,
    transitions: count,
    unchanged: count,
    depth: count,
    levels: z.array(count).exactOptional(),
    bytesPerState: count,
    audited: count,
    engine: text,
    ...times,
    claims: z.array(claim),
    coverage,
    pins: pins.exactOptional(),
    mismatches: z.array(
      z.object({
        figure: z.enum(['verdict', 'states', 'transitions', 'unchanged', 'depth']),
        expected: text,
        found: text,
      }),
    ),
    ok: flag,
  }),
)

const figures = z.object({ reached: count, declared: count })
export const systemCoverage = named(
  'SystemCoverage',
  'what all scopes of a system reached together',
  z.object({ system: text, outcomes: figures, steps: figures, rows: figures, gaps: texts, stale: texts }),
)

export const ruleReach = named(
  'RuleReach',
  'the parts of a system that one rule decides, by where they were reached',
  z.object({
    system: text,
    rule: text,
    kind: z.enum(['outcome', 'step', 'row']),
    never: texts,
    whole: texts,
    interleaved: texts,
    both: texts,
  }),
)
