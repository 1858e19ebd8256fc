// Random walks through the models of scopes, as a run: what is found is shrunk, so that what a reader sees is short.

import { type WalkedScope, type WalkResult, walkSchema } from '../reports/walk-result.js'
import { drive, type Steering, watched } from './drive.js'
import { usualWalk, type Wandering, wander } from './explorer/wander.js'
import { judged } from './result.js'
import { type BoundScope, bindScope, loadScope } from './scope/index.js'
import { shrinkSteps } from './shrink/run.js'
import { tokenOf } from './token/index.js'
import { version } from './version.js'

export interface WalkOptions extends Steering<{ readonly scope: string; readonly says: string }> {
  readonly sets: readonly string[]
  readonly mutant: string | null
  readonly claims: readonly string[] | null
  /** Commands to take in each scope. */
  readonly commands: number
  readonly seed: number
}

export async function walkScopes(scopes: readonly string[], options: WalkOptions): Promise<WalkResult> {
  const { sets, mutant, seed } = options
  const bound = scopes.map(scope => bindScope(loadScope(scope), sets, mutant))
  const walked: WalkedScope[] = []
  let cut: Wandering['cut'] = null
  for (const scope of bound) {
    const found = await walkScope(scope, options)
    walked.push(found.scope)
    cut = found.cut
    if (cut !== null) break
  }
  return {
    schema: walkSchema,
    verb: 'random',
    version,
    seed,
    ok: walked.every(({ failure }) => failure === undefined),
    ...(cut === null ? {} : { cut }),
    scopes: walked,
  }
}

async function walkScope(
  bound: BoundScope,
  options: WalkOptions,
): Promise<{ scope: WalkedScope; cut: Wandering['cut'] }> {
  const { scope, machine, mutant, bounds } = bound
  const { commands, seed, claims, progress } = options
  const start = performance.now()
  const say = (says: string) => progress({ scope: scope.name, says })
  const found = await drive(
    wander(machine, { seed, commands, length: usualWalk, claims: judged(bound, claims) }),
    watched({ ...options, progress: ({ taken, walks }) => say(`${walks} walks · ${taken} commands`) }),
  )
  const failure = found.found === null ? null : await failureOf(bound, found.found, options, say)
  return {
    scope: {
      name: scope.name,
      bounds,
      granularity: machine.setting.granularity,
      ...(mutant === null ? {} : { mutant }),
      asked: scope.asked,
      sets: bound.sets,
      walks: found.walks,
      taken: found.taken,
      changing: found.changing,
      ...(failure === null ? {} : { failure }),
      seconds: (performance.now() - start) / 1000,
    },
    cut: found.cut,
  }
}

/** Shrunk by leaving out alone, which takes a moment; the search for the shortest is for who asks for it. */
async function failureOf(
  bound: BoundScope,
  { claim, witness, steps }: NonNullable<Wandering['found']>,
  options: WalkOptions,
  say: (says: string) => void,
): Promise<NonNullable<WalkedScope['failure']>> {
  const about = { claim, claims: judged(bound, options.claims), before: steps.length }
  const shrunk = await drive(
    shrinkSteps(bound, steps, about, { states: 0 }),
    watched({ ...options, progress: ({ length }) => say(`${claim} is violated; shrinking, ${length} commands left`) }),
  )
  return { claim, witness, token: tokenOf(bound, steps), length: steps.length, shrunk }
}
