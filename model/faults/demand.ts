// A page without an entry, touched where it may be: private memory reads as zeros, an object's page is where it is for
// all that show it. Rule: spec/faults.md#demand.

import { match, P } from 'ts-pattern'
import { bool, decision, oneOf } from '../kit/index.js'

/** `part`: where the page of the object is; `none` for private memory. */
export const demandDecision = decision(
  'demand',
  'faults.md#demand',
  { part: oneOf('none', 'absent', 'resident', 'swapped'), store: bool, zeroFrame: bool },
  x =>
    match(x)
      .with({ part: 'none', store: false, zeroFrame: true }, () => 'frame of zeros' as const)
      .with({ part: 'none' }, () => 'fresh' as const)
      .with({ part: 'resident' }, () => 'show the object' as const)
      .with({ part: P.union('absent', 'swapped') }, () => 'bring the object in' as const)
      .exhaustive(),
)
