// What a page's protection may still become. A page that was writable once is never executable, and one that was
// executable is never written, until it is unmapped: so code cannot be made from data. Rule: spec/protection.md#ceiling.

import { match, P } from 'ts-pattern'
import { bool, decision, impossible, oneOf } from '../kit/index.js'
import type { Ceiling, RegionKind } from '../regions/attributes.js'
import { ceiling, type M } from '../state.js'
import { gainsDecision } from './grant.js'

const gains = oneOf('neither', 'write', 'execute', 'both')

/** Where a mapping starts, before its protection takes its due. */
export const firstCeilingDecision = decision(
  'first-ceiling',
  'protection.md#ceiling',
  { linux: bool, shared: bool, readOnly: bool, gains },
  x =>
    match(x)
      .with({ shared: false, readOnly: true }, () => impossible)
      .with({ linux: true, readOnly: true }, () => 'rx' as const)
      .with({ linux: true }, { shared: false }, () => 'rwx' as const)
      .with({ gains: P.union('execute', 'both') }, () => 'rx' as const)
      .with({ readOnly: true }, () => 'r' as const)
      .with({ shared: true }, () => 'rw' as const)
      .exhaustive(),
)

/** What is left of a ceiling under a protection. */
export const ceilingDecision = decision('ceiling', 'protection.md#ceiling', { linux: bool, ceiling, gains }, x =>
  match(x)
    .with({ linux: true }, ({ ceiling }) => ceiling)
    .with({ gains: 'both' }, () => impossible)
    .with({ gains: 'neither' }, ({ ceiling }) => ceiling)
    .with({ gains: 'write', ceiling: P.union('rwx', 'rw') }, () => 'rw' as const)
    .with({ gains: 'execute', ceiling: P.union('rwx', 'rx') }, () => 'rx' as const)
    .with({ gains: 'write' }, { gains: 'execute' }, () => impossible)
    .exhaustive(),
)

/** Whether a protection stays below a ceiling. */
export const withinDecision = decision('within', 'protection.md#mprotect', { ceiling, gains }, x =>
  match(x)
    .with({ gains: 'write', ceiling: P.union('rx', 'r') }, () => 'refuse' as const)
    .with({ gains: 'execute', ceiling: P.union('rw', 'r') }, () => 'refuse' as const)
    .with({ gains: 'both', ceiling: P.union('rw', 'rx', 'r') }, () => 'refuse' as const)
    .with({ gains: P._ }, () => 'allow' as const)
    .exhaustive(),
)

export const isWithin = (ceiling: Ceiling, region: RegionKind): boolean =>
  withinDecision({ ceiling, gains: gainsDecision({ region }) }) === 'allow'

/** The ceiling of a page whose protection changes. */
export const ceilingAfter = (m: M, ceiling: Ceiling, region: RegionKind): Ceiling =>
  ceilingDecision({ linux: m.limits.linux, ceiling, gains: gainsDecision({ region }) })

/** The ceiling of a page that is newly mapped. */
export function firstCeiling(m: M, region: RegionKind, shared: boolean, readOnly: boolean): Ceiling {
  const first = { linux: m.limits.linux, shared, readOnly, gains: gainsDecision({ region }) }
  return ceilingAfter(m, firstCeilingDecision(first), region)
}
