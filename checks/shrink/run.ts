// Shrinks the trace of a token: a trace of the model, commands on both sides, or a schedule of the implementation. First it
// must fail as it is; then parts are left out and made simpler; then a search looks for a shorter way, where one could be.

import type { Cut } from '../../reports/result.js'
import { type SearchedWith, type ShrinkResult, searchedWith, shrinkSchema } from '../../reports/shrink-result.js'
import { machineClaims } from '../claims/index.js'
import { UserError } from '../errors.js'
import type { Taken } from '../explorer/trace.js'
import { follow } from '../explorer/trace.js'
import type { Build } from '../lockstep/index.js'
import { replayLockstep } from '../lockstep/run.js'
import { type Replay, replay, type SideBySideReplay } from '../replay.js'
import { aboutClaim, toldTrace } from '../result.js'
import { replaySchedule } from '../schedules/replay.js'
import type { Scenario } from '../schedules/scenario.js'
import { isScheduleToken, openScheduleToken, scheduleToken } from '../schedules/token.js'
import type { BoundScope } from '../scope/index.js'
import { openToken } from '../token/index.js'
import { coarser } from './coarser.js'
import { fewerCommands } from './commands.js'
import { LockstepSubject, shorterSideBySide } from './lockstep.js'
import { Minimiser, type ShrinkProgress, type ShrinkWork, type Subject } from './minimise.js'
import { ModelSubject } from './model.js'
import { deviationsOf, flatten, ScheduleSubject } from './schedule.js'
import { type Shorter, shorterBySearch } from './shorter.js'

export interface ShrinkOptions {
  /** States that each search for a shorter way may hold; 0 for no search. */
  readonly states: number
  readonly build: Build
}
export const usualStates = 200_000

type Work = AsyncGenerator<ShrinkProgress, ShrinkResult, Cut | null | undefined>

/** The work of shrinking a token, to be driven. */
export async function* shrink(token: string, options: ShrinkOptions): Work {
  if (isScheduleToken(token)) return yield* shrinkSchedule(token)
  const { steps } = openToken(token)
  const found = replay(token, options.build)
  return yield* found.kind === 'lk1' ? shrinkSideBySide(found, options) : shrinkModel(found, steps, options)
}

function* shrinkModel(
  { bound, shown }: Replay,
  steps: readonly Taken[],
  options: ShrinkOptions,
): ShrinkWork<ShrinkResult> {
  if (shown === null) throw nothingFails(`no claim is violated along its ${steps.length} steps`)
  const { claim } = shown
  const about = { claim, before: steps.length }
  const small = yield* shrinkSteps(bound, steps.slice(0, shown.step), about, options)
  if (options.states === 0 || small.cut !== undefined) return small
  const seen = yield* coarser(bound, claim, small.after, options.states)
  if (seen === null) return small
  const retold = yield* shrinkSteps(seen.bound, seen.steps, about, options)
  const granularity = { before: granularityOf(bound), after: granularityOf(seen.bound) }
  return { ...retold, tried: small.tried + retold.tried, granularity }
}

const granularityOf = ({ machine }: BoundScope): string => machine.setting.granularity

interface About {
  readonly claim: string
  /** The claims that are judged; absent for all, as in a replay. */
  readonly claims?: ReadonlySet<string> | null
  readonly before: number
}
/** Shrinks a failing trace of a scope that is bound already. */
export function* shrinkSteps(
  bound: BoundScope,
  steps: readonly Taken[],
  { claim, claims = null, before }: About,
  { states }: Pick<ShrinkOptions, 'states'>,
): ShrinkWork<ShrinkResult> {
  const subject = new ModelSubject(bound, claim, claims)
  const small = yield* smallest(subject, steps, states, (now, to) => shorterBySearch(subject, now, to, states))
  const { says, rule } = aboutClaim(bound, claim)
  const trace = toldTrace(bound, follow(bound.machine, small.steps), rule)
  const at = granularityOf(bound)
  const granularity = bound.machine.interleaved ? { granularity: { before: at, after: at } } : {}
  return { ...resultOf(small, { before, bound, about: claim }), ...granularity, says, token: trace.token, trace }
}

function* shrinkSideBySide(
  { bound, result }: SideBySideReplay,
  { states, build }: ShrinkOptions,
): ShrinkWork<ShrinkResult> {
  const { disagreement } = result
  if (result.ok || disagreement === undefined) throw nothingFails('both sides agree along it')
  const { about } = disagreement
  const subject = new LockstepSubject(bound.machine, { build, claims: machineClaims }, about)
  const given = openToken(disagreement.token).steps.map(step => step.command)
  const small = yield* smallest(subject, given, states, (now, to) => shorterSideBySide(subject, now, to, states))
  const lockstep = replayLockstep(bound, small.steps, build)
  const { says, token } = lockstep.disagreement ?? disagreement
  return { ...resultOf(small, { before: given.length, bound, about }), says, token, lockstep }
}

/** Switches that it does not need, then commands, then switches of what is left. */
async function* shrinkSchedule(token: string): Work {
  const { scenario, deviations, edit } = openScheduleToken(token)
  const given = deviationsOf(deviations)
  const subject = await ScheduleSubject.open({ scenario, edit })
  const wrong = subject.wrong(given)
  if (wrong === null) throw nothingFails('nothing goes wrong under this schedule')
  const { about } = wrong
  const first = yield* smallest(subject, given, 0, null)
  const preemptions = subject.preemptions(first.steps)
  const fewer = yield* fewerCommands({ scenario, edit }, first.steps, { about, preemptions })
  const rest = await ScheduleSubject.open({ scenario: fewer.scenario, edit }, about)
  const last = yield* smallest(rest, fewer.deviations, 0, null)
  const shrunk = scheduleToken(fewer.scenario, flatten(last.steps), edit)
  const found = {
    steps: last.steps,
    shortest: null,
    tried: first.tried + fewer.tried + last.tried,
    cut: last.cut ?? fewer.cut ?? first.cut,
  }
  return {
    ...resultOf(found, { before: given.length, bound: scenario.bound, about }),
    scope: scenario.name,
    ...(edit === null ? {} : { mutant: edit.slug }),
    commands: { before: commandsOf(scenario), after: commandsOf(fewer.scenario) },
    says: rest.wrong(last.steps)?.says ?? wrong.says,
    token: shrunk,
    schedule: await replaySchedule(shrunk),
  }
}
const commandsOf = ({ given, scripts }: Scenario): number => given.length + scripts.flat().length

interface Small<T> {
  readonly steps: readonly T[]
  readonly shortest: SearchedWith | null
  readonly tried: number
  readonly cut: Cut | null
}
type Search<T> = (steps: readonly T[], to: SearchedWith) => ShrinkWork<Shorter<T>>

/** The smallest that can be made of steps: by leaving out, then by searching with more and more commands. */
function* smallest<T>(
  subject: Subject<T>,
  given: readonly T[],
  states: number,
  search: Search<T> | null,
): ShrinkWork<Small<T>> {
  const minimiser = new Minimiser(subject, given)
  yield* minimiser.run()
  let shortest: SearchedWith | null = null
  let cut = minimiser.cut
  for (const to of search === null || states === 0 ? [] : searchedWith) {
    for (let again = true; again && cut === null && search !== null; ) {
      const found: Shorter<T> = yield* search(minimiser.best, to)
      cut = found.cut
      again = found.steps !== null && (yield* minimiser.take(found.steps))
      if (again) yield* minimiser.run()
      else if (found.complete) shortest = to
    }
  }
  const { best, tried } = minimiser
  return { steps: best, shortest, tried, cut: cut ?? minimiser.cut }
}

const resultOf = <T>(
  { steps, shortest, tried, cut }: Small<T>,
  { before, bound, about }: { readonly before: number; readonly bound: BoundScope; readonly about: string },
) => ({
  schema: shrinkSchema as typeof shrinkSchema,
  scope: bound.scope.name,
  ...(bound.mutant === null ? {} : { mutant: bound.mutant }),
  about,
  before,
  after: steps.length,
  shortest,
  tried,
  ...(cut === null ? {} : { cut }),
})

const nothingFails = (why: string): UserError =>
  new UserError({
    code: 'nothing-fails',
    message: `there is nothing to shrink: ${why}`,
    place: 'the token',
    next: 'give the token of a run that failed; mmspec replay shows what a token does',
  })
