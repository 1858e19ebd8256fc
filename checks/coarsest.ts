// What shows a violation with the fewest others in between: the trace that a reader wants. The same model is searched at one
// granularity after the other, the coarsest first.

import type { Granularity } from '../model/kit/index.js'
import type { Exploration } from './explorer/explore.js'
import type { BoundScope } from './scope/index.js'

/** Where operations interleave, from the coarsest on. */
export const fromCoarsest: readonly Granularity[] = ['blocked', 'fused', 'full']

/** Those that are coarser than one; none, where operations do not interleave. */
export const coarserThan = (granularity: Granularity): readonly Granularity[] =>
  fromCoarsest.slice(0, Math.max(0, fromCoarsest.indexOf(granularity)))

/** What is set beside a scope, with another granularity. */
export const setsAt = (sets: readonly string[], granularity: Granularity): readonly string[] => [
  ...sets.filter(set => !/^ *granularity *=/.test(set)),
  `granularity=${granularity}`,
]

interface Looked<L> {
  readonly bound: BoundScope
  readonly looked: L
}

/** Looks until something is found that is what was looked for, or a search is cut short. */
export async function atCoarsest<L extends Pick<Exploration, 'cut' | 'found'>>(
  granularities: readonly Granularity[],
  bindAt: (granularity: Granularity) => BoundScope,
  look: (bound: BoundScope) => Promise<L>,
  isIt: (found: NonNullable<L['found']>) => boolean,
): Promise<Looked<L> | null> {
  for (const granularity of granularities) {
    const bound = bindAt(granularity)
    const looked = await look(bound)
    if (looked.cut !== null || (looked.found !== null && isIt(looked.found))) return { bound, looked }
  }
  return null
}
