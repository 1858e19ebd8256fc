// One schedule made again and told: who went on at each step, what was answered, and for each stretch that a CPU runs
// alone what it changed in memory.

import type { Change, ScheduleTrace, TraceStep } from '../../reports/index.js'
import { commands } from '../../spec/interface.js'
import { printCommand } from '../notation/index.js'
import type { Broken } from './claims.js'
import { type Leaves, leavesNow } from './leaves.js'
import type { Scenario } from './scenario.js'
import type { Deviations } from './scheduler.js'
import { answersOf, type Follower, type Stage } from './stage.js'

type Step = ScheduleTrace['steps'][number]
/** A step with the memory and the answers behind it. */
interface Seen extends Step {
  readonly usual: number
  readonly leaves: Leaves
  readonly answers: readonly (readonly string[])[]
}

/** A schedule made again: the memory in which it begins, and its steps. */
export interface Retraced {
  readonly first: Leaves
  readonly steps: readonly Seen[]
}

/** Makes a schedule on a stage, held to what `judged` says of each step. The stage then stands where it ended. */
export function retrace(stage: Stage, deviations: Deviations, judged: Follower | null): Retraced {
  const { runner, places } = stage
  const { scheduler } = runner
  const steps: Seen[] = []
  let leaves: Leaves = new Map()
  const look = (cpu: number): void => {
    const step = steps.length
    const usual = scheduler.usual(step)
    const deviates = scheduler.took(step) !== usual
    leaves = leavesOr(stage, leaves)
    steps.push({ cpu, at: places[cpu] ?? 'the start', deviates, usual, leaves, answers: answersOf(stage) })
  }
  let first = leaves
  stage.follower = {
    begin: () => {
      places.length = 0
      first = leavesNow(stage)
      judged?.begin()
    },
    after: cpu => {
      look(cpu)
      return judged?.after(cpu) ?? null
    },
  }
  runner.run(deviations)
  // A step that violates a claim, or throws, is the last one, and nobody asks behind it.
  if (steps.length < scheduler.steps) look(scheduler.took(scheduler.steps - 1))
  return { first, steps }
}

/** A machine that went wrong may have left a memory in which looking at it throws: then what was seen last stays. */
function leavesOr(stage: Stage, before: Leaves): Leaves {
  try {
    return leavesNow(stage)
  } catch {
    return before
  }
}

/** As reports have it. */
export function toldSchedule(
  { scenario, placement }: Stage,
  { first, steps }: Retraced,
  wrong: Broken | null,
  token: string,
): ScheduleTrace {
  const { name, geometry, scripts, says, given } = scenario
  const all = stretches(steps, first)
  return {
    scenario: name,
    geometry,
    says,
    given: given.map(({ cpu, command }) => `cpu ${cpu}: ${printCommand(command)}`),
    firstPage: placement.firstPage,
    scripts: scripts.map(script => script.map(printCommand)),
    steps: steps.map(({ cpu, at, deviates }) => ({ cpu, at, deviates })),
    answers: steps.at(-1)?.answers ?? scripts.map(() => []),
    trace: {
      token,
      initial: [...first].map(([path, value]) => ({ path, value })),
      steps: all.map((stretch, i) => stepOf(scenario, stretch, all[i - 1]?.at(-1), first)),
    },
    ...(wrong === null ? {} : { wrong: { about: wrong.claim, says: wrong.says } }),
  }
}

/** Steps of one CPU in a row, up to one that others can see, or to where another CPU goes on. */
function stretches(steps: readonly Seen[], first: Leaves): readonly (readonly Seen[])[] {
  const found: Seen[][] = []
  let isOver = true
  steps.forEach((step, i) => {
    const last = found.at(-1)
    if (!isOver && last?.[0].cpu === step.cpu && !step.deviates) last.push(step)
    else found.push([step])
    isOver = diffOf(steps[i - 1]?.leaves ?? first, step.leaves).some(({ path }) => !path.startsWith('cpu '))
  })
  return found
}

/** A stretch as a step of a trace: the command that it begins or goes on with, the points that it passes, what it answers. */
function stepOf({ scripts }: Scenario, stretch: readonly Seen[], before: Seen | undefined, first: Leaves): TraceStep {
  const [{ cpu, deviates, usual }] = stretch
  const last = stretch[stretch.length - 1]
  const done = before?.answers[cpu].length ?? 0
  const command = scripts[cpu][done]
  const hasBegun = (before?.leaves.get(`cpu ${cpu}`) ?? first.get(`cpu ${cpu}`) ?? '').includes('stands at')
  const answered = last.answers[cpu].slice(done)
  const what = command === undefined ? 'answers who asks it' : hasBegun ? 'resume' : printCommand(command)
  return {
    command: `cpu ${cpu}: ${what}`,
    outcome: answered.length > 0 ? answered.join(', ') : command === undefined ? 'happened' : 'under way',
    operation: command === undefined ? 'idle' : commands[command.name].word,
    step: last.at,
    says: `passes ${stretch.map(({ at }) => `\`${at}\``).join(', ')}`,
    rule: '',
    choices: deviates ? [`CPU ${cpu} goes on, where CPU ${usual} would have`] : [],
    diff: diffOf(before?.leaves ?? first, last.leaves),
  }
}

const diffOf = (from: Leaves, to: Leaves): readonly Change[] =>
  [...to].flatMap(([path, value]) => {
    const was = from.get(path) ?? ''
    return was === value ? [] : [{ path, from: was, to: value }]
  })
