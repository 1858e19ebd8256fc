// Everything that is quick in one run: small scopes, recorded answers, lockstep, random commands, orders, the museum
// and schedules. All parts share their processes, and a red part stops none of the others.

import { combine, type RunResult, runOf } from '../reports/index.js'
import { checkScopes } from './check.js'
import { checkLinear, linearScopes, linearTags } from './linearizability/run.js'
import { entries, museumResult, outOfReach } from './museum/index.js'
import { allOf, Pool } from './pool.js'
import { schedulesResult } from './schedules/run.js'
import { scenarioNames } from './schedules/scenario.js'
import { allScopes } from './scope/index.js'
import { aloneScopes, lockstepScopes, randomScopes } from './side-by-side.js'
import { version } from './version.js'

export interface VerifyOptions {
  /** Which parts; all in the order of `verifyParts` where it is absent. */
  readonly only?: readonly VerifyPart[]
  readonly workers: number
  /** Seconds for the whole run. */
  readonly seconds: number
  readonly signal: AbortSignal
  progress(line: string): void
  /** Hears each part once it and those before it are done. */
  heard(part: RunResult): void
}

const randomCommands = 10_000
const randomSeed = 1

/** Runs all parts; what each one found is in the result as if it had been run alone. */
export async function verify(options: VerifyOptions): Promise<RunResult> {
  const start = performance.now()
  const pool = new Pool(options.workers, options.signal)
  try {
    const asked = (name: VerifyPart) => options.only === undefined || options.only.includes(name)
    const begun = new Map(longestFirst.filter(asked).map(name => [name, partsByName[name](options, pool)]))
    // Each is waited for in its turn: what another one throws by then is not lost, and not unhandled either.
    for (const part of begun.values()) part.catch(() => undefined)
    const runs: RunResult[] = []
    for (const name of verifyParts) {
      const run = await begun.get(name)
      if (run === undefined) continue
      runs.push(run)
      options.heard(run)
    }
    return { ...combine('verify', version, runs), seconds: (performance.now() - start) / 1000 }
  } finally {
    pool.end()
  }
}

type Part = (options: VerifyOptions, pool: Pool) => Promise<RunResult>

const deadlineOf = ({ seconds }: VerifyOptions): number | null =>
  Number.isFinite(seconds) ? Date.now() + seconds * 1000 : null

const scopes: Part = ({ seconds, signal, workers, progress }, pool) =>
  checkScopes(
    allScopes('small', 'toy').map(({ name }) => name),
    {
      pool,
      workers,
      signal,
      seconds,
      progress: (scope, { depth, states }) => progress(`${scope}: depth ${depth} · ${states} states`),
    },
  )

const sideBySide = (options: VerifyOptions, pool: Pool) => ({
  sets: [],
  pool,
  signal: options.signal,
  deadline: deadlineOf(options),
  progress: ({ scope, compared }: { readonly scope: string; readonly compared: number }) =>
    options.progress(`${scope}: ${compared} compared`),
})
const lockstep: Part = (options, pool) =>
  lockstepScopes(aloneScopes('small'), { ...sideBySide(options, pool), shuffled: false })
const random: Part = (options, pool) =>
  randomScopes(aloneScopes('random'), {
    ...sideBySide(options, pool),
    commands: randomCommands,
    seed: randomSeed,
    geometry: 'tiny',
  })

const conform: Part = async ({ workers, signal }, pool) => {
  const [answers] = await allOf('conform', [{ profile: 'linux' }], workers, { signal, pool, progress: () => undefined })
  return runOf(answers)
}

const linear: Part = async ({ seconds, signal, workers, progress }, pool) => {
  const result = await checkLinear(linearScopes(...linearTags), {
    pool,
    workers,
    signal,
    seconds,
    progress: (scope, { states }) => progress(`${scope}: ${states} states side by side`),
  })
  return runOf(result)
}

const museum: Part = async (options, pool) => {
  const { signal, workers } = options
  const deadline = deadlineOf(options)
  const jobs = entries.map(({ id }) => ({ entry: id, deadline }))
  const results = await allOf('museum', jobs, workers, {
    signal,
    pool,
    progress: ({ entry }, { states }) => options.progress(`${entry}: ${states} states`),
  })
  return runOf(museumResult(results, outOfReach))
}

const schedules: Part = async (options, pool) => {
  const { signal, workers } = options
  const deadline = deadlineOf(options)
  const jobs = scenarioNames().map(scenario => ({ scenario, geometry: 'tiny', deadline }) as const)
  const runs = await allOf('schedules', jobs, workers, {
    signal,
    pool,
    progress: ({ scenario }, made) => options.progress(`${scenario}: ${made} schedules`),
  })
  return runOf(schedulesResult(runs))
}

/** In the order in which they are told. */
export const verifyParts = ['check', 'conform', 'lockstep', 'random', 'linear', 'museum', 'schedules'] as const
export type VerifyPart = (typeof verifyParts)[number]

/**
 * In the order in which they are begun: the longest first, and last what is made of many short jobs, so that no process
 * waits long for another one at the end.
 */
const longestFirst: readonly VerifyPart[] = ['lockstep', 'check', 'linear', 'schedules', 'museum', 'random', 'conform']

const partsByName: { readonly [P in VerifyPart]: Part } = {
  check: scopes,
  conform,
  lockstep,
  random,
  linear,
  museum,
  schedules,
}
