// Runs of parts as one run: shards of a matrix, and different verbs. What the parts reached is put together before it is
// judged, so that merged shards say the same as a run of all. What does not belong together is refused.

import { combine, type RunResult, type Shard } from '../reports/index.js'
import { coverageOf } from './check.js'
import { UserError } from './errors.js'
import { reachTogether } from './explorer/together.js'
import { version } from './version.js'

export interface Given {
  readonly file: string
  readonly run: RunResult
}

export function merge(given: readonly Given[]): RunResult {
  for (const part of given) refuseOtherVersion(part)
  const runs = given.map(({ run }) => run)
  const whole = wholesOf(given)
  const verbs = new Set(runs.map(({ verb }) => verb))
  const all = inOrder(unique(combine(verbs.size === 1 ? runs[0].verb : 'merge', version, runs)), whole)
  const { coverage: _, reach = [], ...rest } = all
  const together = reachTogether(reach)
  const coverage = coverageOf(
    all.scopes.filter(({ pins }) => pins !== undefined),
    together,
  )
  return {
    ...rest,
    ok: all.ok && coverage.every(({ gaps, stale }) => gaps.length + stale.length === 0),
    ...(coverage.length === 0 ? {} : { coverage }),
    ...(together.length === 0 ? {} : { reach: together }),
  }
}

function refuseOtherVersion({ file, run }: Given): void {
  if (run.version === version) return
  throw new UserError({
    code: 'other-version',
    message: `the run is of mmspec ${run.version}, and this is ${version}: what one checks the other may not have`,
    place: file,
    next: 'run all parts, and merge them, with one version',
  })
}

/** What shards were parts of, each of which must be whole. */
function wholesOf(given: readonly Given[]): readonly (readonly string[])[] {
  const groups = new Map<string, { readonly verb: string; readonly of: number; readonly shards: Shard[] }>()
  for (const { run } of given) {
    if (run.shard === undefined) continue
    const { of, whole } = run.shard
    const key = JSON.stringify([run.verb, of, whole])
    const group = groups.get(key) ?? { verb: run.verb, of, shards: [] }
    group.shards.push(run.shard)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ verb, of, shards }) => {
    const there = new Set(shards.map(({ index }) => index))
    const missing = Array.from({ length: of }, (_, i) => i + 1).filter(index => !there.has(index))
    if (missing.length === 0) return shards[0].whole
    throw new UserError({
      code: 'missing-shard',
      message: `of ${verb}, ${missing.map(index => `${index}/${of}`).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`,
      next: `mmspec ${verb} --shard ${missing[0]}/${of} --json`,
    })
  })
}

/** What several parts have is there once, and all of them must say the same of it. */
function unique(run: RunResult): RunResult {
  const { linear, granularity, museum, schedules, conform } = run
  const searched = (it: { name: string; mutant?: string; bounds: readonly string[]; granularity: string }) =>
    [it.name, it.mutant ?? '', ...it.bounds, it.granularity].join(' ')
  once(run.scopes, searched, ({ verdict, states, transitions, unchanged, depth }) => ({
    verdict,
    states,
    transitions,
    unchanged,
    depth,
  }))
  return {
    ...run,
    scopes: once(run.scopes, scope => [searched(scope), scope.engine, ...scope.claims.map(({ id }) => id)].join(' ')),
    lockstep: once(run.lockstep, result => text(result)),
    mutants: once(run.mutants, ({ home, title }) => `${home} ${title}`),
    kills: once(run.kills, kill => text(kill)),
    ...(linear === undefined ? {} : { linear: { ...linear, scopes: once(linear.scopes, searched) } }),
    ...(granularity === undefined
      ? {}
      : { granularity: { ...granularity, rows: once(granularity.rows, ({ kind, name }) => `${kind} ${name}`) } }),
    ...(museum === undefined ? {} : { museum: { ...museum, entries: once(museum.entries, ({ id }) => id) } }),
    ...(schedules === undefined
      ? {}
      : {
          schedules: {
            ...schedules,
            scenarios: once(schedules.scenarios, it => [it.name, it.geometry, it.strategy].join(' ')),
          },
        }),
    ...(conform === undefined ? {} : { conform: { ...conform, rows: once(conform.rows, ({ id }) => id) } }),
  }
}

/** The first with each key. Others with the same key must have the same figures, times left out. */
function once<T extends object>(
  all: readonly T[],
  keyOf: (it: T) => string,
  figures: (it: T) => object = it => it,
): readonly T[] {
  const known = new Map<string, T>()
  for (const it of all) {
    const key = keyOf(it)
    const before = known.get(key)
    if (before === undefined) known.set(key, it)
    else if (text(figures(before)) !== text(figures(it)))
      throw new UserError({
        code: 'different-figures',
        message: `two parts have ${key}, and differ in what they found`,
        next: 'merge parts of one run of the same sources',
      })
  }
  return [...known.values()]
}

const isTime = (key: string): boolean => key === 'seconds' || key === 'cpuSeconds'
const text = (it: object): string => JSON.stringify(it, (key, part: unknown) => (isTime(key) ? undefined : part))

/** Scopes in the order of the whole that they are parts of, whichever shard came first. */
function inOrder(run: RunResult, wholes: readonly (readonly string[])[]): RunResult {
  const order = new Map(wholes.flat().map((name, i) => [name, i]))
  const sorted = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] =>
    [...all].sort((a, b) => (order.get(a.name) ?? order.size) - (order.get(b.name) ?? order.size))
  const { linear } = run
  return {
    ...run,
    scopes: sorted(run.scopes),
    lockstep: sorted(run.lockstep),
    ...(linear === undefined ? {} : { linear: { ...linear, scopes: sorted(linear.scopes) } }),
  }
}
