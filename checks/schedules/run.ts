// Runs scenarios: every schedule up to a number of preemptions, or so many at random; each must end as the model can, and
// keep the claims about memory after every step. The first that goes wrong has a token; the others are counted.
// Rule: spec/concurrency.md#schedules.

import { type ScenarioRun, type ScheduleFailure, type SchedulesResult, schedulesSchema } from '../../reports/index.js'
import type { Cut } from '../../reports/result.js'
import { machineClaims } from '../claims/index.js'
import { violatedClaim } from '../claims/machine.js'
import type { Watch } from '../drive.js'
import { NoAbstraction } from '../lockstep/abstraction.js'
import { version } from '../version.js'
import { type Broken, leftOver, scheduleClaims } from './claims.js'
import { answersText, type Ends, endOf, endsOf } from './ends.js'
import { Lockstep } from './lockstep.js'
import { mutantOf, type WrittenEdit } from './mutants.js'
import { type GeometryName, loadScenario, type Scenario } from './scenario.js'
import type { Deviations } from './scheduler.js'
import { answersOf, openStage, type Stage } from './stage.js'
import { enumerate, sample } from './strategies.js'
import { scheduleToken } from './token.js'
import { retrace, toldSchedule } from './told.js'

export interface Strategy {
  /** Every schedule with at most so many preemptions, or as is usual for each; unless `random` says otherwise. */
  readonly preemptions: number | null
  readonly random: { readonly schedules: number; readonly depth: number; readonly seed: number } | null
}
export interface SchedulesOptions extends Strategy {
  readonly geometries: readonly GeometryName[]
  readonly edit?: WrittenEdit | null
  /** Whether the model is asked after every step, or only at the end. */
  readonly lockstep?: boolean
  readonly signal?: AbortSignal
  readonly deadline?: number | null
  readonly progress?: (scenario: string, schedules: number) => void
}

export async function runSchedules(names: readonly string[], options: SchedulesOptions): Promise<SchedulesResult> {
  const scenarios: ScenarioRun[] = []
  for (const name of names) {
    for (const geometry of options.geometries) {
      scenarios.push(await runScenario(loadScenario(name, geometry), options))
      const last = scenarios.at(-1)
      if (last?.cut !== undefined) return resultOf(scenarios, last.cut)
    }
  }
  return resultOf(scenarios)
}

/** A scenario at a geometry, as plain data that can be handed to another process: as the verb asks by itself. */
export interface SchedulesJob {
  readonly scenario: string
  readonly geometry: GeometryName
  /** Milliseconds since 1970 at which the run must end; null for never. */
  readonly deadline: number | null
}

export async function runSchedulesJob(
  { scenario, geometry, deadline }: SchedulesJob,
  { asked, progress }: Watch<number>,
): Promise<ScenarioRun> {
  const controller = new AbortController()
  // What was asked for while the process was busy is heard now, before anything is compiled.
  await new Promise(resolve => setImmediate(resolve))
  if (asked() !== null) controller.abort()
  return runScenario(loadScenario(scenario, geometry), {
    preemptions: null,
    random: null,
    lockstep: true,
    geometries: [geometry],
    signal: controller.signal,
    deadline,
    progress: (_, schedules) => {
      if (asked() !== null) controller.abort()
      progress(schedules)
    },
  })
}

export const schedulesResult = (scenarios: readonly ScenarioRun[]): SchedulesResult =>
  resultOf(scenarios, scenarios.find(({ cut }) => cut !== undefined)?.cut)

const resultOf = (scenarios: readonly ScenarioRun[], cut?: Cut): SchedulesResult => ({
  schema: schedulesSchema,
  verb: 'schedules',
  ok: scenarios.every(run => run.ok),
  version,
  ...(cut === undefined ? {} : { cut }),
  scenarios,
})

/** Schedules between two looks at the clock, and milliseconds between two times that the process listens. */
const deaf = 64
const mostDeaf = 50

export async function runScenario(scenario: Scenario, options: SchedulesOptions): Promise<ScenarioRun> {
  const { random } = options
  const edit = options.edit ?? (scenario.mutant === null ? null : mutantOf(scenario.mutant))
  const preemptions = options.preemptions ?? scenario.preemptions
  const strategy =
    random === null ? `at most ${preemptions} preemptions` : `PCT, depth ${random.depth}, seed ${random.seed}`
  const late = cutOf(options)
  if (late !== undefined) return notBegun(scenario, strategy, late)
  const stage = await openStage(scenario, edit === null ? [] : [edit.edit])
  const ends = endsOf(scenario, stage.loaded)
  const judge = new EndJudge(stage, ends)
  const lockstep = options.lockstep === true ? new Lockstep(stage) : null
  stage.follower = lockstep
  const { scheduler } = stage.runner
  const started = performance.now()
  let [schedules, steps, failing] = [0, 0, 0]
  let failure: Failed | undefined
  let cut: Cut | undefined
  const work = random === null ? enumerate(stage.runner, preemptions) : sample(stage.runner, random)
  let listened = Date.now()
  for (const _ of work) {
    schedules++
    steps += scheduler.steps
    const wrong = judge.wrong()
    if (wrong !== null) {
      failing++
      failure ??= failureOf(stage, wrong, schedules, edit)
    }
    if (schedules % deaf !== 0 || Date.now() - listened < mostDeaf) continue
    options.progress?.(scenario.name, schedules)
    await new Promise(resolve => setImmediate(resolve))
    listened = Date.now()
    cut = cutOf(options)
    if (cut !== undefined) break
  }
  return {
    name: scenario.name,
    geometry: scenario.geometry,
    ...(edit === null ? {} : { mutant: edit.slug }),
    strategy,
    schedules,
    steps,
    answers: [...judge.answers].sort(),
    memories: judge.memories,
    allowed: [...ends.answers].sort(),
    situations: lockstep?.situations ?? ends.situations,
    failing,
    ...(failure === undefined ? {} : { failure: told(stage, failure, lockstep) }),
    seconds: (performance.now() - started) / 1000,
    ...(cut === undefined ? {} : { cut }),
    ok: failing === 0 && cut === undefined,
  }
}

/** To make a scenario ready takes longer than people wait for who was asked to stop. */
const notBegun = ({ name, geometry }: Scenario, strategy: string, cut: Cut): ScenarioRun => ({
  name,
  geometry,
  strategy,
  schedules: 0,
  steps: 0,
  answers: [],
  memories: 0,
  allowed: [],
  situations: 0,
  failing: 0,
  cut,
  ok: false,
})

function cutOf({ signal, deadline }: SchedulesOptions): Cut | undefined {
  if (signal?.aborted === true) return 'interrupted'
  return deadline != null && Date.now() > deadline ? 'time' : undefined
}

type Failed = Omit<ScheduleFailure, 'told'> & { readonly deviations: Deviations }

function failureOf(stage: Stage, { claim, says }: Broken, schedule: number, edit: WrittenEdit | null): Failed {
  const { scheduler } = stage.runner
  const deviations: Deviations = scheduler.deviations()
  const promised = claimSaid(claim)
  return {
    deviations,
    ...(promised === undefined ? {} : { claim: promised }),
    token: scheduleToken(stage.scenario, deviations, edit),
    about: claim,
    says,
    schedule,
    steps: scheduler.steps,
    answers: answersText(answersOf(stage)),
    places: [...stage.places],
  }
}

const claimSaid = (id: string): string | undefined =>
  Object.entries(scheduleClaims).find(([known]) => known === id)?.[1] ??
  machineClaims.find(claim => claim.id === id)?.says

/** The same with the schedule itself, which is made once more for that. */
function told(stage: Stage, { deviations, ...failure }: Failed, lockstep: Lockstep | null): ScheduleFailure {
  const wrong = { claim: failure.about, says: failure.says }
  return { ...failure, told: toldSchedule(stage, retrace(stage, deviations, lockstep), wrong, failure.token) }
}

/** How a schedule ended: every word of memory, what was answered, and what is wrong with it. */
interface End {
  readonly memory: Buffer
  readonly answers: string
  readonly wrong: Broken | null
}
/** Ends that are kept: most schedules of a scenario come to a few, and to compare is quicker than to judge. */
const mostKept = 256

/** Judges how schedules end. What one end was found to be is known of all that leave the same words and answers. */
export class EndJudge {
  readonly answers = new Set<string>()
  readonly #known: End[] = []
  readonly #memory: Buffer
  #ends = 0
  constructor(
    readonly stage: Stage,
    readonly ends: Ends,
  ) {
    this.#memory = Buffer.from(stage.machine.memory)
  }
  /** Different ends. */
  get memories(): number {
    return this.#ends
  }

  /** What is wrong with the schedule that has just ended. */
  wrong(): Broken | null {
    const { runner, broken, places, answers } = this.stage
    const { scheduler } = runner
    switch (scheduler.status) {
      case 'finished': {
        const said = answers.join()
        const at = this.#known.findIndex(end => end.answers === said && end.memory.equals(this.#memory))
        if (at >= 0) return this.#known[at].wrong
        const wrong = this.#end()
        this.#ends++
        if (this.#known.length < mostKept) this.#known.push({ memory: Buffer.from(this.#memory), answers: said, wrong })
        return wrong
      }
      case 'violated':
        return broken
      case 'deadlock': {
        const waiting = places.flatMap((place, cpu) => (scheduler.waiting(cpu) ? [`CPU ${cpu} at ${place}`] : []))
        return { claim: 'deadlock', says: `nobody can go on: ${waiting.join(', ')}` }
      }
      case 'too long':
        return { claim: 'too long', says: `no end after ${scheduler.steps} steps` }
      case 'crashed':
      case 'running': {
        const { thrown } = runner
        return { claim: 'crash', says: thrown instanceof Error ? thrown.message : String(thrown) }
      }
    }
  }

  #end(): Broken | null {
    const { stage, ends } = this
    const text = answersText(answersOf(stage))
    this.answers.add(text)
    const left = leftOver(stage.machine)
    if (left !== null) return left
    const broken = violatedClaim(machineClaims, stage.machine)
    if (broken !== null) return { claim: broken.claim, says: broken.witness.says }
    if (!ends.answers.has(text)) return { claim: 'end', says: `the model never answers ${text}` }
    try {
      if (ends.keys.has(endOf(stage))) return null
    } catch (error) {
      if (!(error instanceof NoAbstraction)) throw error
      return { claim: 'end', says: error.message }
    }
    return { claim: 'end', says: `the model answers so, and never leaves this state` }
  }
}
