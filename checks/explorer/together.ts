// What several scopes of one system reach together. No scope meets every step and every row of a decision: bounds are
// small so that each is explored completely. But what none of them meets was never checked, and is as good as missing.

import type { SystemCoverage } from '../../reports/result.js'
import { beyond } from './beyond.js'
import type { Covered } from './coverage.js'

/** What one scope has of everything that can be reached, and what of it was. */
export interface Reached {
  readonly system: string
  readonly parts: readonly Pick<Covered, 'name' | 'kind' | 'count'>[]
}

interface Part {
  readonly kind: Covered['kind']
  reached: boolean
}

function unionOf(runs: readonly Reached[]): ReadonlyMap<string, Part> {
  const union = new Map<string, Part>()
  for (const { parts } of runs) {
    for (const { name, kind, count } of parts) {
      const known = union.get(name) ?? { kind, reached: false }
      known.reached ||= count > 0
      union.set(name, known)
    }
  }
  return union
}

/** The union of the scopes of a system: how much of it is reached, and what is not and should be. */
export function together(system: string, runs: readonly Reached[]): SystemCoverage {
  const union = [...unionOf(runs.filter(run => run.system === system))]
  const excused = new Set(Object.keys(beyond[system] ?? {}))
  const figures = (kind: Covered['kind']) => {
    const parts = union.filter(([, part]) => part.kind === kind)
    return { reached: parts.filter(([, part]) => part.reached).length, declared: parts.length }
  }
  const names = (reached: boolean) => union.filter(([, part]) => part.reached === reached).map(([name]) => name)
  return {
    system,
    outcomes: figures('outcome'),
    steps: figures('step'),
    rows: figures('row'),
    gaps: names(false).filter(name => !excused.has(name)),
    stale: [...excused].filter(name => !names(false).includes(name)),
  }
}
