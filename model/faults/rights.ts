// What the protection of a region lets an access do, and what it puts into an entry. An x86-64 entry cannot refuse
// reading alone, so whatever is allowed at all can be read. Rules: spec/faults.md#rights, spec/regions.md#none.

import { match } from 'ts-pattern'
import type { Access } from '../../spec/interface.js'
import { decision, impossible, type Of } from '../kit/index.js'
import type { RegionKind } from '../regions/attributes.js'
import { regionKind, type rights } from '../state.js'

export type Rights = Of<typeof rights>

/** The rights of an entry to which nothing but the region sets a limit. */
export const rightsDecision = decision('rights', 'faults.md#rights', { region: regionKind }, x =>
  match(x.region)
    .with('unmapped', 'guard', () => impossible)
    .with('none', () => 'none' as const)
    .with('r', () => 'r' as const)
    .with('w', 'rw', () => 'rw' as const)
    .with('x', 'rx', () => 'rx' as const)
    .with('wx', 'rwx', () => 'rwx' as const)
    .exhaustive(),
)

/** The same rights without writing. */
export function readOnly(rights: Rights): 'none' | 'r' | 'rx' {
  switch (rights) {
    case 'none':
      return 'none'
    case 'r':
    case 'rw':
      return 'r'
    case 'rx':
    case 'rwx':
      return 'rx'
  }
}
export const isWritable = (rights: Rights): boolean => rights !== readOnly(rights)

const allowed = (region: RegionKind): string =>
  region === 'unmapped' || region === 'guard' || region === 'none' ? '' : region

/** Whether the protection of a region allows an access. */
export function permits(region: RegionKind, access: Access): boolean {
  switch (access) {
    case 'load':
      return allowed(region) !== ''
    case 'store':
      return allowed(region).includes('w')
    case 'fetch':
      return allowed(region).includes('x')
  }
}
