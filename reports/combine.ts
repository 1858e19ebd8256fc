// Several runs as one: their parts one behind the other, in the order in which they are given. Whether they belong
// together, and what their scopes reach together, is for whoever knows the scopes.

import type { ConformResult } from './conform-result.js'
import type { Cut, RunResult, RunVerb } from './result.js'

type Parts = Pick<RunResult, 'conform' | 'linear' | 'granularity' | 'museum' | 'schedules' | 'stress'>

export function combine(verb: RunVerb, version: string, runs: readonly RunResult[]): RunResult {
  const coverage = runs.flatMap(run => run.coverage ?? [])
  const reach = runs.flatMap(run => run.reach ?? [])
  return {
    schema: 'mmspec/run@1',
    verb,
    ok: runs.every(({ ok }) => ok),
    version,
    ...firstCut(runs),
    scopes: runs.flatMap(({ scopes }) => scopes),
    ...(coverage.length === 0 ? {} : { coverage }),
    ...(reach.length === 0 ? {} : { reach }),
    lockstep: runs.flatMap(({ lockstep }) => lockstep),
    mutants: runs.flatMap(({ mutants }) => mutants),
    kills: runs.flatMap(({ kills }) => kills),
    unkilled: [...new Set(runs.flatMap(({ unkilled }) => unkilled))],
    ...partsOf(runs),
  }
}

const firstCut = (all: readonly { readonly cut?: Cut }[]): { cut?: Cut } => {
  const cut = all.find(it => it.cut !== undefined)?.cut
  return cut === undefined ? {} : { cut }
}

function partsOf(runs: readonly RunResult[]): Parts {
  const [conform, linear, granularity] = [of(runs, 'conform'), of(runs, 'linear'), of(runs, 'granularity')]
  const [museum, schedules, stress] = [of(runs, 'museum'), of(runs, 'schedules'), of(runs, 'stress').flat()]
  return {
    ...(conform.length === 0 ? {} : { conform: conform.reduce(conformTogether) }),
    ...(linear.length === 0
      ? {}
      : { linear: { ...linear[0], ok: areOk(linear), scopes: linear.flatMap(({ scopes }) => scopes) } }),
    ...(granularity.length === 0
      ? {}
      : { granularity: { ...granularity[0], ok: areOk(granularity), rows: granularity.flatMap(({ rows }) => rows) } }),
    ...(museum.length === 0
      ? {}
      : {
          museum: {
            ...museum[0],
            ok: areOk(museum),
            ...firstCut(museum),
            entries: museum.flatMap(({ entries }) => entries),
            outOfReach: museum.find(({ outOfReach }) => outOfReach.length > 0)?.outOfReach ?? [],
          },
        }),
    ...(schedules.length === 0
      ? {}
      : {
          schedules: {
            ...schedules[0],
            ok: areOk(schedules),
            ...firstCut(schedules),
            scenarios: schedules.flatMap(({ scenarios }) => scenarios),
          },
        }),
    ...(stress.length === 0 ? {} : { stress }),
  }
}

const of = <K extends keyof Parts>(runs: readonly RunResult[], part: K): readonly NonNullable<Parts[K]>[] =>
  runs.flatMap(run => {
    const it = run[part]
    return it === undefined ? [] : [it as NonNullable<Parts[K]>]
  })
const areOk = (parts: readonly { readonly ok: boolean }[]): boolean => parts.every(({ ok }) => ok)

/** Rows of one recording: what was recorded is the same for both, what was asked is not. */
const conformTogether = (a: ConformResult, b: ConformResult): ConformResult => ({
  ...a,
  ok: a.ok && b.ok,
  rows: [...a.rows, ...b.rows],
  later: [...a.later, ...b.later],
  reasons: { ...a.reasons, ...b.reasons },
  totals: {
    recorded: a.totals.recorded,
    asked: a.totals.asked + b.totals.asked,
    agreed: a.totals.agreed + b.totals.agreed,
    later: a.totals.later + b.totals.later,
  },
})
