// The commands of a machine in their fixed order: what the hardware may do, then for each CPU going on and every start of
// an operation with every combination of arguments that the setting allows. Traces and tokens name commands by number.

import type { BoundOperation } from './bound.js'
import type { Domains } from './layout.js'
import type { Rule } from './operation.js'
import type { Leaves } from './schema.js'
import type { Narrowed, Setting, System } from './system.js'

export interface Command {
  readonly index: number
  readonly kind: 'start' | 'resume' | 'rule'
  readonly name: string
  readonly cpu: number
  readonly operation: BoundOperation | null
  readonly rule: Rule | null
  readonly args: Readonly<Record<string, unknown>>
}

export function commandsOf(
  system: System,
  setting: Setting,
  operations: readonly BoundOperation[],
  domains: Domains,
  cpus: number,
  interleaved: boolean,
): readonly Command[] {
  const commands: Command[] = []
  const add = (c: Omit<Command, 'index'>) => commands.push({ index: commands.length, ...c })
  for (const rule of system.rules) {
    for (const args of combinations(rule.name, rule.args, {}, domains)) {
      add({ kind: 'rule', name: rule.name, cpu: -1, operation: null, rule, args })
    }
  }
  for (let cpu = 0; cpu < cpus; cpu++) {
    if (interleaved) add({ kind: 'resume', name: 'resume', cpu, operation: null, rule: null, args: {} })
    for (const o of operations) {
      const narrowed = setting.operations?.[o.operation.name] ?? {}
      for (const args of combinations(o.operation.name, o.operation.args, narrowed, domains)) {
        add({
          kind: 'start',
          name: o.operation.name,
          cpu,
          operation: o,
          rule: null,
          args: Object.freeze({ ...args, cpu }),
        })
      }
    }
  }
  return commands
}

/** A scope asks for an argument value that the operation does not have. */
export class NarrowingError extends Error {
  override readonly name = 'NarrowingError'
  constructor(
    readonly operation: string,
    readonly argument: string,
    readonly value: string | null,
    readonly expected: readonly string[],
  ) {
    super(
      value === null
        ? `${operation} has no argument ${argument}`
        : `${operation}: ${argument} cannot be ${value}; expected ${expected.join(', ')}`,
    )
  }
}

function combinations(
  operation: string,
  leaves: Leaves,
  narrowed: Narrowed,
  domains: Domains,
): readonly Record<string, unknown>[] {
  for (const name of Object.keys(narrowed)) {
    if (leaves[name] === undefined) throw new NarrowingError(operation, name, null, Object.keys(leaves))
  }
  let rows: Record<string, unknown>[] = [{}]
  for (const [name, leaf] of Object.entries(leaves)) {
    const all = domains.of(leaf.leaf).domain.values
    const wanted = narrowed[name]
    const missing = wanted?.find(value => !all.includes(value))
    if (missing !== undefined) throw new NarrowingError(operation, name, String(missing), all.map(String))
    const values = wanted === undefined ? all : all.filter(value => wanted.some(w => w === value))
    rows = rows.flatMap(row => values.map(value => ({ ...row, [name]: value })))
  }
  return rows
}
