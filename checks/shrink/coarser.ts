// The same violation where fewer others come in between: where a coarser granularity shows it, its trace is shorter, and what a
// search of the finer one calls the shortest is not what a reader wants.

import { coarserThan, setsAt } from '../coarsest.js'
import { type Taken, walk } from '../explorer/trace.js'
import { type BoundScope, bindScope } from '../scope/index.js'
import type { ShrinkWork } from './minimise.js'
import { ModelSubject } from './model.js'
import { searched } from './shorter.js'

interface Coarser {
  readonly bound: BoundScope
  readonly steps: readonly Taken[]
}

/** A shorter way to the same claim, at the coarsest granularity that has one; each search holds so many states. */
export function* coarser(bound: BoundScope, claim: string, length: number, states: number): ShrinkWork<Coarser | null> {
  if (length < 2) return null
  for (const granularity of coarserThan(bound.machine.setting.granularity)) {
    const at = bindScope(bound.scope, setsAt(bound.sets, granularity), bound.mutant)
    const looked = yield* searched(at.machine, claim, { depth: length - 1, states, length })
    if (looked?.cut === 'time' || looked?.cut === 'interrupted') return null
    if (looked?.found == null) continue
    const way = walk(at.machine, looked.found.path).map(({ taken }) => taken)
    const steps = new ModelSubject(at, claim).attempt(way)
    if (steps !== null) return { bound: at, steps }
  }
  return null
}
