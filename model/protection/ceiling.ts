// What a page's protection may still become. A page that was writable once is never executable, and one that was
// executable is never written, until it is unmapped: so code cannot be made from data. Rules: spec/protection.md#ceiling,
// spec/profiles.md#ceiling.

import { match, P } from 'ts-pattern'
import { bool, decision, impossible, oneOf } from '../kit/index.js'
import type { Ceiling, RegionKind } from '../regions/attributes.js'
import { ceiling, type M } from '../state.js'
import { gainsDecision } from './grant.js'

const gains = oneOf('neither', 'write', 'execute')

/** Where a mapping starts. Attaching for reading never asks for writing. */
export const firstCeilingDecision = decision(
  'first-ceiling',
  'protection.md#ceiling',
  { linux: bool, shared: bool, readOnly: bool, gains },
  x =>
    match(x)
      .with({ shared: false, readOnly: true }, { readOnly: true, gains: 'write' }, () => impossible)
      .with({ linux: true, readOnly: true }, () => 'rx' as const)
      .with({ linux: true }, () => 'rwx' as const)
      .with({ gains: 'write' }, () => 'rw' as const)
      .with({ gains: 'execute' }, () => 'rx' as const)
      .with({ readOnly: true }, () => 'r' as const)
      .with({ shared: true }, () => 'rw' as const)
      .with({ shared: false }, () => 'rwx' as const)
      .exhaustive(),
)

/** What is left of a ceiling under a protection that is within it. A live kernel has two ceilings, and keeps them. */
export const ceilingDecision = decision('ceiling', 'protection.md#ceiling', { linux: bool, ceiling, gains }, x =>
  match(x)
    .with({ linux: true, ceiling: P.union('rw', 'r') }, () => impossible)
    .with({ gains: 'write', ceiling: P.union('rx', 'r') }, () => impossible)
    .with({ gains: 'execute', ceiling: P.union('rw', 'r') }, () => impossible)
    .with({ linux: true }, { gains: 'neither' }, ({ ceiling }) => ceiling)
    .with({ gains: 'write' }, () => 'rw' as const)
    .with({ gains: 'execute' }, () => 'rx' as const)
    .exhaustive(),
)

/** Whether a protection stays below a ceiling. */
export const withinDecision = decision('within', 'protection.md#mprotect', { ceiling, gains }, x =>
  match(x)
    .with({ gains: 'write', ceiling: P.union('rx', 'r') }, () => 'refuse' as const)
    .with({ gains: 'execute', ceiling: P.union('rw', 'r') }, () => 'refuse' as const)
    .with({ gains: P._ }, () => 'allow' as const)
    .exhaustive(),
)

export const isWithin = (ceiling: Ceiling, region: RegionKind): boolean =>
  withinDecision({ ceiling, gains: gainsDecision({ region }) }) === 'allow'

/** The ceiling of a page whose protection changes. */
export const ceilingAfter = (m: M, ceiling: Ceiling, region: RegionKind): Ceiling =>
  ceilingDecision({ linux: m.limits.linux, ceiling, gains: gainsDecision({ region }) })

/** The ceiling of a page that is newly mapped. */
export const firstCeiling = (m: M, region: RegionKind, shared: boolean, readOnly: boolean): Ceiling =>
  firstCeilingDecision({ linux: m.limits.linux, shared, readOnly, gains: gainsDecision({ region }) })
