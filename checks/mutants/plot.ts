// A plot: bounds and operations of the memory system on which mutants run, as a machine that knows no list of commands.
// Walks draw their commands argument by argument, so that wide plots cost nothing to bind, with a mutant or without.

import { type Bounds, type Command, domainOf, type Machine, type Mutant, machineOf } from '../../model/index.js'
import { offered, usual } from '../memory/offered.js'
import { memory } from '../memory/system.js'
import { parseScenario } from '../notation/index.js'

type Values = readonly unknown[]
export interface Plan {
  readonly name: string
  /** Bounds that differ from what is usual. */
  readonly bounds: { readonly [name: string]: number }
  readonly switches: { readonly [name: string]: string }
  /** How often each operation is drawn, against the others; those that are not named are left out. Empty means all. */
  readonly operations: { readonly [name: string]: number }
  /** Values that an argument may have; of arguments that are not named, all that there are. */
  readonly narrowed: { readonly [argument: string]: Values }
  readonly walks: number
  /** Most commands of a walk. */
  readonly length: number
  /** One draw in so many that has no meaning is tried on the implementation even so. */
  readonly probeShare: number
  /** Walks that chance would hardly find, in the notation, a command a line. */
  readonly told: readonly string[]
}

/** An operation with how often it is drawn, and the values of its arguments. */
interface Drawn {
  readonly name: string
  readonly weight: number
  readonly values: ReadonlyMap<string, { readonly all: Values; readonly plain: Values }>
}
export interface Plot {
  readonly plan: Plan
  readonly drawn: readonly Drawn[]
  readonly told: readonly (readonly Said[])[]
  /** The machine, with a mutant in force or none. */
  bind(mutant: Mutant | null): Machine
}

export function plotOf(plan: Plan): Plot {
  const bounds = boundsOf(plan)
  const drawn = drawnOf(plan, bounds)
  const operations = Object.fromEntries(
    drawn.map(({ name, values }) => [
      name,
      Object.fromEntries([...values].map(([argument, { all }]) => [argument, [all[0] as string]])),
    ]),
  )
  return {
    plan,
    drawn,
    told: plan.told.map(text => saidIn(text, drawn)),
    bind: mutant => machineOf(memory, { bounds, granularity: 'whole', fuse: [], choices: 'all', operations, mutant }),
  }
}

function boundsOf({ bounds, switches }: Plan): Bounds {
  const sizes = Object.entries(memory.sizes).map(([name, { of, usual: size }]) => [of, bounds[name] ?? size])
  const words = Object.entries(memory.switches).map(([name, [first]]) => [name, switches[name] ?? first])
  return { sizes: Object.fromEntries(sizes), switches: Object.fromEntries(words) }
}

function drawnOf(plan: Plan, bounds: Bounds): readonly Drawn[] {
  const names: readonly string[] = offered(bounds)
  const every = Object.keys(plan.operations).length === 0
  return memory.operations
    .filter(({ name }) => names.includes(name) && (every || plan.operations[name] !== undefined))
    .map(({ name, args }) => {
      const values = Object.entries(args).map(([argument, { leaf }]) => {
        const domain = domainOf(leaf, bounds, () => 0).values
        const all = plan.narrowed[argument]?.filter(value => domain.includes(value)) ?? domain
        const ordinary = usual(name, argument) ?? all
        return [argument, { all, plain: all.filter(value => ordinary.some(it => it === value)) }] as const
      })
      return { name, weight: plan.operations[name] ?? 1, values: new Map(values) }
    })
}

/** The commands of a text, with the arguments that they have on this plot. */
function saidIn(text: string, drawn: readonly Drawn[]): readonly Said[] {
  return parseScenario(text).steps.flatMap(step => {
    if (step.is === 'query') return []
    const { name, ...fields } = step.command
    const values = drawn.find(it => it.name === name)?.values
    if (values === undefined) throw new RangeError(`a walk tells of ${name}, which its plot does not have`)
    return [{ name, args: Object.fromEntries(Object.entries(fields).filter(([field]) => values.has(field))) }]
  })
}

/** A command of a machine that was bound to the same plan. */
export function commandOf(machine: Machine, name: string, args: Readonly<Record<string, unknown>>): Command | null {
  const operation = machine.operations.find(({ operation: { name: it } }) => it === name)
  if (operation === undefined) return null
  return { index: -1, kind: 'start', name, cpu: 0, operation, rule: null, args: { ...args, cpu: 0 } }
}

/** Draws numbers below a bound, the same ones every time (xorshift). */
export function drawerOf(seed: number): (below: number) => number {
  let random = seed
  return below => {
    random ^= random << 13
    random ^= random >>> 17
    random ^= random << 5
    return (random >>> 0) % below
  }
}

export interface Said {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

/** One command: an operation by weight, then each argument, more often one of its ordinary values than another. */
export function drawCommand({ drawn }: Plot, next: (below: number) => number): Said {
  const scale = 10
  let left = next(drawn.reduce((sum, { weight }) => sum + Math.round(weight * scale), 0))
  let at = 0
  while (left >= Math.round(drawn[at].weight * scale)) left -= Math.round(drawn[at++].weight * scale)
  const { name, values } = drawn[at]
  const args = [...values].map(([argument, { all, plain }]) => {
    const from = plain.length > 0 && next(4) > 0 ? plain : all
    // Small lengths meet each other more often.
    const place =
      argument === 'count' || argument === 'old' ? Math.min(next(from.length), next(from.length)) : next(from.length)
    return [argument, from[place]]
  })
  return { name, args: Object.fromEntries(args) }
}
