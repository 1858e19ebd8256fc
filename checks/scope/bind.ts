// A scope bound: its file, what the command line sets beside it, and perhaps a mutant become one machine. Whatever is
// set by hand makes another scope of it: pinned figures and lists of the unreachable hold for the file as it stands.

import {
  type Bounds,
  type Granularity,
  granularities,
  isConcurrent,
  type Machine,
  ModelError,
  type Mutant,
  machineOf,
  type Narrowed,
  NarrowingError,
  type Setting,
  type System,
  size,
} from '../../model/kit/index.js'
import { meant, UserError, unknownWord } from '../errors.js'
import { startAfter } from './given.js'
import { judgeBound, judgeSwitch, systemOf } from './judge.js'
import { allValues, type ScopeFile } from './schema.js'
import { mutantOf, slugOf } from './slug.js'

export interface BoundScope {
  readonly scope: ScopeFile
  readonly system: System
  readonly setting: Setting
  readonly machine: Machine
  /** What was set beside the file, as given, `processes=3`. */
  readonly sets: readonly string[]
  /** The bounds and switches in force that the file or the command line gives, as on the command line: `processes=2`. */
  readonly bounds: readonly string[]
  /** The slug of the mutant in force. */
  readonly mutant: string | null
  /** Whether this is the scope as its file says, so that what the file pins must hold. */
  readonly asWritten: boolean
}

/**
 * Binds a scope; each of `sets` is a `name=value` of the system's bounds and switches, or of `granularity`. The last one of a
 * name wins.
 */
export function bindScope(
  scope: ScopeFile,
  sets: readonly string[] = [],
  mutant: string | Mutant | null = null,
): BoundScope {
  const system = systemOf(scope.system, scope.place(['system']))
  const chosen = typeof mutant === 'string' ? mutantOf(system, mutant) : mutant
  const values = valuesOf(system, scope, sets)
  const bounds = boundsOf(system, values.sizes, values.switches)
  refuseContradiction(system, scope, bounds, sets)
  const setting: Setting = {
    bounds,
    granularity: granularityOf(scope, sets),
    fuse: scope.fuse ?? system.fused ?? [],
    choices: scope.choices,
    operations: operationsOf(system, scope, bounds),
    mutant: chosen,
    ...(scope.given.length === 0 ? {} : { start: startAfter(scope, bounds) }),
  }
  refuseAlone(system, setting, scope)
  refuseNobodyBetween(setting, scope, sets)
  if (chosen !== null) refuseIdleMutant(scope, setting, chosen)
  return {
    scope,
    system,
    setting,
    machine: build(system, setting, scope, sets),
    sets,
    bounds: told(values, scope, sets),
    mutant: chosen === null ? null : slugOf(chosen.title),
    asWritten: sets.length === 0 && chosen === null,
  }
}

interface Values {
  readonly sizes: ReadonlyMap<string, number>
  readonly switches: ReadonlyMap<string, string>
}

/** Every bound and switch with its value: what is usual, then what the file says, then what was set by hand. */
function valuesOf(system: System, scope: ScopeFile, sets: readonly string[]): Values {
  const sizes = new Map(Object.entries(system.sizes).map(([name, { usual }]) => [name, scope.bounds[name] ?? usual]))
  const switches = new Map(
    Object.entries(system.switches).map(([name, [first]]) => [name, scope.switches[name] ?? first]),
  )
  for (const set of sets) {
    const [name, value] = partsOf(set)
    if (name === granular) continue
    if (switches.has(name)) {
      judgeSwitch(system, name, value, () => `--set ${set}`)
      switches.set(name, value)
    } else {
      sizes.set(name, sizeOf(system, name, value, set, [...sizes.keys(), ...switches.keys(), granular]))
    }
  }
  return { sizes, switches }
}

function told({ sizes, switches }: Values, scope: ScopeFile, sets: readonly string[]): readonly string[] {
  const given = new Set([
    ...Object.keys(scope.bounds),
    ...Object.keys(scope.switches),
    ...sets.map(set => partsOf(set)[0]),
  ])
  return [...sizes, ...switches].filter(([name]) => given.has(name)).map(([name, value]) => `${name}=${value}`)
}

/** Where others may run in between is set as a bound is, and goes into tokens likewise. */
const granular = 'granularity'
function granularityOf(scope: ScopeFile, sets: readonly string[]): Granularity {
  const set = sets.findLast(one => partsOf(one)[0] === granular)
  if (set === undefined) return scope.granularity
  const [, value] = partsOf(set)
  const word = granularities.find(one => one === value)
  if (word === undefined) throw unknownWord(granular, value, granularities, { place: `--set ${set}` })
  return word
}

function partsOf(set: string): readonly [name: string, value: string] {
  const equals = set.indexOf('=')
  if (equals > 0) return [set.slice(0, equals).trim(), set.slice(equals + 1).trim()]
  const next = 'write --set processes=3,frames=2'
  throw new UserError({ code: 'bad-set', message: `'${set}' is not name=value`, place: `--set ${set}`, next })
}

function sizeOf(system: System, name: string, value: string, set: string, names: readonly string[]): number {
  const place = `--set ${set}`
  if (!Object.hasOwn(system.sizes, name)) {
    const message = `${system.name} has no bound or switch '${name}'`
    const next = `valid: ${names.join(', ')}`
    throw new UserError({ code: 'unknown-bound', message, place, nearest: meant(name, names), next })
  }
  if (!/^\d{1,9}$/.test(value)) {
    const { low, high } = system.sizes[name]
    const message = `${name} is a number from ${low} to ${high}, not '${value}'`
    throw new UserError({ code: 'bound-not-a-number', message, place })
  }
  judgeBound(system, name, Number(value), () => place)
  return Number(value)
}

const boundsOf = (
  system: System,
  sizes: ReadonlyMap<string, number>,
  switches: ReadonlyMap<string, string>,
): Bounds => ({
  sizes: Object.fromEntries([...sizes].map(([name, value]) => [system.sizes[name].of, value])),
  switches: Object.fromEntries(switches),
})

/** The operations of a scope with the values of their arguments: what it names, and what is usual for the rest. */
function operationsOf(system: System, { operations }: ScopeFile, bounds: Bounds): Setting['operations'] {
  if (operations === undefined && system.offered === undefined) return null
  const names = Object.keys(operations ?? {})
  const offered = operations === undefined ? (system.offered?.(bounds) ?? []) : names
  return Object.fromEntries(
    system.operations
      .filter(({ name }) => offered.includes(name))
      .map(({ name, args }) => [name, narrowedOf(system, name, Object.keys(args), operations?.[name] ?? {})]),
  )
}

type Wanted = NonNullable<ScopeFile['operations']>[string]
function narrowedOf(system: System, operation: string, argumentNames: readonly string[], wanted: Wanted): Narrowed {
  const usual = argumentNames.flatMap(argument => {
    const values = Object.hasOwn(wanted, argument) ? null : (system.usual?.(operation, argument) ?? null)
    return values === null ? [] : [[argument, values] as const]
  })
  const named = Object.entries(wanted).flatMap(([argument, values]) =>
    values === allValues && argumentNames.includes(argument)
      ? []
      : [[argument, values === allValues ? [values] : values] as const],
  )
  return Object.fromEntries([...usual, ...named])
}

/** Bounds that are each in range, and operations, that mean nothing together. */
function refuseContradiction(system: System, scope: ScopeFile, bounds: Bounds, sets: readonly string[]): void {
  const names = scope.operations === undefined ? (system.offered?.(bounds) ?? []) : Object.keys(scope.operations)
  const found = system.contradiction?.(bounds, names) ?? null
  if (found === null) return
  const { message, next, name = '' } = found
  const part = names.includes(name) ? 'operations' : Object.hasOwn(system.sizes, name) ? 'bounds' : 'switches'
  const place = sets.length === 0 ? scope.place([part, name], 'name') : `--set ${sets.join(',')}`
  throw new UserError({ code: 'contradiction', message, place, next })
}

/** What is written for several CPUs only has no step where one is alone. */
function refuseAlone({ operations: all }: System, { bounds, operations }: Setting, scope: ScopeFile): void {
  if (size(bounds, 'cpu') > 0) return
  const named = all.filter(({ name }) => Object.hasOwn(operations ?? {}, name))
  const alone = named.find(({ steps }) => Object.values(steps).length > 0 && Object.values(steps).every(isConcurrent))
  if (alone === undefined) return
  throw new UserError({
    code: 'needs-cpus',
    message: `${alone.name} is an operation of several CPUs: it has no steps where one runs alone`,
    place: scope.place(['operations', alone.name], 'name'),
    next: 'set cpus=1 or more, or leave it out',
  })
}

/** Where no CPUs are, nobody runs in between: such a machine would do nothing at all, and every claim would hold. */
function refuseNobodyBetween({ bounds, granularity }: Setting, scope: ScopeFile, sets: readonly string[]): void {
  if (granularity === 'whole' || size(bounds, 'cpu') > 0) return
  throw new UserError({
    code: 'contradiction',
    message: `granularity=${granularity} says where other CPUs run in between, and there are none`,
    place: sets.length === 0 ? scope.place(['granularity'], 'name') : `--set ${sets.join(',')}`,
    next: 'set cpus=2, or granularity=whole',
  })
}

/** A mutant of an operation that the scope leaves out would prove nothing. */
function refuseIdleMutant(scope: ScopeFile, { operations }: Setting, mutant: Mutant): void {
  if (mutant.operation === '' || operations === null) return
  if (Object.hasOwn(operations, mutant.operation)) return
  throw new UserError({
    code: 'idle-mutant',
    message: `the mutant edits ${mutant.operation}, which scope ${scope.name} leaves out`,
    place: scope.place(['operations']),
  })
}

/** What a machine refuses of a setting comes from the scope or from what was set: the user's to mend. */
function build(system: System, setting: Setting, scope: ScopeFile, sets: readonly string[]): Machine {
  try {
    return machineOf(system, setting)
  } catch (error) {
    const by = sets.length === 0 ? '' : ` (with --set ${sets.join(',')})`
    if (error instanceof NarrowingError) {
      const { operation, argument, value, expected } = error
      const place = scope.place(['operations', operation, argument])
      const nearest = meant(value ?? argument, expected)
      throw new UserError({ code: 'bad-argument', message: `${error.message}${by}`, place, nearest })
    }
    if (error instanceof ModelError) {
      const message = `scope ${scope.name} cannot be bound${by}: ${error.message}`
      throw new UserError({ code: 'unbindable-scope', message, place: scope.place([]), next: 'lower a bound' })
    }
    throw error
  }
}
