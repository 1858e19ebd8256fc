// What a reader takes away from a counterexample: its steps as a scenario file that `mmspec replay` reads, and as a test
// that fails for as long as they violate the claim. Both say the same in the words of the report.

import type { ScopeResult, Trace, TraceStep } from './result.js'
import { oneLine } from './text.js'

export interface TakenAway {
  readonly scope: string
  readonly sets: readonly string[]
  readonly mutant?: string
  /** What the steps show, and why; no claim where they only lead somewhere. */
  readonly claim?: string
  readonly says: string
  /** They run on model and implementation side by side. */
  readonly lockstep?: boolean
  /** What they are held to from now on. */
  readonly expect?: 'holds' | 'violated'
  readonly steps: readonly TakenStep[]
}
export interface TakenStep {
  /** What went on, where the command does not say it. */
  readonly note?: string
  readonly does: string
  readonly answer: string
  readonly chosen: readonly string[]
}

type Found = Pick<ScopeResult, 'name' | 'asked' | 'sets' | 'mutant'>

/** The steps of a trace in its scope, at the granularity at which they are told. */
export function takenAway(
  { name, asked = name, sets = [], mutant }: Found,
  claim: Told,
  trace: Trace,
  granularity?: string,
): TakenAway {
  return {
    scope: asked,
    sets: [...sets, ...(granularity === undefined ? [] : [`granularity=${granularity}`])],
    ...(mutant === undefined ? {} : { mutant }),
    ...claim,
    steps: trace.steps.map(taken),
  }
}
type Told = Pick<TakenAway, 'claim' | 'says'>

function taken({ command, outcome, choices, operation, step }: TraceStep, i: number): TakenStep {
  const note = command.endsWith('resume')
    ? { note: `${i + 1} ${step.includes('.') ? step : `${operation}.${step}`}` }
    : {}
  return { does: command, answer: outcome, chosen: choices, ...note }
}
const noted = ({ note }: TakenStep, sign: string): string => (note === undefined ? '' : ` ${sign} ${oneLine(note)}`)

/** YAML for `mmspec replay`. */
export function renderScenario({ scope, sets, mutant, claim, says, lockstep, expect, steps }: TakenAway): string {
  return [
    `# ${oneLine(says)}`,
    `scope: ${quoted(scope)}`,
    ...(sets.length === 0 ? [] : [`set: [${sets.map(quoted).join(', ')}]`]),
    ...(mutant === undefined ? [] : [`mutant: ${quoted(mutant)}`]),
    ...(lockstep === true ? ['lockstep: true'] : claim === undefined ? [] : [`claim: ${quoted(claim)}`]),
    ...(expect === undefined ? [] : [`expect: ${expect}`]),
    steps.length === 0 ? 'steps: []' : 'steps:',
    ...steps.map(step => `  - ${stepOf(step, quoted, '{ ', ' }')}${noted(step, '#')}`),
    '',
  ].join('\n')
}

/** A test for `node --test`. It has no types, so that it runs as JavaScript too. */
export function renderTest({ scope, sets, mutant, claim, says, lockstep, steps }: TakenAway): string {
  const given = [
    `scope: ${literal(scope)},`,
    ...(sets.length === 0 ? [] : [`set: [${sets.map(literal).join(', ')}],`]),
    ...(mutant === undefined ? [] : [`mutant: ${literal(mutant)},`]),
    ...(lockstep === true ? ['lockstep: true,'] : []),
    'steps: [',
    ...steps.map(step => `  ${stepOf(step, literal, '{ ', ' }')},${noted(step, '//')}`),
    '],',
  ]
  const judged =
    lockstep === true
      ? ['  assert.ok(found.result.ok, found.result.disagreement?.says)']
      : ['  assert.equal(found.shown, null, found.shown?.witness.says)']
  return [
    `// ${oneLine(says)}`,
    '// It fails for as long as that is so: node --test, in a package that has mmspec.',
    ...(mutant === undefined
      ? []
      : [
          '// Without the line `mutant` it guards the model as it is. A step that answers otherwise ends the way: found.departure.',
        ]),
    '',
    "import assert from 'node:assert/strict'",
    "import test from 'node:test'",
    "import { replayScenario } from 'mmspec/checks'",
    '',
    `test(${literal(claim ?? says)}, () => {`,
    '  const found = replayScenario({',
    ...given.map(line => `    ${line}`),
    '  })',
    ...judged,
    '})',
    '',
  ].join('\n')
}

type Quote = (text: string) => string

function stepOf({ does, answer, chosen }: TakenStep, quote: Quote, open: string, close: string): string {
  const text = quote(answer === '' ? does : `${does} -> ${answer}`)
  if (chosen.length === 0) return text
  return `${open}does: ${text}, chosen: [${chosen.map(quote).join(', ')}]${close}`
}

/** Letters, digits and the marks of the notation stand as they are between single quotes; anything else is written out. */
const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text) && !/['\\]/.test(text)

const quoted: Quote = text => (/^[a-z][a-z0-9/-]*$/.test(text) && !words.has(text) ? text : literal(text))
/** What YAML takes for something else than a text. */
const words = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n'])

/** Between quotes in YAML and in a program alike: no character that either would take for its own. */
const literal: Quote = text =>
  isPlain(text)
    ? `'${text}'`
    : JSON.stringify(text).replace(/[^\x20-\x7e]/g, mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
