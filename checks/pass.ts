// One pass of lockstep, as plain data that can be handed to another process: all transitions of a scope in some orders, or
// random sequences over it. It runs on a copy of the implementation whose loops count their rounds: a mistake that makes
// one endless is then a disagreement with a trace, and not a program that hangs.

import type { Cut, LockstepResult } from '../reports/result.js'
import { drive, type Watch } from './drive.js'
import type { Build, LockstepProgress } from './lockstep/index.js'
import { lockstepRandom, lockstepScope } from './lockstep/run.js'
import { Workshop } from './mutants/workshop.js'
import { type BoundScope, bindScope, loadScope } from './scope/index.js'

interface About {
  readonly scope: string
  readonly sets: readonly string[]
  /** Milliseconds since 1970 at which the run must end; null for never. */
  readonly deadline: number | null
}
/** 0 takes the commands as they are numbered, another number shuffles them. A pass ends with the first order that parts. */
export interface EveryTransition extends About {
  readonly driver: 'exhaustive'
  readonly orders: readonly number[]
}
export interface AtRandom extends About {
  readonly driver: 'random'
  readonly commands: number
  readonly seed: number
}
export type Pass = EveryTransition | AtRandom

export const boundBy = ({ scope, sets }: Pass): BoundScope => bindScope(loadScope(scope), sets)

let copy: Promise<Build> | null = null
/** The copy is made once in a process, and its files go with it. */
export function countedCopy(): Promise<Build> {
  if (copy === null) {
    const workshop = new Workshop()
    copy = workshop.load(null).finally(() => workshop.close())
  }
  return copy
}

export async function runPass(
  pass: Pass,
  { asked, progress }: Watch<LockstepProgress>,
): Promise<readonly LockstepResult[]> {
  const build = await countedCopy()
  const watch = { asked: () => asked() ?? late(pass), progress }
  const bound = boundBy(pass)
  if (pass.driver === 'random') return [await drive(lockstepRandom(bound, pass, build), watch)]
  const results: LockstepResult[] = []
  for (const order of pass.orders) {
    results.push(await drive(lockstepScope(bound, order, build), watch))
    if (results.at(-1)?.disagreement !== undefined) break
  }
  return results
}

const late = ({ deadline }: Pass): Cut | null => (deadline !== null && Date.now() > deadline ? 'time' : null)
