// Lockstep as a run: which scopes, in which orders, at which geometries, and one result value for all of it.

import { size } from '../model/kit/index.js'
import { type LockstepResult, type RunResult, runSchema } from '../reports/result.js'
import { usualCheck } from './check.js'
import type { Steering } from './drive.js'
import { UserError } from './errors.js'
import type { LockstepProgress } from './lockstep/index.js'
import { shuffledOrder } from './lockstep/run.js'
import { memory } from './memory/system.js'
import { type AtRandom, boundBy, type EveryTransition, type Pass } from './pass.js'
import { allOf, type Pool } from './pool.js'
import { allScopes } from './scope/index.js'
import { version } from './version.js'

export interface SideBySideOptions extends Steering<{ readonly scope: string } & LockstepProgress> {
  readonly sets: readonly string[]
  /** Processes side by side, where there is more than one pass. */
  readonly workers?: number
  /** Processes that other runs use too. */
  readonly pool?: Pool | null
}
export interface LockstepOptions extends SideBySideOptions {
  /** Whether each scope is run a second time with its commands in another order. */
  readonly shuffled?: boolean
}
export interface RandomOptions extends SideBySideOptions {
  /** Compared commands for each scope and geometry. */
  readonly commands: number
  readonly seed: number
  readonly geometry: GeometryChoice
}
export const geometryChoices = ['tiny', 'x86', 'both'] as const
export type GeometryChoice = (typeof geometryChoices)[number]

/** Scopes of the package where one CPU is alone. */
export const aloneScopes = (tag: 'small' | 'random'): readonly string[] =>
  allScopes(tag).flatMap(({ name, system, bounds }) =>
    system === memory.name && (bounds.cpus ?? 0) === 0 ? [name] : [],
  )

/** At the real geometry the window lies in turn across tables of each level, and at the end of the user half. */
const windows = ['straddle-1', 'straddle-2', 'straddle-3', 'top']

/**
 * Every transition of the scopes on both sides, in the order of the commands and in a shuffled one. One order at the
 * real geometry: the second is there for hidden states, which are the same at the tiny one, in a twentieth of the time.
 */
export function lockstepScopes(scopes: readonly string[], options: LockstepOptions): Promise<RunResult> {
  const { sets, deadline, shuffled = true } = options
  const passes = scopes.map((scope): EveryTransition => {
    const pass = { driver: 'exhaustive', scope, sets, deadline, orders: [0] } as const
    return shuffled && geometryOf(pass) === 'tiny' ? { ...pass, orders: [0, shuffledOrder] } : pass
  })
  return run('lockstep', passes, options)
}

/** Random sequences over the scopes, at one geometry or both. */
export const randomScopes = (scopes: readonly string[], options: RandomOptions): Promise<RunResult> =>
  run(
    'random',
    scopes.flatMap(scope => placesOf(scope, options)),
    options,
  )

function placesOf(scope: string, { sets, commands, geometry, seed, deadline }: RandomOptions): readonly AtRandom[] {
  const about = { driver: 'random', scope, seed, deadline } as const
  const tiny: AtRandom[] = geometry === 'x86' ? [] : [{ ...about, sets, commands }]
  if (geometry === 'tiny') return tiny
  const share = Math.ceil(commands / windows.length)
  return [
    ...tiny,
    ...windows.map(window => ({ ...about, sets: ['geometry=x86', `window=${window}`, ...sets], commands: share })),
  ]
}

async function run(verb: RunResult['verb'], passes: readonly Pass[], options: SideBySideOptions): Promise<RunResult> {
  for (const pass of passes) {
    refuseToy(pass)
    refuseSeveralCpus(pass)
    refuseEndless(pass)
  }
  const results = await allOf('lockstep', passes, options.workers ?? usualCheck.workers, {
    signal: options.signal ?? new AbortController().signal,
    pool: options.pool ?? null,
    progress: ({ scope }, at) => options.progress({ scope, ...at }),
  })
  return runOf(verb, results.flat())
}

const geometryOf = (pass: Pass): string | undefined => boundBy(pass).setting.bounds.switches.geometry

function refuseToy(pass: Pass): void {
  const { scope, system } = boundBy(pass)
  if (system.name === memory.name) return
  throw new UserError({
    code: 'no-implementation',
    message: `scope '${scope.name}' is of ${system.name}, which has a model and no implementation`,
    next: "'mmspec list scopes' shows those of memory",
  })
}

function refuseSeveralCpus(pass: Pass): void {
  const { scope, setting } = boundBy(pass)
  if (size(setting.bounds, 'cpu') === 0) return
  throw new UserError({
    code: 'one-cpu',
    message: `scope '${scope.name}' has several CPUs, and the implementation runs on one so far`,
    next: `mmspec check ${scope.asked}`,
  })
}

/** A scope that was made for random commands has more transitions than anybody can wait for. */
function refuseEndless(pass: Pass): void {
  const { scope } = boundBy(pass)
  const isForRandomOnly = scope.tags.includes('random') && scope.tags.length === 1
  if (pass.driver !== 'exhaustive' || !isForRandomOnly) return
  throw new UserError({
    code: 'endless',
    message: `scope '${scope.name}' is for random commands: every transition of it would never be seen`,
    next: `mmspec random ${scope.asked}`,
  })
}

const runOf = (verb: RunResult['verb'], lockstep: readonly LockstepResult[]): RunResult => ({
  schema: runSchema,
  verb,
  ok: lockstep.every(result => result.ok),
  version,
  scopes: [],
  lockstep,
  mutants: [],
  kills: [],
  unkilled: [],
})
