// What is searched with steps joined and without: scopes as they are, scopes with their written mutants, and entries of the
// museum, each mutant and entry with the claim that is to notice it alone.

import { availableParallelism } from 'node:os'
import { type GranularityResult, type GranularityRow, granularitySchema } from '../../reports/index.js'
import type { Watch } from '../drive.js'
import { UserError } from '../errors.js'
import type { Progress } from '../explorer/explore.js'
import { bytesForEach } from '../memory-share.js'
import { entries } from '../museum/index.js'
import { scopeOf } from '../museum/run.js'
import { written } from '../mutants/written.js'
import { allOf } from '../pool.js'
import { allScopes, bindScope, loadScope, type ScopeFile, type ScopeTag, slugOf } from '../scope/index.js'
import { version } from '../version.js'
import { type Bounds, compare, type Pair } from './compare.js'

/** What is searched: a scope; one with the mutant of this slug; or the entry of the museum with this id. */
export type Subject =
  | { readonly kind: 'scope'; readonly scope: string; readonly sets: readonly string[] }
  | { readonly kind: 'mutant'; readonly slug: string }
  | { readonly kind: 'museum'; readonly id: string }
export interface GranularityJob {
  readonly subject: Subject
  readonly bounds: Bounds
  readonly deadline: number | null
}

export interface GranularityOptions {
  readonly sets: readonly string[]
  readonly mutants: boolean
  readonly museum: boolean
  readonly workers: number
  readonly maxStates: number
  readonly seconds: number
  readonly megabytes: number | null
  readonly signal: AbortSignal | null
  readonly progress: ((name: string, progress: Progress) => void) | null
}
export const usualGranularity: GranularityOptions = {
  sets: [],
  mutants: false,
  museum: false,
  workers: Math.min(2, availableParallelism()),
  maxStates: 3_000_000,
  seconds: Number.POSITIVE_INFINITY,
  megabytes: null,
  signal: null,
  progress: null,
}

const isFused = (scope: ScopeFile): boolean => scope.granularity === 'fused' && (scope.bounds.cpus ?? 0) > 0

/** Scopes of some kinds whose operations run at `fused`. */
export const fusedScopes = (...tags: readonly ScopeTag[]): readonly string[] =>
  allScopes(...tags)
    .filter(isFused)
    .map(scope => scope.name)

const mutantsOf = (scopes: readonly string[]): readonly Subject[] =>
  written
    .filter(({ scope }) => scopes.includes(scope))
    .map(({ mutant }): Subject => ({ kind: 'mutant', slug: slugOf(mutant.title) }))
const museumOf = (): readonly Subject[] =>
  entries.filter(({ scope }) => (scope.bounds?.cpus ?? 0) > 0).map(({ id }): Subject => ({ kind: 'museum', id }))

export async function checkGranularity(
  scopes: readonly string[],
  options: Partial<GranularityOptions> = {},
): Promise<GranularityResult> {
  const full = { ...usualGranularity, ...options }
  for (const scope of scopes) refuseWhole(loadScope(scope))
  const subjects: readonly Subject[] = [
    ...scopes.map((scope): Subject => ({ kind: 'scope', scope, sets: full.sets })),
    ...(full.mutants ? mutantsOf(scopes) : []),
    ...(full.museum ? museumOf() : []),
  ]
  const bounds = { states: full.maxStates, bytes: bytesForEach(subjects.length, full) }
  const deadline = Number.isFinite(full.seconds) ? Date.now() + full.seconds * 1000 : null
  const jobs = subjects.map((subject): GranularityJob => ({ subject, bounds, deadline }))
  const rows = await allOf('granularity', jobs, full.workers, {
    signal: full.signal ?? new AbortController().signal,
    progress: ({ subject }: GranularityJob, at: Progress) => full.progress?.(nameOf(subject), at),
  })
  return { schema: granularitySchema, verb: 'granularity', ok: rows.every(({ ok }) => ok), version, rows }
}

function refuseWhole(scope: ScopeFile): void {
  if (isFused(scope)) return
  throw new UserError({
    code: 'not-fused',
    message: `scope ${scope.name} joins no steps: it is not one of several CPUs at granularity fused`,
    place: scope.place(['granularity']),
  })
}

const nameOf = (subject: Subject): string =>
  subject.kind === 'scope' ? subject.scope : subject.kind === 'mutant' ? subject.slug : subject.id

function pairOf(subject: Subject): Pair {
  switch (subject.kind) {
    case 'scope': {
      const scope = loadScope(subject.scope)
      const at = (granularity: string) => bindScope(scope, [...subject.sets, `granularity=${granularity}`]).machine
      const pinned = subject.sets.length > 0 || scope.expect.full === undefined ? {} : { states: scope.expect.full }
      return { name: scope.name, kind: 'scope', fused: at('fused'), full: at('full'), claims: null, ...pinned }
    }
    case 'mutant': {
      const known = written.find(({ mutant }) => slugOf(mutant.title) === subject.slug)
      if (known === undefined) throw new Error(`no mutant ${subject.slug}`)
      const { scope, sets, mutant, kills } = known
      const at = (granularity: string) =>
        bindScope(loadScope(scope), [...sets, `granularity=${granularity}`], mutant).machine
      return { name: subject.slug, kind: 'mutant', fused: at('fused'), full: at('full'), claims: [kills] }
    }
    case 'museum': {
      const entry = entries.find(({ id }) => id === subject.id)
      if (entry === undefined) throw new Error(`no entry ${subject.id}`)
      const at = (granularity: 'fused' | 'full') => bindScope(scopeOf(entry, granularity), [], entry.mutant).machine
      return { name: entry.id, kind: 'museum', fused: at('fused'), full: at('full'), claims: [entry.breaks] }
    }
  }
}

export const runGranularity = (job: GranularityJob, watch: Watch<Progress>): Promise<GranularityRow> =>
  compare(pairOf(job.subject), job.bounds, {
    ...watch,
    asked: () => watch.asked() ?? (job.deadline !== null && Date.now() > job.deadline ? 'time' : null),
  })
