// Runs all mutants, of model and implementation, written and generated, and says which claims are alive. Grounds are
// taken a few at a time, always the same ones together, and each group runs what those before it left; searches come
// last. So the results are the same with any number of processes.

import type { Cut, KillResult, MutantResult } from '../../reports/result.js'
import { machineClaims } from '../claims/index.js'
import { type Steering, watched } from '../drive.js'
import { modelError } from '../explorer/explore.js'
import { memory } from '../memory/system.js'
import { builtInClaims } from '../scope/index.js'
import { type Crew, crewOf } from './crew.js'
import { equivalent } from './equivalent.js'
import { grounds } from './grounds/index.js'
import { withDistance } from './near.js'
import { mostCommands } from './noticed.js'
import { isSearchable, type Job, type Judged, mutantCatalogue } from './trials.js'

export interface MutantsProgress {
  readonly done: number
  readonly of: number
  readonly title: string
}
export interface MutantsRun {
  readonly mutants: readonly MutantResult[]
  readonly kills: readonly KillResult[]
  readonly unkilled: readonly string[]
  readonly cut: Cut | null
}

export interface MutantsAsked {
  /** Numbers of the mutants to run, and places of the grounds. */
  readonly mutants: readonly number[]
  readonly grounds: readonly number[]
  /** Whether what is left is searched for with several CPUs. */
  readonly searches: boolean
  readonly workers: number
}
export const allOfThem = (workers: number): MutantsAsked => ({
  mutants: [...mutantCatalogue().trials.keys()],
  grounds: [...grounds.keys()],
  searches: true,
  workers,
})

/** Grounds that are run over the same mutants; mutants in a job that were written by hand, or are searched for. */
const groundsAtOnce = 2
const writtenAtOnce = 20
const searchedAtOnce = 4

export async function runMutants(asked: MutantsAsked, steering: Steering<MutantsProgress>): Promise<MutantsRun> {
  const best = new Map<number, Judged>()
  const watch = watched(steering)
  const settled = new Set<number>()
  const crew = crewOf(asked.workers, {
    asked: watch.asked,
    progress: ({ title, judged }) => {
      for (const { mutant } of judged) settled.add(mutant)
      watch.progress({ done: settled.size, of: asked.mutants.length, title })
    },
  })
  try {
    for (const jobs of rounds(asked, best)) {
      await take(crew, jobs, best)
      const cut = watch.asked()
      if (cut !== null) return resultOf(asked, best, cut)
    }
  } finally {
    crew.end()
  }
  return resultOf(asked, best, null)
}

async function take(crew: Crew, jobs: readonly Job[], best: Map<number, Judged>): Promise<void> {
  for (const judged of await crew.run(jobs)) {
    for (const it of judged) {
      const before = best.get(it.mutant)
      if (before === undefined || it.length < before.length) best.set(it.mutant, it)
    }
  }
}

/** What is run one after the other; each round looks at what is noticed by then. */
function* rounds(
  { mutants, grounds: places, searches }: MutantsAsked,
  best: ReadonlyMap<number, Judged>,
): Generator<Job[]> {
  const { trials } = mutantCatalogue()
  const written = mutants.filter(mutant => trials[mutant].kind === 'written')
  const generated = mutants.filter(mutant => trials[mutant].kind === 'generated')
  yield groupsOf(written, writtenAtOnce).map(group => ({ mutants: group, ground: 'alone' }))
  for (const group of groupsOf(places, groundsAtOnce)) {
    // A mutant goes on to the next grounds until its trace is short.
    const left = generated.filter(mutant => (best.get(mutant)?.length ?? Number.POSITIVE_INFINITY) > mostCommands)
    if (left.length > 0) yield group.map(ground => ({ mutants: left, ground }))
  }
  if (!searches) return
  const left = generated.filter(mutant => !best.has(mutant) && isSearchable(mutant))
  yield groupsOf(left, searchedAtOnce).map(group => ({ mutants: group, ground: 'searched' }))
}

const groupsOf = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))

/** A run that was cut short says nothing of what nothing has noticed yet. */
function resultOf({ mutants }: MutantsAsked, best: ReadonlyMap<number, Judged>, cut: Cut | null): MutantsRun {
  const results = mutants
    .filter(mutant => cut === null || best.has(mutant))
    .map(mutant => withDistance(withReason(mutantResult(mutant, best.get(mutant)))))
  const kills = killsOf(results)
  return { mutants: results, kills, unkilled: cut === null ? unkilledBy(kills) : [], cut }
}

function mutantResult(mutant: number, found: Judged | undefined): MutantResult {
  const about = mutantCatalogue().trials[mutant]
  if (found === undefined) return { ...about, scope: '', verdict: 'survived', by: '', length: 0 }
  return { ...about, scope: found.scope, verdict: 'killed', by: found.by, length: found.length }
}

/** A survivor that is listed is equivalent. A listed one that is noticed counts as survived: the list is stale. */
export function withReason(result: MutantResult): MutantResult {
  const reason = equivalent.get(result.title)
  if (reason === undefined) return result
  if (result.verdict === 'survived') return { ...result, verdict: 'equivalent', reason }
  const stale = `listed as equivalent, but noticed by ${result.by}: take it off the list`
  return { ...result, verdict: 'survived', reason: stale }
}

/** Written mutants say which claim they must violate alone. */
const killsOf = (mutants: readonly MutantResult[]): readonly KillResult[] =>
  mutants
    .filter(({ kind, verdict }) => kind === 'written' && verdict === 'killed')
    .map(({ by, home, title }) => ({ claim: by, home, killedBy: title }))

/** Claims that no written mutant violates alone, in the home that they are about. */
export function unkilledBy(kills: readonly KillResult[]): readonly string[] {
  const killed = new Set(kills.map(({ home, claim }) => `${claim} (${home})`))
  const derived = Object.values(memory.recounts).map(recount => recount.id)
  const builtIn = Object.keys(builtInClaims).filter(id => id !== modelError)
  const model = [...memory.claims.map(claim => claim.id), ...derived, ...builtIn]
  const all = [...model.map(id => `${id} (model)`), ...machineClaims.map(({ id }) => `${id} (machine)`)]
  return all.filter(claim => !killed.has(claim))
}
