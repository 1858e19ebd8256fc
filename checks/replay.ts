// Takes the transitions of a token or a scenario again and says what they show: the first claim that is violated on the way, judged anew,
// because the token holds no verdict and the claims may have changed since it was made.

import { type Machine, ModelError, PackedEngine, PackedHost } from '../model/kit/index.js'
import type { LockstepResult, Trace } from '../reports/result.js'
import { UserError, unknownWord } from './errors.js'
import { deadlockAt, livelockAt } from './explorer/ends.js'
import { initialState } from './explorer/initial.js'
import { argumentsOf, Judge, type Violation } from './explorer/judge.js'
import { follow, type WalkedStep } from './explorer/trace.js'
import { transitionViolation } from './explorer/verdict.js'
import type { Build } from './lockstep/index.js'
import { replayLockstep, shipped } from './lockstep/run.js'
import { aboutClaim, toldTrace } from './result.js'
import { type Expected, loadScenarioFile, type ScenarioFile, type ScenarioText, scenarioFrom } from './scenario/file.js'
import { commandNumbers, type Departure, takeSteps } from './scenario/take.js'
import { type BoundScope, bindScope, builtInClaims, claimIds, loadScope } from './scope/index.js'
import { openToken } from './token/index.js'

export interface Shown extends Violation {
  /** The number of the step that shows it; 0 is the first state. */
  readonly step: number
}

/** A lockstep token: the commands on both sides, as they are now. */
export interface SideBySideReplay {
  readonly kind: 'lk1'
  readonly bound: BoundScope
  readonly result: LockstepResult
  readonly held?: Held
}

export interface Replay {
  readonly kind: 'mm1'
  readonly bound: BoundScope
  readonly trace: Trace
  readonly shown: Shown | null
  /** Where a scenario's step answered otherwise than is written: the trace ends before it. */
  readonly departure?: Departure
  /** What a kept scenario is held to. */
  readonly held?: Held
}

/** A kept scenario, by what it should come to and comes to. */
export interface Held {
  readonly expected: Expected
  readonly ok: boolean
}

export function replay(token: string, build: Build = shipped): Replay | SideBySideReplay {
  const { kind, bound, steps } = openToken(token)
  if (kind === 'lk1') {
    const commands = steps.map(step => step.command)
    const unknown = commands.find(command => bound.machine.commands[command] === undefined)
    if (unknown !== undefined) throw impossible(bound, `there is no command ${unknown}`)
    return { kind, bound, result: replayLockstep(bound, commands, build) }
  }
  const walked = followed(bound, steps)
  return { kind, bound, ...seen(bound, walked) }
}

/** A scenario's steps, as a value or as read from a file. */
export function replayScenario(written: ScenarioText, build: Build = shipped): Replay | SideBySideReplay {
  return replaySteps(scenarioFrom(written), build)
}
export const replayFile = (path: string, build: Build = shipped): Replay | SideBySideReplay =>
  replaySteps(loadScenarioFile(path), build)

function replaySteps(file: ScenarioFile, build: Build): Replay | SideBySideReplay {
  const { steps, claim, expect, place } = file
  const bound = boundBy(file)
  if (claim !== null) refuseClaim(bound, claim, place(['claim']))
  if (file.lockstep) {
    const result = replayLockstep(bound, commandNumbers(bound.machine, steps), build)
    return { kind: 'lk1', bound, result, ...held(expect, result.ok, !result.ok) }
  }
  const { steps: walked, departure } = takeSteps(bound.machine, steps, expect === 'holds')
  const { shown, trace } = seen(bound, walked)
  return {
    kind: 'mm1',
    bound,
    trace,
    shown,
    ...(departure === null ? {} : { departure }),
    ...held(expect, shown === null, shown !== null && (claim === null || shown.claim === claim)),
  }
}

const held = (expected: Expected | null, holds: boolean, violated: boolean): { readonly held?: Held } =>
  expected === null ? {} : { held: { expected, ok: expected === 'holds' ? holds : violated } }

function boundBy({ scope, sets, mutant, place }: ScenarioFile): BoundScope {
  try {
    return bindScope(loadScope(scope), sets, mutant)
  } catch (error) {
    if (!(error instanceof UserError) || error.place !== undefined) throw error
    const { code, message, nearest, next } = error
    throw new UserError({ code, message, nearest, next, place: place([code.includes('mutant') ? 'mutant' : 'scope']) })
  }
}

function refuseClaim({ system }: BoundScope, claim: string, place: string): void {
  const valid = [...claimIds(system), ...Object.keys(builtInClaims)]
  if (!valid.includes(claim)) throw unknownWord('claim', claim, valid, { place, next: "see 'mmspec list claims'" })
}

function followed(bound: BoundScope, steps: Parameters<typeof follow>[1]): readonly WalkedStep[] {
  try {
    return follow(bound.machine, steps)
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    throw impossible(bound, error.message)
  }
}

const impossible = ({ scope }: BoundScope, why: string): UserError =>
  new UserError({
    code: 'impossible-token',
    message: `the token cannot be followed in scope '${scope.name}': ${why}`,
    place: 'the steps of the token',
  })

/** A walked path as a search tells it: with the rule of the claim that it violates. */
function seen(bound: BoundScope, walked: readonly WalkedStep[]): Pick<Replay, 'trace' | 'shown'> {
  const shown = shownBy(bound.machine, walked)
  return { shown, trace: toldTrace(bound, walked, shown === null ? '' : aboutClaim(bound, shown.claim).rule) }
}

/** The first violation along a walked path. */
export function shownBy(machine: Machine, steps: readonly WalkedStep[]): Shown | null {
  const judge = new Judge(machine, null)
  const first = initialState(machine)
  const atOnce = judge.state(new PackedHost(machine, first).m, first)
  if (atOnce !== null) return { ...atOnce, step: 0 }
  for (const [i, step] of steps.entries()) {
    const found = violation(judge, machine, step)
    if (found !== null) return { ...found, step: i + 1 }
  }
  return endsUnderWay(machine, steps)
}

/** As the search judges: the state that a step leads to first, then the step itself. */
function violation(judge: Judge, machine: Machine, step: WalkedStep): Violation | null {
  const { operation, signal, before, after, command } = step
  const { m } = new PackedHost(machine, after)
  const state = judge.state(m, after)
  if (state !== null) return state
  return transitionViolation(machine, judge, {
    operation,
    signal,
    changed: step.diff.length > 0,
    arguments: () => argumentsOf(machine, before, command),
    before: new PackedHost(machine, before).m,
    after: m,
    packed: null,
  })
}

/** Whether the path ends where operations are under way, and nothing can move, or nothing that moves comes to an end. */
function endsUnderWay(machine: Machine, steps: readonly WalkedStep[]): Shown | null {
  const last = steps.at(-1)
  if (last === undefined || !machine.interleaved) return null
  const engine = new PackedEngine(machine)
  const found = deadlockAt(machine, last.after, engine) ?? livelockAt(machine, last.after, engine)
  return found === null ? null : { ...found, step: steps.length }
}
