// Runs a scenario, step by step, and compares every answer with the expected one. A wrong answer is a result; a command
// that cannot be issued where it stands, or that names what the machine does not have, is a mistake in the text, and
// is refused with its place.

import type { Bounds } from '../../model/index.js'
import {
  answer,
  type CommandStep,
  printCommand,
  printOutcome,
  printQuery,
  type Scenario,
  type Step,
} from '../notation/index.js'
import { openModel } from './model-side.js'
import { refuseDisabled, refuseOutside } from './refuse.js'
import { boundsOf } from './settings.js'
import type { OpenSide, Side } from './side.js'

export interface RanStep {
  readonly line: number
  readonly column: number
  /** The command or question, as the notation writes it. */
  readonly says: string
  readonly answer: string
  /** Null where the scenario does not say. */
  readonly expected: string | null
  readonly asExpected: boolean
}

export interface RanScenario {
  readonly file: string | null
  readonly bounds: Bounds
  readonly steps: readonly RanStep[]
  readonly ok: boolean
}

/** Throws a NotationError where the text asks for what cannot be. */
export function runScenario(scenario: Scenario, open: OpenSide = openModel): RanScenario {
  const bounds = boundsOf(scenario.setup, scenario.file)
  const side = open(bounds)
  const steps = scenario.steps.map((step): RanStep => {
    refuseOutside(scenario.file, step, bounds)
    const answered = step.is === 'query' ? answer(step.query, side.observed) : run(scenario.file, step, side)
    const expected = step.expect ?? null
    return {
      line: step.line,
      column: step.column,
      says: printStep(step),
      answer: answered,
      expected,
      asExpected: expected === null || expected === answered,
    }
  })
  return { file: scenario.file, bounds, steps, ok: steps.every(step => step.asExpected) }
}

function run(file: string | null, step: CommandStep, side: Side): string {
  const outcome = side.run(step.command)
  return outcome === null ? refuseDisabled(file, step, side) : printOutcome(step.command.name, outcome)
}

const printStep = (step: Step): string => (step.is === 'query' ? printQuery(step.query) : printCommand(step.command))

export interface Parting {
  readonly line: number
  readonly says: string
  readonly one: string
  readonly other: string
}

/** Where two runs of one scenario answered differently. */
export function partings(one: RanScenario, other: RanScenario): readonly Parting[] {
  return one.steps.flatMap(({ line, says, answer: here }, at) => {
    const there = other.steps[at]?.answer ?? 'nothing'
    return here === there ? [] : [{ line, says, one: here, other: there }]
  })
}
