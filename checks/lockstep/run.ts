// Lockstep runs as results: exhaustive over scopes, in two command orders, and random at both geometries. Every
// difference between model and implementation ends a run with the commands that lead to it.

import { createMachine } from '../../impl/index.js'
import { type Command, geometryOf, type Machine, size } from '../../model/index.js'
import type { Disagreement, LockstepResult } from '../../reports/result.js'
import { machineClaims } from '../claims/index.js'
import { commandText } from '../describe.js'
import { UserError } from '../errors.js'
import { initialState } from '../explorer/initial.js'
import { reachable } from '../explorer/reachable.js'
import { leavesOf } from '../explorer/trace.js'
import type { BoundScope } from '../scope/index.js'
import { located, stepSource } from '../sources/index.js'
import { ruleTexts } from '../spec/rule-text.js'
import { lockstepTokenOf } from '../token/index.js'
import { classOf, exhaustive } from './exhaustive.js'
import type { Build } from './pair.js'
import { random, usualLength } from './random.js'
import type { LockstepRun, LockstepWork } from './tally.js'
import { type Told, tellPath } from './tell.js'

/** The seed of the second pass over a scope. */
export const shuffledOrder = 1

export const shipped: Build = ({ boot }, log) => createMachine(boot, log)
const sides = (build: Build) => ({ build, claims: machineClaims })

type Run = LockstepWork<LockstepResult>

/** Every transition of a scope; `order` 0 takes the commands as they are numbered, another number shuffles them. */
export function* lockstepScope(bound: BoundScope, order: number, build: Build = shipped): Run {
  const times = stopwatch()
  const run = yield* exhaustive(bound.machine, { ...sides(build), order })
  const complete = run.cut === null && run.told === null
  const allowed = complete && !mayReachLess(bound) ? allowedBy(bound, order) : run.states
  const name = order === 0 ? bound.scope.name : `${bound.scope.name}, order ${order}`
  const result = resultOf(bound, name, 'exhaustive', run, times())
  if (allowed === run.states) return { ...result, states: run.states }
  const disagreement = unreached(bound, allowed, run.states)
  return { ...result, states: run.states, verdict: 'disagree', ok: false, disagreement }
}

/**
 * Whether the machine may reach fewer states than the model allows. Where pages are evicted, the machine has one victim
 * and the model any; where swap areas take turns, it has one slot. Where tables have a pool of their own, the model lets it
 * run out at any time; the machine's does so only if it is small, and where running out leaves something behind, as it
 * does for locked pages, that shows.
 */
export function mayReachLess({ setting: { bounds } }: BoundScope): boolean {
  if (bounds.switches.reclaim === 'on' || size(bounds, 'area') > 1) return true
  if (bounds.switches.tables === 'counted') return false
  const most = size(bounds, 'space') * (1 + size(bounds, 'page') * (geometryOf(bounds).levels - 1))
  return size(bounds, 'tableFrame') < most || bounds.switches.locking === 'on'
}

/**
 * How many states the model allows, up to renaming: the implementation must reach all of them. The first pass takes the
 * scope's word for it where it pins the figure; the second explores the model, and holds the pin to that.
 */
function allowedBy({ machine, scope, asWritten }: BoundScope, order: number): number {
  const pinned = asWritten ? scope.expect.classes : undefined
  if (pinned !== undefined && order === 0) return pinned
  const found = classesOf(machine)
  if (pinned === undefined || pinned === found) return found
  throw new UserError({
    code: 'wrong-pin',
    message: `scope ${scope.name} has ${found} states up to renaming, and its file expects ${pinned}`,
    place: scope.place(['expect', 'classes']),
    next: `write classes: ${found}, if the change is meant`,
  })
}
export function classesOf(machine: Machine): number {
  const classes = new Set<string>()
  for (const state of reachable(machine)) classes.add(classOf(machine, state))
  return classes.size
}

const unreached = (bound: BoundScope, allowed: number, reached: number): Disagreement => ({
  token: lockstepTokenOf(bound, []),
  about: 'reach',
  says: `the model allows ${allowed} states up to renaming, and the implementation reaches ${reached}`,
  place: 'states',
  model: String(allowed),
  machine: String(reached),
  steps: [],
})

export interface RandomAsked {
  readonly seed: number
  readonly commands: number
}

/** Random sequences over a scope. */
export function* lockstepRandom(bound: BoundScope, asked: RandomAsked, build: Build = shipped): Run {
  const times = stopwatch()
  const run = yield* random(bound.machine, { ...sides(build), ...asked, length: usualLength })
  const result = { ...resultOf(bound, bound.scope.name, 'random', run, times()), seed: asked.seed }
  const lively = run.compared > 0 && run.changing * 2 >= run.compared
  if (lively || !result.ok) return result
  return { ...result, verdict: 'disagree', ok: false, disagreement: idle(bound, run) }
}

/** A run that mostly bounces off refusals tests little; the share that changes the state is part of its promise. */
const idle = (bound: BoundScope, { compared, changing }: LockstepRun): Disagreement => ({
  token: lockstepTokenOf(bound, []),
  about: 'mix',
  says: `of ${compared} compared commands ${changing} change the state: less than half, so the run tests little`,
  place: 'changing',
  model: 'at least half',
  machine: `${changing} of ${compared}`,
  steps: [],
})

const placeOf = ({ setting: { bounds } }: BoundScope): string =>
  [bounds.switches.geometry, bounds.switches.window].join(' ')

type Times = Pick<LockstepResult, 'seconds' | 'cpuSeconds'>
/** Starts now; each call says what has passed. */
function stopwatch(): () => Times {
  const started = process.cpuUsage()
  const clock = performance.now()
  return () => ({ seconds: (performance.now() - clock) / 1000, cpuSeconds: process.cpuUsage(started).user / 1e6 })
}

function resultOf(
  bound: BoundScope,
  name: string,
  driver: LockstepResult['driver'],
  run: LockstepRun,
  times: Times,
): LockstepResult {
  const { told, cut } = run
  return {
    name,
    driver,
    geometry: placeOf(bound),
    verdict: told !== null ? 'disagree' : cut !== null ? 'bounded' : 'agree',
    ...(cut === null || told !== null ? {} : { cut }),
    compared: run.compared,
    changing: run.changing,
    mix: [...run.mix].map(([operation, count]) => ({ name: operation, count })),
    ...times,
    ...(told === null ? {} : { disagreement: disagreementOf(bound, told) }),
    ok: told === null && cut === null,
  }
}

export function disagreementOf(bound: BoundScope, told: Told): Disagreement {
  const { parting } = told
  const ruleOf = ({ operation }: Command): string => operation?.operation.about.rule ?? ''
  return {
    token: lockstepTokenOf(bound, told.commands),
    about: parting?.about ?? 'nothing',
    says: parting?.says ?? 'both sides agree',
    place: parting?.place ?? '',
    model: parting?.model ?? '',
    machine: parting?.machine ?? '',
    initial: leavesOf(bound.machine, initialState(bound.machine)),
    steps: told.steps.map(({ command, diff, model, machine }) => ({
      command: commandText(bound.machine, command),
      model,
      machine,
      rule: ruleOf(command),
      diff,
      ...located(stepSource(bound.system.name, command.name, '')),
    })),
    rules: ruleTexts(told.steps.map(({ command }) => ruleOf(command))),
  }
}

/** The commands of a token on both sides, as they are now; all steps are told even where both agree. */
export function replayLockstep(bound: BoundScope, commands: readonly number[], build: Build = shipped): LockstepResult {
  const told = tellPath(bound.machine, sides(build), commands)
  const parted = told.parting !== null
  return {
    name: bound.scope.name,
    driver: 'exhaustive',
    geometry: placeOf(bound),
    verdict: parted ? 'disagree' : 'agree',
    compared: told.steps.length,
    changing: told.steps.filter(step => step.diff.length > 0).length,
    mix: [],
    disagreement: disagreementOf(bound, told),
    ok: !parted,
  }
}
