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
//   mutant: fork-flushes-nothing                    a mistake that is written into the implementation
//   claim: tlb/no-right-beyond-the-entry            what goes wrong under some schedule, where something does
//   expect: violated                                or holds: what a kept scenario is held to
//
// Each is run at both geometries: small pages and two levels, and the real layout, where its pages lie on both sides of
// the place where tables of all levels change.

import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Bounds, geometryOf, size } from '../../model/index.js'
import type { Command } from '../../spec/interface.js'
import { UserError, unknownWord } from '../errors.js'
import { NotationError, parseScenario } from '../notation/index.js'
import { type Expected, expectations, scenarioText } from '../scenario/file.js'
import { type BoundScope, bindScope } from '../scope/index.js'
import { type Place, parseLocated, refusal } from '../scope/yaml.js'
import { scopeOf } from './scenario-scope.js'
import { mostCpus } from './scheduler.js'

export const geometryNames = ['tiny', 'x86'] as const
export type GeometryName = (typeof geometryNames)[number]

const line = z.string()
const schema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a name is small letters, digits and hyphens'),
  says: z.string(),
  bounds: z.record(z.string(), z.int()).default({}),
  switches: z.record(z.string(), z.string()).default({}),
  given: z.array(z.union([line, z.record(z.string(), line)])).default([]),
  cpus: z.array(z.array(line).nonempty()).nonempty().max(mostCpus),
  /** How many preemptions are usual: more CPUs have many more schedules. */
  preemptions: z.int().nonnegative().default(2),
  mutant: z.string().nullable().default(null),
  claim: z.string().nullable().default(null),
  expect: z.enum(expectations).nullable().default(null),
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
  /** What is left out of its file: `given-2` for the third command of what was done before, `1-0` for the first of CPU 1. */
  readonly without: readonly string[]
  /** As its file has them, without what others follow from. */
  readonly written: Pick<z.infer<typeof schema>, 'bounds' | 'switches'>
  readonly mutant: string | null
  readonly expect: Expected | null
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
export function loadScenario(asked: string, geometry: GeometryName, without: readonly string[] = []): Scenario {
  const byPath = /[/\\]|\.ya?ml$/.test(asked)
  if (!byPath && !scenarioNames().includes(asked)) {
    throw unknownWord('scenario', asked, scenarioNames(), { next: `valid: ${scenarioNames().join(', ')}` })
  }
  const path = byPath ? asked : `${folder}${asked}.yaml`
  const located = parseLocated(byPath ? asked : `checks/schedules/scenarios/${asked}.yaml`, scenarioText(path))
  const parsed = schema.safeParse(located.data)
  if (!parsed.success) throw refusal(parsed.error, located, Object.keys(schema.shape))
  const { name, says, given, cpus, preemptions, bounds, switches, mutant, expect } = parsed.data
  const named = basename(path).replace(/\.ya?ml$/, '')
  if (name !== named) {
    const message = `the scenario is named '${name}', but its file '${named}'`
    throw new UserError({ code: 'broken-scenario', message, place: located.place(['name']) })
  }
  refuseLeftOut(without, parsed.data, asked)
  const stays = (place: string) => !without.includes(place)
  const commands = given
    .map((it, i) => givenAt(it, cpus.length, located.place, ['given', i]))
    .filter((_, i) => stays(`given-${i}`))
  const scripts = cpus.map((script, cpu) =>
    script.map((text, i) => commandIn(text, located.place(['cpus', cpu, i]))).filter((_, i) => stays(`${cpu}-${i}`)),
  )
  const lines = given.filter((_, i) => stays(`given-${i}`))
  const bound = bindScope(
    scopeOf({ ...parsed.data, given: lines, asked, geometry, place: located.place, commands, scripts }),
  )
  return {
    name,
    asked,
    says,
    geometry,
    bounds: bound.setting.bounds,
    given: commands,
    scripts,
    preemptions,
    without,
    written: { bounds, switches },
    mutant,
    expect,
    bound,
  }
}

/** Every command of the file that can be left out, each by its place; the last first, because less depends on it. */
export function placesIn(asked: string, geometry: GeometryName): readonly string[] {
  const { given, scripts } = loadScenario(asked, geometry)
  const before = given.map((_, i) => `given-${i}`)
  return [...before, ...scripts.flatMap((script, cpu) => script.map((_, i) => `${cpu}-${i}`))].reverse()
}

/** A CPU does something: one that has nothing to do is another scenario. */
function refuseLeftOut(without: readonly string[], { given, cpus }: z.infer<typeof schema>, asked: string): void {
  const places = new Set([
    ...given.map((_, i) => `given-${i}`),
    ...cpus.flatMap((script, cpu) => script.map((_, i) => `${cpu}-${i}`)),
  ])
  const unknown = without.find(place => !places.has(place))
  const idle = cpus.findIndex((script, cpu) => script.every((_, i) => without.includes(`${cpu}-${i}`)))
  if (unknown === undefined && idle < 0) return
  const why = unknown === undefined ? `CPU ${idle} has nothing to do` : `the scenario has no command '${unknown}'`
  throw new UserError({ code: 'left-out', message: `too much of '${asked}' is left out: ${why}`, place: 'without=' })
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

/** How it reads where it is run: the name, and the geometry where it is not the small one. */
export const titleOf = ({ name, geometry }: Scenario): string => (geometry === 'tiny' ? name : `${name}, ${geometry}`)
export const levelsOf = ({ bounds }: Scenario): number => geometryOf(bounds).levels
export const pagesOf = ({ bounds }: Scenario): number => size(bounds, 'page')
