// Lockstep as a run: which scopes, in which orders, at which geometries, and one result value for all of it.

import { type LockstepResult, type RunResult, runSchema } from '../reports/result.js'
import { drive, type Steering, watched } from './drive.js'
import { UserError } from './errors.js'
import type { Build, LockstepProgress } from './lockstep/index.js'
import { lockstepRandom, lockstepScope, shuffledOrder } from './lockstep/run.js'
import { Workshop } from './mutants/workshop.js'
import { type BoundScope, bindScope, loadScope } from './scope/index.js'
import { memory } from './systems.js'
import { version } from './version.js'

export interface SideBySideOptions extends Steering<{ readonly scope: string } & LockstepProgress> {
  readonly sets: readonly string[]
}
export interface RandomOptions extends SideBySideOptions {
  /** Compared commands for each scope and geometry. */
  readonly commands: number
  readonly seed: number
  readonly geometry: GeometryChoice
}
export const geometryChoices = ['tiny', 'x86', 'both'] as const
export type GeometryChoice = (typeof geometryChoices)[number]

/** At the real geometry the window lies in turn across tables of each level, and at the end of the user half. */
const windows = ['straddle-1', 'straddle-2', 'straddle-3', 'top']

/**
 * Every transition of the scopes on both sides, in the order of the commands and in a shuffled one. One order at the
 * real geometry: the second is there for hidden states, which are the same at the tiny one, in a twentieth of the time.
 */
export const lockstepScopes = (scopes: readonly string[], options: SideBySideOptions): Promise<RunResult> =>
  onCountedCopy(build => everyTransition(scopes, options, build))

/**
 * Lockstep runs on a copy of the implementation whose loops count their rounds: a mistake that makes one endless is then
 * a disagreement with a trace, and not a program that hangs.
 */
export async function onCountedCopy<T>(work: (build: Build) => T | Promise<T>): Promise<T> {
  const workshop = new Workshop()
  try {
    return await work(await workshop.load(null))
  } finally {
    workshop.close()
  }
}

async function everyTransition(
  scopes: readonly string[],
  options: SideBySideOptions,
  build: Build,
): Promise<RunResult> {
  const bounds = scopes.map(scope => ofMemory(bindScope(loadScope(scope), options.sets)))
  const results: LockstepResult[] = []
  for (const bound of bounds) {
    const orders = bound.setting.bounds.switches.geometry === 'tiny' ? [0, shuffledOrder] : [0]
    for (const order of orders) {
      results.push(await drive(lockstepScope(bound, order, build), watched(named(bound.scope.name, options))))
      if (results.at(-1)?.disagreement !== undefined) break
    }
  }
  return runOf('lockstep', results)
}

/** Random sequences over the scopes, at one geometry or both. */
export const randomScopes = (scopes: readonly string[], options: RandomOptions): Promise<RunResult> =>
  onCountedCopy(build => atRandom(scopes, options, build))

async function atRandom(scopes: readonly string[], options: RandomOptions, build: Build): Promise<RunResult> {
  const results: LockstepResult[] = []
  for (const { bound, commands } of scopes.flatMap(scope => placesOf(scope, options))) {
    const work = lockstepRandom(bound, { seed: options.seed, commands }, build)
    results.push(await drive(work, watched(named(bound.scope.name, options))))
  }
  return runOf('random', results)
}

interface Place {
  readonly bound: BoundScope
  readonly commands: number
}
function placesOf(scope: string, { sets, commands, geometry }: RandomOptions): readonly Place[] {
  const bind = (more: readonly string[]) => ofMemory(bindScope(loadScope(scope), [...more, ...sets]))
  const tiny: Place[] = geometry === 'x86' ? [] : [{ bound: bind([]), commands }]
  if (geometry === 'tiny') return tiny
  const share = Math.ceil(commands / windows.length)
  return [...tiny, ...windows.map(window => ({ bound: bind(['geometry=x86', `window=${window}`]), commands: share }))]
}

function ofMemory(bound: BoundScope): BoundScope {
  if (bound.system.name === memory.name) return bound
  throw new UserError({
    code: 'no-implementation',
    message: `scope '${bound.scope.name}' is of ${bound.system.name}, which has a model and no implementation`,
    next: "'mmspec list scopes' shows those of memory",
  })
}

const named = (scope: string, options: SideBySideOptions): Steering<LockstepProgress> => ({
  signal: options.signal,
  deadline: options.deadline,
  progress: at => options.progress({ scope, ...at }),
})

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
