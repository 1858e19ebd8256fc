// Schedules that are kept: what the scenario of a token does, as a scenario file of its own, which says how many preemptions
// it takes and what it is held to. Not the schedule itself: its steps are places in the text of the implementation, and
// every schedule of the file is made again instead.

import { dirname } from 'node:path'
import { stringify } from 'yaml'
import { type KeptResult, type KeptScenario, keptSchema } from '../../reports/index.js'
import { UserError } from '../errors.js'
import { type Keeping, pathOf, writeKept } from '../kept-file.js'
import { printCommand } from '../notation/index.js'
import { type Expected, scenarioText } from '../scenario/file.js'
import { deviationsOf, ScheduleSubject } from '../shrink/schedule.js'
import { runScenario } from './run.js'
import { geometryNames, loadScenario, type Scenario } from './scenario.js'
import { openScheduleToken } from './token.js'

/** Two are what a scenario usually has. */
const leastPreemptions = 2

/** Writes the scenario of a schedule's token into a folder that is there, and gives its path. */
export async function keepSchedule(token: string, keeping: Keeping): Promise<string> {
  const path = pathOf(keeping)
  const { scenario, deviations, edit } = openScheduleToken(token)
  const subject = await ScheduleSubject.open({ scenario, edit })
  const given = deviationsOf(deviations)
  const wrong = subject.wrong(given)
  const fitting: Expected = wrong !== null && edit !== null ? 'violated' : 'holds'
  const says = wrong === null ? 'Nothing goes wrong under any schedule.' : `${wrong.says}.`
  const text = textOf(scenario, {
    name: keeping.name,
    says,
    preemptions: Math.max(leastPreemptions, subject.preemptions(given)),
    ...(edit === null ? {} : { mutant: edit.slug }),
    ...(wrong === null ? {} : { claim: wrong.about }),
    expect: keeping.expect ?? fitting,
  })
  writeKept(path, text)
  return path
}

interface Said {
  readonly name: string
  readonly says: string
  readonly preemptions: number
  readonly mutant?: string
  readonly claim?: string
  readonly expect: Expected
}

function textOf({ written, given, scripts }: Scenario, { name, says, ...rest }: Said): string {
  const { bounds, switches } = written
  const commands = given.map(({ cpu, command }) =>
    cpu === 0 ? printCommand(command) : { [cpu]: printCommand(command) },
  )
  const cpus = scripts.map(script => script.map(printCommand))
  const set = Object.keys(switches).length === 0 ? {} : { switches }
  return stringify({ name, says, bounds, ...set, given: commands, cpus, ...rest }, { lineWidth: 0 })
}

/** Whether a scenario file is of several CPUs with a script each, and not of one way through the model. */
export function isScheduleFile(path: string): boolean {
  try {
    return /^cpus:/m.test(scenarioText(path))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    // Whoever takes its steps says why it cannot be read.
    return false
  }
}

/** Every schedule of a scenario file at both geometries, against what the file is held to. */
export async function heldSchedules(path: string): Promise<Omit<KeptScenario, 'file'>> {
  const runs = []
  let expected: Expected = 'holds'
  for (const geometry of geometryNames) {
    const scenario = loadScenario(path, geometry)
    expected = scenario.expect ?? 'holds'
    runs.push(await runScenario(scenario, { preemptions: null, random: null, lockstep: true, geometries: [geometry] }))
  }
  const failure = runs.find(run => run.failure !== undefined)?.failure
  const found: Expected = failure === undefined ? 'holds' : 'violated'
  const schedules = runs.reduce((sum, run) => sum + run.schedules, 0)
  const says =
    failure === undefined ? `nothing goes wrong in ${schedules} schedules` : `${failure.about}: ${failure.says}`
  return { expected, found, says, ok: found === expected }
}

/** One such file as if it were alone in its folder. */
export async function replayScheduleFile(path: string): Promise<KeptResult> {
  const held = await heldSchedules(path)
  return { schema: keptSchema, folder: dirname(path), ok: held.ok, scenarios: [{ file: path, ...held }] }
}
