// One scope of a run, as plain data that can be handed to another process, and how it is run: a search driven bit by
// bit, so that the process stays awake for an interruption, a time limit and its progress.

import { ModelError } from '../model/kit/index.js'
import { atCoarsest, coarserThan, setsAt } from './coarsest.js'
import { drive, type Watch } from './drive.js'
import {
  brokenAt,
  type Cut,
  type EngineName,
  type Exploration,
  exploration,
  type Limits,
  type Progress,
} from './explorer/explore.js'
import { type ExploredScope, judged, type Sight, scopeResult } from './result.js'
import { type BoundScope, bindScope, loadScope } from './scope/index.js'

export interface Job {
  readonly scope: string
  readonly sets: readonly string[]
  readonly mutant: string | null
  readonly claims: readonly string[] | null
  readonly engine: EngineName
  readonly limits: Omit<Limits, 'seconds'>
  /** Milliseconds since 1970 at which the run must end; null for never. */
  readonly deadline: number | null
}

export const bindJob = ({ scope, sets, mutant }: Job): BoundScope => bindScope(loadScope(scope), sets, mutant)

const late = ({ deadline }: Job): Cut | null => (deadline !== null && Date.now() > deadline ? 'time' : null)

let turn: Promise<unknown> = Promise.resolve()

/** Runs a job once those before it in this process are done: one machine's decision tables are in force at a time. */
export function runJob(job: Job, watch: Watch<Progress>): Promise<ExploredScope> {
  const result = turn.then(() => run(job, watch))
  turn = result.catch(() => undefined)
  return result
}

async function run(job: Job, watch: Watch<Progress>): Promise<ExploredScope> {
  const bound = bindJob(job)
  const before = watch.asked() ?? late(job)
  if (before !== null) return scopeResult(bound, nothing(job, before), job.claims, { seconds: 0, cpuSeconds: 0 })
  const start = performance.now()
  const cpu = process.cpuUsage()
  const found = await search(bound, job, watch)
  const seen = await coarserSight(bound, found, job, watch)
  const { user, system } = process.cpuUsage(cpu)
  const timed = { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 }
  return scopeResult(bound, found, job.claims, timed, seen)
}

/** The same violation where fewer others come in between, if they need not come in so often to show it. */
async function coarserSight(
  bound: BoundScope,
  { found }: Exploration,
  job: Job,
  watch: Watch<Progress>,
): Promise<Sight | null> {
  if (found === null || found.path.length === 0) return null
  const { claim } = found
  const seen = await atCoarsest(
    coarserThan(bound.machine.setting.granularity),
    granularity => bindJob({ ...job, sets: setsAt(job.sets, granularity) }),
    coarser => search(coarser, { ...job, claims: [claim] }, watch),
    it => it.claim === claim,
  )
  // What was cut short has perhaps not got so far; the first trace is there.
  return seen === null || seen.looked.found?.claim !== claim ? null : { bound: seen.bound, found: seen.looked.found }
}

async function search(bound: BoundScope, job: Job, watch: Watch<Progress>): Promise<Exploration> {
  const depth = Math.min(job.limits.depth, bound.scope.depth ?? Number.POSITIVE_INFINITY)
  const work = exploration(bound.machine, {
    engine: job.engine,
    limits: { ...job.limits, depth, seconds: Number.POSITIVE_INFINITY },
    claims: judged(bound, job.claims),
    audit: true,
  })
  let last: Progress | null = null
  const progress = (at: Progress): void => {
    last = at
    watch.progress(at)
  }
  try {
    return await drive(work, { asked: () => watch.asked() ?? late(job), progress })
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return broken(job, last, error)
  }
}

const nothing = ({ engine }: Job, cut: Cut | null): Exploration => ({
  verdict: 'bounded',
  cut,
  states: 0,
  transitions: 0,
  unchanged: 0,
  depth: 0,
  levels: [],
  found: null,
  claims: [],
  coverage: [],
  engine,
  audited: 0,
  bytes: 0,
})

/** The model broke a rule of its own language: nothing else that the search found may be believed. */
const broken = (job: Job, last: Progress | null, error: ModelError): Exploration => ({
  ...nothing(job, null),
  ...(last === null
    ? {}
    : { states: last.states, transitions: last.transitions, depth: last.depth, bytes: last.bytes }),
  verdict: 'violated',
  found: brokenAt(error),
})
