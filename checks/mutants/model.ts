// Holds the model's claims to the mutants that were written for them: each must be noticed by its claim alone, in the
// scope that it names.

import { ModelError } from '../../model/index.js'
import { explore } from '../explorer/explore.js'
import { bindScope, loadScope } from '../scope/index.js'
import type { Written } from './written.js'

export interface Noticed {
  readonly scope: string
  /** A claim's id, `model error`, `lockstep`, or `lockstep: ` and where both sides part, or `search: ` and what differs. */
  readonly by: string
  /** Commands to the violation; 0 where there is no trace. */
  readonly length: number
}

/** What notices a written mutant while all claims but its own are switched off. */
export function noticedAlone({ mutant, kills, scope, sets }: Written): Noticed | null {
  const { machine } = bindScope(loadScope(scope), sets, mutant)
  try {
    const { found } = explore(machine, { claims: new Set([kills]), audit: false })
    return found === null ? null : { scope, by: found.claim, length: found.path.length }
  } catch (error) {
    if (error instanceof ModelError) return { scope, by: 'model error', length: 0 }
    throw error
  }
}
