// Decisions of a kernel whose regions keep their identity: whether chains let regions be one, and which memory counts
// as promised. Rules: spec/profiles.md#identity, spec/profiles.md#promised-memory.

import { match, P } from 'ts-pattern'
import { words } from '../../spec/interface.js'
import { permits } from '../faults/rights.js'
import { bool, decision, impossible, oneOf } from '../kit/index.js'
import type { M } from '../state.js'
import type { Attributes, RegionKind } from './attributes.js'

const chainKind = oneOf('none', 'own', 'inherited')

/** Whether two regions can share what one of them may have. A chain that a parent has too is not passed on. */
export const chainsDecision = decision(
  'chains',
  'profiles.md#identity',
  { same: bool, left: chainKind, right: chainKind },
  x =>
    match(x)
      .with({ left: 'none', right: 'none', same: false }, () => impossible)
      .with({ left: P.not('none'), right: 'none', same: true }, () => impossible)
      .with({ left: 'none', right: P.not('none'), same: true }, () => impossible)
      .with({ left: 'own', right: 'inherited', same: true }, () => impossible)
      .with({ left: 'inherited', right: 'own', same: true }, () => impossible)
      .with({ same: true }, () => 'compatible' as const)
      .with({ left: 'own', right: 'none' }, { left: 'none', right: 'own' }, () => 'compatible' as const)
      .with({ same: false }, () => 'apart' as const)
      .exhaustive(),
)

/** Whether new memory counts as promised. */
export const promiseDecision = decision(
  'promise',
  'profiles.md#promised-memory',
  { shared: bool, writes: bool, reserve: oneOf(...words.reserve) },
  x =>
    match(x)
      .with({ shared: false, writes: true, reserve: 'reserve' }, () => 'counts' as const)
      .with({ shared: true }, { writes: false }, { reserve: 'noreserve' }, () => 'does not' as const)
      .exhaustive(),
)

/** Whether memory still counts, or comes to count, once its protection changes. */
export const accountingDecision = decision(
  'accounting',
  'profiles.md#promised-memory',
  { accounted: bool, wrote: bool, writes: bool, chained: bool },
  x =>
    match(x)
      .with({ writes: true, wrote: false }, () => 'counts' as const)
      .with({ writes: false, chained: false }, () => 'does not' as const)
      .with({ accounted: true }, () => 'counts' as const)
      .with({ accounted: false }, () => 'does not' as const)
      .exhaustive(),
)

/** Whether a page counts as promised once its protection changes; shared memory never does. */
export function accountedAfter(m: M, it: Attributes, region: RegionKind): boolean {
  if (!m.limits.linux || it.object !== null) return false
  const { accounted } = it
  const [wrote, writes] = [permits(it.region, 'store'), permits(region, 'store')]
  return accountingDecision({ accounted, wrote, writes, chained: it.chain !== null }) === 'counts'
}
