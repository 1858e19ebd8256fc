// Asks the recorded rows again, of the model and of the implementation, and compares with what the kernel answered. A
// wrong answer is a result, and so is a side that cannot go on: the other rows are asked all the same.

import {
  type ConformResult,
  type ConformRow,
  type ConformSide,
  type ConformStep,
  conformSchema,
} from '../../reports/index.js'
import { parseScenario, printCommand, printQuery, type Scenario, type Step } from '../notation/index.js'
import { type OpenSide, openImplementation, openModel, runScenario } from '../scenario/index.js'
import { version } from '../version.js'
import { kernelView } from './kernel-view.js'
import { chosenRows, groupOf, loadRows, type RecordedRow, rowsFile } from './rows.js'

export const profiles = ['linux', 'textbook'] as const
export type Profile = (typeof profiles)[number]

export interface ConformOptions {
  /** The rows are Linux's; under `textbook` they show where the two profiles differ. */
  readonly profile: Profile
}

/** Rows by id or group; all where no word is given. */
export function conform(words: readonly string[], { profile }: ConformOptions = { profile: 'linux' }): ConformResult {
  const { recorded, with: settings, reasons, rows, later } = chosenRows(loadRows(), words)
  const inForce = settings.replace('profile=linux', `profile=${profile}`)
  const ran = rows.map(row => askRow(row, inForce))
  const needed = later.flatMap(({ needs }) => needs)
  return {
    schema: conformSchema,
    verb: 'conform',
    ok: ran.every(row => row.ok),
    version,
    recorded: Object.fromEntries(Object.entries(recorded).map(([name, value]) => [name, String(value)])),
    settings: inForce,
    rows: ran,
    later: later.map(row => ({ ...row, group: groupOf(row) })),
    reasons: Object.fromEntries(Object.entries(reasons).filter(([name]) => needed.includes(name))),
    totals: {
      recorded: recorded.count,
      asked: ran.length,
      agreed: ran.filter(row => row.ok).length,
      later: later.length,
    },
  }
}

function askRow(row: RecordedRow, settings: string): ConformRow {
  const scenario = scenarioOf(row, settings)
  const model = answersOf(scenario, openModel)
  const machine = answersOf(scenario, openImplementation)
  const steps = scenario.steps.slice(1).map((step, at): ConformStep => {
    const [ofModel, ofMachine] = [model, machine].map(({ answers }) => kernelView(step, answers[at] ?? 'nothing'))
    return { does: printed(step), kernel: kernelView(step, step.expect ?? ''), model: ofModel, machine: ofMachine }
  })
  const ofModel = judged(steps, 'model', model.broke)
  const ofMachine = judged(steps, 'machine', machine.broke)
  const { id, situation, source } = row
  const told = { id, group: groupOf(row), situation, source, ...(row.note === undefined ? {} : { note: row.note }) }
  return { ...told, model: ofModel, machine: ofMachine, steps, ok: ofModel.agrees && ofMachine.agrees }
}

/** The agent's first process is there from the start; a step's line is then its number in the row. */
function scenarioOf({ id, steps }: RecordedRow, settings: string): Scenario {
  return parseScenario(`${settings}\nP0 spawn\n${steps}`, { file: `${rowsFile} ${id}`, firstLine: -1 })
}

interface Answers {
  readonly answers: readonly string[]
  /** Why the side gave none. */
  readonly broke: string | null
}

function answersOf(scenario: Scenario, open: OpenSide): Answers {
  try {
    const [, ...steps] = runScenario(scenario, open).steps
    return { answers: steps.map(({ answer }) => answer), broke: null }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { answers: [], broke: error.message }
  }
}

/** The first step that a side answers differently; those behind it may differ because of it. */
function judged(steps: readonly ConformStep[], side: 'model' | 'machine', broke: string | null): ConformSide {
  if (broke !== null) return { agrees: false, broke }
  const at = steps.findIndex(step => step[side] !== step.kernel)
  return at < 0 ? { agrees: true } : { agrees: false, step: at + 1 }
}

const printed = (step: Step): string => (step.is === 'query' ? printQuery(step.query) : printCommand(step.command))
