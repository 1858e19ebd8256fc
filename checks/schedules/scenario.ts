// What several CPUs do at the same time: bounds, what was done before, and a short script for each CPU, in the notation.
// A scenario is a file of `scenarios/`, or yours by path:
//
//   name: munmap-store
//   says: One CPU unmaps a page that the other one stores to through its TLB.
//   bounds: { pages: 2, frames: 2, slots: 0 }       as in a scope; there are as many CPUs as scripts
//   given:                                          on CPU 0 with nothing in between, or on the one that is named
//     - P0 spawn
//     - P0 mmap @0 2 rw private|anon|fixed
//     - 1: P0 write @0 1
//   cpus:
//     - [P0 munmap @0 1]
//     - [P0 write @0 2]
//   preemptions: 2                                  how many are usual; 2 where it does not say
//
// Each is run at both geometries: small pages and two levels, and the real layout, where its pages lie on both sides of
// the place where tables of all levels change.

import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Bounds, geometryOf, size } from '../../model/index.js'
import type { Command } from '../../spec/interface.js'
import { UserError, unknownWord } from '../errors.js'
import { NotationError, parseScenario } from '../notation/index.js'
import { type BoundScope, bindScope, type ScopeFile } from '../scope/index.js'
import { type Place, parseLocated, refusal } from '../scope/yaml.js'
import { mostCpus } from './scheduler.js'

export const geometryNames = ['tiny', 'x86'] as const
export type GeometryName = (typeof geometryNames)[number]

const line = z.string()
const schema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name is small letters, digits and hyphens'),
  says: z.string(),
  bounds: z.record(z.string(), z.int()).default({}),
  switches: z.record(z.string(), z.string()).default({}),
  given: z.array(z.union([line, z.record(z.string(), line)])).default([]),
  cpus: z.array(z.array(line).nonempty()).nonempty().max(mostCpus),
  /** How many preemptions are usual: more CPUs have many more schedules. */
  preemptions: z.int().nonnegative().default(2),
})

/** A command, and the CPU that gives it. */
export interface Given {
  readonly cpu: number
  readonly command: Command
}

export interface Scenario {
  readonly name: string
  /** How it was asked for, by name or by path: what a token repeats. */
  readonly asked: string
  readonly says: string
  readonly geometry: GeometryName
  readonly bounds: Bounds
  readonly given: readonly Given[]
  /** What each CPU does. */
  readonly scripts: readonly (readonly Command[])[]
  /** How many preemptions its schedules have where nobody says otherwise. */
  readonly preemptions: number
  /** The same as a scope: the model with as many CPUs, where what is given leads to. */
  readonly bound: BoundScope
}

const folder = fileURLToPath(new URL('../../../checks/schedules/scenarios/', import.meta.url))

export const scenarioNames = (): readonly string[] =>
  readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .map(file => file.slice(0, -'.yaml'.length))
    .sort()

/** By name, or by path where the text has a slash or ends in `.yaml` or `.yml`. */
export function loadScenario(asked: string, geometry: GeometryName): Scenario {
  const byPath = /[/\\]|\.ya?ml$/.test(asked)
  if (!byPath && !scenarioNames().includes(asked)) {
    throw unknownWord('scenario', asked, scenarioNames(), { next: `valid: ${scenarioNames().join(', ')}` })
  }
  const path = byPath ? asked : `${folder}${asked}.yaml`
  const located = parseLocated(byPath ? asked : `checks/schedules/scenarios/${asked}.yaml`, textOf(path))
  const parsed = schema.safeParse(located.data)
  if (!parsed.success) throw refusal(parsed.error, located, Object.keys(schema.shape))
  const { name, says, given, cpus, preemptions } = parsed.data
  const named = basename(path).replace(/\.ya?ml$/, '')
  if (name !== named) {
    const message = `the scenario is named '${name}', but its file '${named}'`
    throw new UserError({ code: 'broken-scenario', message, place: located.place(['name']) })
  }
  const commands = given.map((it, i) => givenAt(it, cpus.length, located.place, ['given', i]))
  const scripts = cpus.map((script, cpu) => script.map((text, i) => commandIn(text, located.place(['cpus', cpu, i]))))
  const bound = bindScope(scopeOf({ ...parsed.data, asked, geometry, place: located.place, commands, scripts }))
  return { name, asked, says, geometry, bounds: bound.setting.bounds, given: commands, scripts, preemptions, bound }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new UserError({ code: 'unreadable-scenario', message: `cannot read the scenario '${path}': ${why}` })
  }
}

type Line = z.infer<typeof schema>['given'][number]

function givenAt(it: Line, cpus: number, place: Place, path: readonly PropertyKey[]): Given {
  if (typeof it === 'string') return { cpu: 0, command: commandIn(it, place(path)) }
  const [[cpu, text], ...more] = Object.entries(it)
  if (more.length > 0 || !/^\d$/.test(cpu) || Number(cpu) >= cpus) {
    const message = `expected one command behind the number of a CPU, 0 to ${cpus - 1}`
    throw new UserError({ code: 'broken-scenario', message, place: place(path), next: "write '1: P0 write @0 1'" })
  }
  return { cpu: Number(cpu), command: commandIn(text, place([...path, cpu])) }
}

function commandIn(text: string, place: string): Command {
  try {
    const { steps } = parseScenario(text)
    if (steps.length === 1 && steps[0].is === 'command') return steps[0].command
  } catch (error) {
    if (!(error instanceof NotationError)) throw error
    throw new UserError({ code: 'bad-command', message: error.message, place })
  }
  throw new UserError({ code: 'bad-command', message: `'${text}' is not one command`, place, next: "write 'P0 spawn'" })
}

interface Parts extends z.infer<typeof schema> {
  readonly asked: string
  readonly geometry: GeometryName
  readonly place: Place
  readonly commands: readonly Given[]
  readonly scripts: readonly (readonly Command[])[]
}

/** Tables for every page of every space, on whatever levels they lie, for each CPU that may want them at the same time. */
const mostLevels = 4

function scopeOf(parts: Parts): ScopeFile {
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

/** How it reads where it is run: the name, and the geometry where it is not the small one. */
export const titleOf = ({ name, geometry }: Scenario): string => (geometry === 'tiny' ? name : `${name}, ${geometry}`)
export const levelsOf = ({ bounds }: Scenario): number => geometryOf(bounds).levels
export const pagesOf = ({ bounds }: Scenario): number => size(bounds, 'page')
