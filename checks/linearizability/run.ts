// Scopes that are asked for linearizability: which ones can be, how one is run, and what is told of it.

import { availableParallelism } from 'node:os'
import { ModelError } from '../../model/kit/index.js'
import {
  type Cut,
  type LinearAnswer,
  type LinearResult,
  type LinearScope,
  type LinearViolation,
  linearRule,
  linearSchema,
} from '../../reports/index.js'
import { answerText, commandText } from '../describe.js'
import { drive, type Watch } from '../drive.js'
import { UserError } from '../errors.js'
import { follow } from '../explorer/trace.js'
import { bytesForEach } from '../memory-share.js'
import { allOf, type Pool } from '../pool.js'
import { toldTrace } from '../result.js'
import { allScopes, type BoundScope, bindScope, loadScope, type ScopeTag } from '../scope/index.js'
import { version } from '../version.js'
import { type Disorder, type Linearity, type LinearProgress, linearity } from './linear.js'
import { Rests } from './rest.js'
import { type Tag, ticketsOf } from './tags.js'

export interface LinearJob {
  readonly scope: string
  readonly sets: readonly string[]
  readonly mutant: string | null
  readonly bytes: number
  /** Milliseconds since 1970 at which the run must end; null for never. */
  readonly deadline: number | null
}

export interface LinearOptions {
  readonly sets: readonly string[]
  readonly mutant: string | null
  readonly workers: number
  readonly seconds: number
  readonly megabytes: number | null
  readonly signal: AbortSignal | null
  /** Processes that other runs use too. */
  readonly pool?: Pool | null
  readonly progress: ((scope: string, progress: LinearProgress) => void) | null
}
export const usualLinear: LinearOptions = {
  sets: [],
  mutant: null,
  workers: Math.min(2, availableParallelism()),
  seconds: Number.POSITIVE_INFINITY,
  megabytes: null,
  signal: null,
  progress: null,
}

/** Whether operations of several CPUs interleave in a scope: nothing is to be asked of another. */
const isInterleaved = ({ machine }: BoundScope): boolean => machine.interleaved && machine.cpus > 1

/** The tags of the scopes that are asked where none is named. */
export const linearTags: readonly ScopeTag[] = ['small', 'toy', 'linear']

/** The scopes of a tag that can be asked; toys that are expected to go wrong have said all that they have to say. */
export const linearScopes = (...tags: readonly ScopeTag[]): readonly string[] =>
  allScopes(...tags)
    .filter(scope => scope.expect.verdict !== 'violated' && isInterleaved(bindScope(scope)))
    .map(scope => scope.name)

/** Asks scopes given by name or path. Throws `UserError` before anything runs if one of them cannot be asked. */
export async function checkLinear(
  scopes: readonly string[],
  options: Partial<LinearOptions> = {},
): Promise<LinearResult> {
  const full = { ...usualLinear, ...options }
  const jobs = jobsOf(scopes, full)
  for (const job of jobs) refuseAlone(boundBy(job))
  const steering = {
    signal: full.signal ?? new AbortController().signal,
    pool: full.pool ?? null,
    progress: (job: LinearJob, at: LinearProgress) => full.progress?.(job.scope, at),
  }
  const results = await allOf('linear', jobs, full.workers, steering)
  return { schema: linearSchema, verb: 'linear', ok: results.every(({ ok }) => ok), version, scopes: results }
}

function jobsOf(scopes: readonly string[], options: LinearOptions): readonly LinearJob[] {
  const { sets, mutant, seconds } = options
  const bytes = bytesForEach(scopes.length, options)
  const deadline = Number.isFinite(seconds) ? Date.now() + seconds * 1000 : null
  return scopes.map(scope => ({ scope, sets, mutant, bytes, deadline }))
}

const boundBy = ({ scope, sets, mutant }: LinearJob, more: readonly string[] = []): BoundScope =>
  bindScope(loadScope(scope), [...sets, ...more], mutant)

function refuseAlone(bound: BoundScope): void {
  if (isInterleaved(bound)) return
  const { scope } = bound
  throw new UserError({
    code: 'not-interleaved',
    message: `in scope ${scope.name} no two CPUs have operations under way at a time`,
    place: scope.place(['granularity']),
    next: 'set cpus=2,granularity=full',
  })
}

export async function runLinear(job: LinearJob, watch: Watch<LinearProgress>): Promise<LinearScope> {
  const bound = boundBy(job)
  const machines = {
    machine: bound.machine,
    whole: boundBy(job, ['granularity=whole']).machine,
    attempts: boundBy(job, ['granularity=attempts']).machine,
  }
  const start = performance.now()
  const cpu = process.cpuUsage()
  const late = (): Cut | null => (job.deadline !== null && Date.now() > job.deadline ? 'time' : null)
  const work = linearity(machines, job.bytes)
  const linear = await drive(work, { ...watch, asked: () => watch.asked() ?? late() }).catch(broken)
  const { user, system } = process.cpuUsage(cpu)
  const timed = { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 }
  return { ...told(bound, linear, timed), ...('broken' in linear ? { broken: linear.broken } : {}) }
}

function broken(error: unknown): Linearity & { readonly broken: string } {
  if (!(error instanceof ModelError)) throw error
  const ends = { ordered: 0, restarted: 0, spurious: 0 }
  const nothing = { cut: null, rests: 0, starts: 0, states: 0, transitions: 0, ends, found: null }
  return { ...nothing, verdict: 'violated', broken: error.message }
}

function told(bound: BoundScope, linear: Linearity, timed: Pick<LinearScope, 'seconds' | 'cpuSeconds'>): LinearScope {
  const { verdict, cut, rests, starts, states, transitions, ends, found } = linear
  return {
    name: bound.scope.name,
    system: bound.system.name,
    bounds: bound.bounds,
    granularity: bound.machine.setting.granularity,
    ...(bound.mutant === null ? {} : { mutant: bound.mutant }),
    verdict,
    ...(cut === null ? {} : { cut }),
    rests,
    starts,
    states,
    transitions,
    ends,
    ...timed,
    ...(found === null ? {} : { violation: violationOf(bound, found) }),
    ok: verdict === 'holds',
  }
}

function violationOf(bound: BoundScope, { tags, rest, alternatives, way, from }: Disorder): LinearViolation {
  const answers = answersOf(bound, tags)
  const rests = new Rests(bound.machine)
  const orders = alternatives.map(other => ({
    sequences: other.sequences,
    answers: answersOf(bound, other.tags),
    diff: rests.diff(other.rest, rest),
  }))
  const isSame = (others: readonly LinearAnswer[]) => others.every(({ outcome }, i) => outcome === answers[i].outcome)
  const same = orders.some(order => isSame(order.answers))
  return {
    says: same ? 'some order answers the same, and none ends in the same state' : 'no order answers so',
    answers,
    orders: same ? orders.filter(order => isSame(order.answers)) : orders,
    trace: toldTrace(bound, follow(bound.machine, way), linearRule),
    before: from,
  }
}

const answersOf = ({ machine }: BoundScope, tags: readonly (Tag | null)[]): readonly LinearAnswer[] =>
  tags.flatMap(tag => {
    if (tag === null || tag.answer === null) return []
    const command = ticketsOf(machine)[tag.ticket]
    return [{ command: commandText(machine, command), outcome: answerText(machine, command.name, tag.answer.outcome) }]
  })
