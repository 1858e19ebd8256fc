// What several scopes of one system reach together. No scope meets every step and every row of a decision: bounds are
// small so that each is explored completely. But what none of them meets was never checked, and is as good as missing.

import type { SystemCoverage } from '../../reports/result.js'
import { beyond } from './beyond.js'
import type { Covered } from './coverage.js'

/** What one scope has of everything that can be reached, and what of it was. */
export interface Reached {
  readonly system: string
  /** How far others may come in between: a scope where operations are whole reaches nothing of several CPUs. */
  readonly granularity: string
  readonly parts: readonly Pick<Covered, 'name' | 'kind' | 'count'>[]
}

interface Part {
  readonly kind: Covered['kind']
  reached: boolean
}

const isInterleaved = ({ granularity }: Reached): boolean => granularity !== 'whole'

function unionOf(runs: readonly Reached[], counts: (run: Reached) => boolean): ReadonlyMap<string, Part> {
  const union = new Map<string, Part>()
  for (const run of runs) {
    for (const { name, kind, count } of run.parts) {
      const known = union.get(name) ?? { kind, reached: false }
      known.reached ||= count > 0 && counts(run)
      union.set(name, known)
    }
  }
  return union
}

/** The union of the scopes of a system: how much of it is reached, and what is not and should be. */
export const together = (system: string, runs: readonly Reached[]): SystemCoverage =>
  judged(system, [
    ...unionOf(
      runs.filter(run => run.system === system),
      () => true,
    ),
  ])

/**
 * The same for the scopes alone in which CPUs take steps in between each other's: all that the system has must happen
 * there too. What decisions answer is as it is elsewhere.
 */
export function togetherInterleaved(system: string, runs: readonly Reached[]): SystemCoverage | null {
  const its = runs.filter(run => run.system === system)
  if (!its.some(isInterleaved)) return null
  return judged(
    `${system}, interleaved`,
    [...unionOf(its, isInterleaved)].filter(([, { kind }]) => kind !== 'row'),
  )
}

function judged(name: string, union: readonly (readonly [string, Part])[]): SystemCoverage {
  const excused = new Set(Object.keys(beyond[name] ?? {}))
  const figures = (kind: Covered['kind']) => {
    const parts = union.filter(([, part]) => part.kind === kind)
    return { reached: parts.filter(([, part]) => part.reached).length, declared: parts.length }
  }
  const names = (reached: boolean) => union.filter(([, part]) => part.reached === reached).map(([it]) => it)
  return {
    system: name,
    outcomes: figures('outcome'),
    steps: figures('step'),
    rows: figures('row'),
    gaps: names(false).filter(it => !excused.has(it)),
    stale: [...excused].filter(it => !names(false).includes(it)),
  }
}
