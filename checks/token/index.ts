// Tokens: a trace in one word. `tokenOf` makes one, `openToken` finds the scope, binds it as the token says, makes sure
// that its numbers still mean what they meant, and gives the transitions to take.

import { UserError } from '../errors.js'
import type { Taken } from '../explorer/trace.js'
import { type BoundScope, bindScope, loadScope } from '../scope/index.js'
import { changedParts, type FingerprintPart, fingerprintOf } from './fingerprint.js'
import { parseToken, printToken, type TokenKind } from './text.js'

export { changedParts, type FingerprintPart, fingerprintOf } from './fingerprint.js'
export { parseToken, printToken, type TokenKind, type TokenText, tokenKinds } from './text.js'

export const tokenOf = ({ scope, sets, mutant, machine }: BoundScope, steps: readonly Taken[]): string =>
  printToken({ kind: 'mm1', scope: scope.asked, sets, mutant, steps, fingerprint: fingerprintOf(machine) })

/** A token of commands that run on model and implementation side by side. */
export const lockstepTokenOf = ({ scope, sets, mutant, machine }: BoundScope, commands: readonly number[]): string =>
  printToken({
    kind: 'lk1',
    scope: scope.asked,
    sets,
    mutant,
    steps: commands.map(command => ({ command, choices: [] })),
    fingerprint: fingerprintOf(machine),
  })

export interface OpenToken {
  readonly kind: Exclude<TokenKind, 'mp1'>
  readonly bound: BoundScope
  readonly steps: readonly Taken[]
}

export function openToken(text: string): OpenToken {
  const { kind, scope, sets, mutant, steps, fingerprint } = parseToken(text)
  if (kind === 'mp1') {
    const message = 'this is the token of a schedule, which runs on the implementation'
    throw new UserError({ code: 'schedule-token', message, next: "see 'mmspec replay'" })
  }
  const bound = bindScope(loadScope(scope), sets, mutant)
  const changed = changedParts(fingerprint, fingerprintOf(bound.machine))
  if (changed.length > 0) throw stale(changed, bound)
  return { kind, bound, steps }
}

const named: { readonly [P in FingerprintPart]: string } = {
  scope: 'the scope (its bounds, switches, granularity or arguments)',
  commands: 'the table of commands',
  operations: 'the operations (their steps or decision rows)',
}

function stale(changed: readonly FingerprintPart[], { scope }: BoundScope): UserError {
  const what = changed.map(part => named[part]).join(', and ')
  return new UserError({
    code: 'stale-token',
    message: `the token was made for another version of scope '${scope.name}'; changed since: ${what}`,
    place: 'the last eight digits',
    next: `run 'mmspec check ${scope.asked}' for a token of this version`,
  })
}
