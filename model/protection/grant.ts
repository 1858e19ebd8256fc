// What a request for a protection gives: the textbook never lets a page be writable and executable at once, and knows
// two requests beyond the plain bits; a live Linux kernel grants whatever bits are asked. Rules: spec/protection.md#w-xor-x,
// spec/profiles.md#writable-and-executable.

import { match, P } from 'ts-pattern'
import { protections, words } from '../../spec/interface.js'
import { bool, decision, impossible, oneOf } from '../kit/index.js'
import { regionKind } from '../state.js'

export const grantDecision = decision(
  'grant',
  'protection.md#w-xor-x',
  { request: oneOf(...words.request), linux: bool },
  x =>
    match(x)
      .with({ request: P.union('guard', 'rw+cow'), linux: true }, () => 'unknown' as const)
      .with({ request: P.union('wx', 'rwx'), linux: false }, () => 'refuse' as const)
      .with({ request: 'rw+cow' }, () => 'rw' as const)
      .with({ request: 'guard' }, () => 'guard' as const)
      .with({ request: P.union(...protections) }, ({ request }) => request)
      .exhaustive(),
)

/**
 * Which of the two bits that W^X is about a region's protection has. Only a live kernel grants both at once, and there
 * no ceiling lacks executing without lacking writing: so writing is all that has to be said.
 */
export const gainsDecision = decision('gains', 'protection.md#ceiling', { region: regionKind }, x =>
  match(x.region)
    .with('unmapped', () => impossible)
    .with('none', 'r', 'guard', () => 'neither' as const)
    .with('w', 'rw', 'wx', 'rwx', () => 'write' as const)
    .with('x', 'rx', () => 'execute' as const)
    .exhaustive(),
)
