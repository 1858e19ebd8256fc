// Holds the checks to the model's mutants. A hand-written one must be noticed by its claim alone; a generated one by
// anything: a claim, a deadlock, a mistake against the kit's rules, or a disagreement with the implementation.

import { type Machine, ModelError, type Mutant } from '../../model/index.js'
import { explore } from '../explorer/explore.js'
import { drain } from '../lockstep/drain.js'
import { exhaustive } from '../lockstep/exhaustive.js'
import { shipped } from '../lockstep/run.js'

/** Binds a scope with a mutant; null where the scope leaves the mutant's operation out. */
export interface Ground {
  readonly name: string
  bind(mutant: Mutant): Machine | null
}
export interface Noticed {
  readonly scope: string
  /** A claim's id, `deadlock`, `model error` or `lockstep`. */
  readonly by: string
  /** Commands to the violation; 0 where there is no trace. */
  readonly length: number
  /** Ordinals of the path, where a claim noticed it. */
  readonly path: readonly number[]
}

/** Searches each ground for a violation; `claims` null means all. */
export function noticedByModel(
  mutant: Mutant,
  grounds: readonly Ground[],
  claims: ReadonlySet<string> | null,
): Noticed | null {
  for (const ground of grounds) {
    const machine = ground.bind(mutant)
    if (machine === null) continue
    const found = search(machine, claims)
    if (found !== null) return { scope: ground.name, ...found }
  }
  return null
}

function search(machine: Machine, claims: ReadonlySet<string> | null): Omit<Noticed, 'scope'> | null {
  try {
    const { found } = explore(machine, { claims, audit: false })
    return found === null ? null : { by: found.claim, length: found.path.length, path: found.path }
  } catch (error) {
    if (error instanceof ModelError) return { by: 'model error', length: 0, path: [] }
    throw error
  }
}

/** Runs the edited model against the real implementation: refusals and answers have no other judge. */
export function noticedByLockstep(mutant: Mutant, grounds: readonly Ground[]): Noticed | null {
  for (const ground of grounds) {
    const machine = ground.bind(mutant)
    if (machine === null) continue
    const { told } = drain(exhaustive(machine, { build: shipped, claims: [], order: 0 }))
    if (told !== null) return { scope: ground.name, by: 'lockstep', length: told.commands.length, path: [] }
  }
  return null
}
