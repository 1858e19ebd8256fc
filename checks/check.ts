// Checks scopes: every reachable state of each, against its claims, its pins and its coverage. The answer is a value;
// how it is shown is for reports. The same question gives the same answer with any number of workers.

import { availableParallelism } from 'node:os'
import { emptyRun, type RuleReach, type RunResult, type ScopeResult, type SystemCoverage } from '../reports/index.js'
import { unknownWord } from './errors.js'
import { type EngineName, noLimits, type Progress } from './explorer/explore.js'
import { isInterleaved, reachOf, together, togetherInterleaved } from './explorer/together.js'
import { bindJob, type Job } from './job.js'
import { bytesForEach } from './memory-share.js'
import { allOf, type Pool } from './pool.js'
import type { ExploredScope } from './result.js'
import { claimIds, loadScope, scopeNames } from './scope/index.js'
import { version } from './version.js'

export interface CheckOptions {
  readonly engine: EngineName
  /** Bounds and switches set beside the files, `processes=3`. */
  readonly sets: readonly string[]
  /** Slug or title of a mutant, in force in every scope of the run. */
  readonly mutant: string | null
  /** Ids of the claims to judge; null for those of each scope's file. */
  readonly claims: readonly string[] | null
  /** Processes side by side, where there is more than one scope. */
  readonly workers: number
  readonly maxStates: number
  readonly maxDepth: number
  /** For the whole run. */
  readonly seconds: number
  /** For the visited set of each scope; null: all scopes of a run together take most of the memory there is. */
  readonly megabytes: number | null
  /** Cuts the run short; what is done by then is in the result. */
  readonly signal: AbortSignal | null
  /** Processes that other runs use too. */
  readonly pool?: Pool | null
  readonly progress: ((scope: string, progress: Progress) => void) | null
}

export const usualCheck: CheckOptions = {
  engine: 'packed',
  sets: [],
  mutant: null,
  claims: null,
  workers: Math.min(2, availableParallelism()),
  maxStates: noLimits.states,
  maxDepth: noLimits.depth,
  seconds: Number.POSITIVE_INFINITY,
  megabytes: null,
  signal: null,
  progress: null,
}

/** Checks scopes given by name or path. Throws `UserError` before anything runs if one of them cannot be bound. */
export async function checkScopes(scopes: readonly string[], options: Partial<CheckOptions> = {}): Promise<RunResult> {
  const full = { ...usualCheck, ...options }
  const jobs = jobsOf(scopes, full)
  for (const job of jobs) refuseUnknownClaims(job)
  const signal = full.signal ?? new AbortController().signal
  const steering = {
    signal,
    pool: full.pool ?? null,
    progress: (job: Job, at: Progress) => full.progress?.(job.scope, at),
  }
  const results = await allOf('explore', jobs, full.workers, steering)
  const reach = asWritten(full) ? reachOf(results) : []
  const coverage = coverageOf(results, reach)
  return {
    ...emptyRun('check', version),
    ok: results.every(result => result.ok) && coverage.every(({ gaps, stale }) => gaps.length + stale.length === 0),
    scopes: results.map(withoutParts),
    ...(coverage.length === 0 ? {} : { coverage }),
    ...(reach.length === 0 ? {} : { reach }),
  }
}

const asWritten = ({ sets, mutant }: CheckOptions): boolean => sets.length === 0 && mutant === null
const withoutParts = ({ parts: _, ...result }: ExploredScope): ScopeResult => result

/** What the scopes of a system reach together, where all small ones of the package ran to their end. */
export function coverageOf(results: readonly ScopeResult[], reach: readonly RuleReach[]): readonly SystemCoverage[] {
  const whole = (result: ScopeResult) => result.cut === undefined && result.verdict === 'holds'
  const ran = new Set(results.filter(whole).map(result => result.name))
  const others = scopeNames().filter(name => !ran.has(name))
  return [...new Set(results.map(result => result.system))]
    .filter(system => reach.some(part => part.system === system))
    .filter(system => !others.some(name => isPromised(name, system)))
    .flatMap(system => [
      together(system, reach),
      ...(results.some(result => result.system === system && isInterleaved(result))
        ? [togetherInterleaved(system, reach)]
        : []),
    ])
}

/** Whether a scope of the package is one that a whole run of the system has to have. */
function isPromised(name: string, of: string): boolean {
  const { system, tags } = loadScope(name)
  return system === of && tags.some(tag => tag === 'small' || tag === 'toy')
}

function jobsOf(scopes: readonly string[], options: CheckOptions): readonly Job[] {
  const { engine, sets, mutant, claims, maxStates, maxDepth, seconds } = options
  const bytes = bytesForEach(scopes.length, options)
  const deadline = Number.isFinite(seconds) ? Date.now() + seconds * 1000 : null
  const limits = { states: maxStates, depth: maxDepth, bytes }
  return scopes.map(scope => ({ scope, sets, mutant, claims, engine, limits, deadline }))
}

function refuseUnknownClaims(job: Job): void {
  const { system } = bindJob(job)
  const valid = claimIds(system)
  const unknown = job.claims?.find(id => !valid.includes(id))
  if (unknown === undefined) return
  throw unknownWord('claim', unknown, valid, { next: `'mmspec list claims' lists those of ${system.name}` })
}
