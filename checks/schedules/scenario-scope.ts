// A scenario as a scope: the model with as many CPUs as there are scripts, and their commands alone.

import type { Command } from '../../spec/interface.js'
import type { ScopeFile } from '../scope/index.js'
import type { Place } from '../scope/yaml.js'
import type { Given } from './scenario.js'

interface Parts {
  readonly name: string
  readonly says: string
  readonly bounds: Record<string, number>
  readonly switches: Record<string, string>
  readonly given: readonly (string | Record<string, string>)[]
  readonly asked: string
  readonly geometry: string
  readonly place: Place
  readonly commands: readonly Given[]
  readonly scripts: readonly (readonly Command[])[]
}

/** Tables for every page of every space, on whatever levels they lie, for each CPU that may want them at the same time. */
const mostLevels = 4

/** The scope in which the scripts are all there is to do. */
export function scopeOf(parts: Parts): ScopeFile {
  const { asked, name, says, bounds, switches, geometry, place, given, scripts } = parts
  const { spaces = 1, pages = 2 } = bounds
  const tableFrames = scripts.length * spaces * (1 + pages * (mostLevels - 1))
  return {
    name,
    asked,
    system: 'memory',
    says,
    bounds: { translations: 2, tableFrames, ...bounds, cpus: scripts.length },
    switches: { tables: 'plenty', window: geometry === 'x86' ? 'straddle-3' : 'top', ...switches, geometry },
    granularity: 'fused',
    choices: 'representatives',
    operations: operationsOf(scripts.flat()),
    given: given.flatMap(it => (typeof it === 'string' ? [it] : Object.values(it))),
    tags: [],
    expect: {},
    unreachable: [],
    place,
  }
}

/** Each operation with the values that its arguments have in some script. */
function operationsOf(commands: readonly Command[]): NonNullable<ScopeFile['operations']> {
  const found: Record<string, Record<string, (string | number)[]>> = {}
  for (const { name, ...fields } of commands) {
    found[name] ??= {}
    for (const [field, value] of Object.entries<string | number>(fields)) {
      found[name][field] ??= []
      if (!found[name][field].includes(value)) found[name][field].push(value)
    }
  }
  return found as NonNullable<ScopeFile['operations']>
}
