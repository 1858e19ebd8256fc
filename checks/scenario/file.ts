// A trace as people write and keep it: a scope, what is set beside it, and the steps to take there, each as reports print
// it. `mmspec replay` takes such a file where it takes a token; unlike one it still reads when numbers have changed.
//
//   scope: smp-fork                               a name, or a path
//   set: [frames=3]                               as with --set
//   mutant: fork-does-not-wait-for-other-cpus     the start of its slug is enough
//   claim: tlb/asked-while-awaited                what the steps show; nothing where they only lead somewhere
//   expect: holds                                 or violated: what a kept scenario is held to; then a way that is closed holds
//   steps:
//     - 'cpu 0: P0 read @0 -> under way'          an answer is compared where one is written
//     - { does: 'cpu 0: resume', chosen: [frame 1] }
//
// With `lockstep: true` the steps run on model and implementation side by side, and nothing is chosen.

import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { systemSays, UserError } from '../errors.js'
import { type Place, parseLocated, refusal } from '../scope/yaml.js'

const step = z.union([z.string(), z.strictObject({ does: z.string(), chosen: z.array(z.string()).default([]) })])

/** What a scenario that was kept should come to from now on. */
export const expectations = ['holds', 'violated'] as const
export type Expected = (typeof expectations)[number]

const schema = z.strictObject({
  scope: z.string(),
  set: z.array(z.string()).default([]),
  mutant: z.string().nullable().default(null),
  claim: z.string().nullable().default(null),
  expect: z.enum(expectations).nullable().default(null),
  lockstep: z.boolean().default(false),
  steps: z.array(step).max(10_000),
})

/** A scenario as a file or a program gives it: what may be left out has a usual value. */
export type ScenarioText = z.input<typeof schema>

export interface ScenarioStep {
  /** `cpu 0: P0 read @0`, without its answer. */
  readonly does: string
  /** What it should answer, or null where nobody says. */
  readonly answer: string | null
  readonly chosen: readonly string[]
  readonly place: string
}
export interface ScenarioFile {
  readonly scope: string
  readonly sets: readonly string[]
  readonly mutant: string | null
  readonly claim: string | null
  readonly expect: Expected | null
  readonly lockstep: boolean
  readonly steps: readonly ScenarioStep[]
  readonly place: Place
}

/** Whether a word on the command line names a file, and is no token. */
export const isScenarioPath = (word: string): boolean => /\.ya?ml$/.test(word) && !/^[a-z]{2}\d+:/.test(word)

export const loadScenarioFile = (path: string): ScenarioFile => parseScenarioFile(scenarioText(path), path)

export function parseScenarioFile(text: string, file: string): ScenarioFile {
  const located = parseLocated(file, text, 'scenario')
  refuseOther(located.data, file)
  const parsed = schema.safeParse(located.data)
  if (!parsed.success) throw refusal(parsed.error, located, Object.keys(schema.shape), 'scenario')
  return scenarioOf(parsed.data, located.place)
}

/** Files that other verbs read are told from misspelt ones. */
function refuseOther(data: unknown, file: string): void {
  const has = (field: string) => typeof data === 'object' && data !== null && field in data
  if (has('cpus'))
    throw new UserError({
      code: 'scenario-of-schedules',
      message: 'this is a scenario of several CPUs with a script each, and not one way through the model',
      place: file,
      next: `'mmspec schedules ${file}' makes all its schedules, and 'mmspec replay ${file}' holds it to what it expects`,
    })
  if (has('system') && has('bounds'))
    throw new UserError({
      code: 'scope-file',
      message: 'this is a scope, and not a way through one',
      place: file,
      next: `'mmspec check ${file}' searches it, and 'mmspec explore ${file}' steps through it`,
    })
}

/** The same from a value, as a test gives it. */
export function scenarioFrom(text: ScenarioText): ScenarioFile {
  const place: Place = path => path.join('.')
  const parsed = schema.safeParse(text)
  if (!parsed.success) throw refusal(parsed.error, { data: text, place }, Object.keys(schema.shape), 'scenario')
  return scenarioOf(parsed.data, place)
}

function scenarioOf({ set, steps, ...rest }: z.output<typeof schema>, place: Place): ScenarioFile {
  return { ...rest, sets: set, steps: steps.map((one, i) => stepOf(one, place(['steps', i]))), place }
}

function stepOf(written: z.output<typeof step>, place: string): ScenarioStep {
  const { does, chosen } = typeof written === 'string' ? { does: written, chosen: [] } : written
  const [command, answer = null, ...more] = does.split(/->|→/).map(part => part.trim().replace(/\s+/g, ' '))
  if (command !== '' && answer !== '' && more.length === 0) return { does: command, answer, chosen, place }
  const message = `'${does}' is not one step`
  throw new UserError({ code: 'broken-scenario', message, place, next: "write 'P0 spawn', or 'P0 spawn -> ok'" })
}

/** A trace of ten thousand steps fits. Parsing YAML takes time that grows faster than its size. */
const mostBytes = 1024 * 1024

/** What a scenario file holds, within a limit. */
export function scenarioText(path: string): string {
  const unreadable = (why: string) =>
    new UserError({ code: 'unreadable-scenario', message: `cannot read the scenario '${path}': ${why}` })
  try {
    const found = statSync(path)
    if (!found.isFile()) throw unreadable('it is no plain file')
    if (found.size > mostBytes) throw unreadable(`it has ${found.size} bytes, and at most ${mostBytes} are read`)
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error && 'code' in error)) throw error
    throw unreadable(systemSays(error))
  }
}
