// Claims about the implementation's own memory: what the model cannot see because it derives it. They run after every
// lockstep command, on the real words. Each chapter's are in its file beside this one.

import type { Machine as Implementation } from '../../impl/index.js'
import { violated, type Witness } from '../../model/index.js'
import { judgedTogether } from './memory-walk.js'

export interface MachineClaim {
  readonly id: string
  readonly says: string
  readonly rule: string
  /** Numbers of the same predicate in spec/catalogue.md. */
  readonly also: readonly string[]
  holds(machine: Implementation): true | Witness
}

/** The first claim that a machine's memory violates. A claim that throws met structures it could not even walk. */
export function violatedClaim(
  claims: readonly MachineClaim[],
  machine: Implementation,
): { readonly claim: string; readonly witness: Witness } | null {
  return judgedTogether(machine, () => {
    for (const claim of claims) {
      const held = judged(claim, machine)
      if (held !== true) return { claim: claim.id, witness: held }
    }
    return null
  })
}

export function judged(claim: MachineClaim, machine: Implementation): true | Witness {
  try {
    return claim.holds(machine)
  } catch (error) {
    return violated(`the structures cannot be walked: ${error instanceof Error ? error.message : String(error)}`)
  }
}
