// `mmspec schedules` and `mmspec stress`: the implementation on several CPUs, one schedule at a time or freely on threads.

import { type Command, InvalidArgumentError, Option } from 'commander'
import {
  renderJson,
  renderSchedules,
  renderStress,
  type StressResult,
  schedulesExitCode,
  stressSchema,
} from '../../reports/index.js'
import { UserError } from '../errors.js'
import { mutantOf } from '../schedules/mutants.js'
import { runSchedules } from '../schedules/run.js'
import { type GeometryName, geometryNames, scenarioNames } from '../schedules/scenario.js'
import { runStress } from '../schedules/stress.js'
import { version } from '../version.js'
import { interruptible } from './interrupt.js'
import { colourOption, duration, jsonOption, natural, oneOf } from './options.js'
import { lineTicker } from './progress.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface Given {
  readonly json?: boolean
  readonly times: boolean
  readonly colour: ColourMode
  readonly quiet?: boolean
  readonly mutant?: string
}
interface SchedulesGiven extends Given {
  readonly preemptions?: number
  readonly pct?: number
  readonly depth?: number
  readonly seed?: number
  readonly geometry: GeometryName | 'both'
  readonly timeout?: number
  readonly lockstep: boolean
}
interface StressGiven extends Given {
  readonly seconds: number
  readonly geometry: GeometryName
  readonly cpus: number
  readonly seed: number
}

const usual = { depth: 3, seed: 1, seconds: 60, cpus: 2 }

const schedulesExamples = `Examples:
  mmspec schedules                              every scenario at both geometries, up to two preemptions
  mmspec schedules munmap-store --preemptions 3 one of them, further
  mmspec schedules --pct 100000 --depth 4       so many schedules of each at random
  mmspec schedules ./my-scenario.yaml           a scenario of your own
`
const stressExamples = `Examples:
  mmspec stress --seconds 60 --geometry x86     two threads at the real page-table layout
  mmspec stress --cpus 3 --seed 7               three, other commands
`

const shared = (command: Command): Command =>
  command
    .option('--mutant <name>', 'with this mistake written into the implementation')
    .addOption(jsonOption())
    .option('--no-times', 'leave times out of the JSON')
    .addOption(colourOption())
    .option('-q, --quiet', 'say something only if something goes wrong')

export function schedules(program: Command): void {
  shared(program.command('schedules').summary('run the implementation on several CPUs, schedule by schedule'))
    .addHelpText('before', schedulesExamples)
    .argument('[scenario...]', 'names, or paths of scenarios of your own; all where none is given')
    .option('--preemptions <k>', 'every schedule with at most so many; 2, or what the scenario says', whole)
    .option('--pct <n>', 'so many schedules at random instead, by priorities', natural)
    .option('--depth <d>', `of those: priorities change d - 1 times; ${usual.depth} where not given`, natural)
    .option('--seed <s>', `of those; ${usual.seed} where not given`, natural)
    .addOption(
      new Option('--geometry <name>', 'tiny, x86, both')
        .argParser(oneOf('geometry', [...geometryNames, 'both']))
        .default('both'),
    )
    .option('--no-lockstep', 'ask the model only how schedules may end, not after every step')
    .option('--timeout <seconds>', 'cut the run short then', duration)
    .action(async (names: readonly string[], given: SchedulesGiven) => {
      process.exitCode = await runThem(names.length === 0 ? scenarioNames() : [...new Set(names)], given)
    })
}

/** A number of things, or none. */
const whole = (text: string): number => (text === '0' ? 0 : natural(text))

/** What would be read and not used: schedules are all up to some preemptions, or drawn. */
function refuseUnused({ preemptions, pct, depth, seed }: SchedulesGiven): void {
  const [unused, next] =
    pct === undefined
      ? [depth !== undefined ? '--depth' : seed !== undefined ? '--seed' : null, 'add --pct 100000, say']
      : [preemptions !== undefined ? '--preemptions' : null, 'leave out one of the two']
  if (unused === null) return
  const why = pct === undefined ? 'is about schedules at random, and none are asked for' : 'does not go with --pct'
  throw new UserError({ code: 'contradiction', message: `${unused} ${why}`, next })
}

async function runThem(names: readonly string[], given: SchedulesGiven): Promise<number> {
  const { preemptions, pct, depth, seed, geometry, mutant, timeout } = given
  refuseUnused(given)
  const line = lineTicker(given.quiet === true)
  const result = await interruptible(signal =>
    runSchedules(names, {
      preemptions: preemptions ?? null,
      random: pct === undefined ? null : { schedules: pct, depth: depth ?? usual.depth, seed: seed ?? usual.seed },
      lockstep: given.lockstep,
      geometries: geometry === 'both' ? geometryNames : [geometry],
      edit: mutant === undefined ? null : mutantOf(mutant),
      signal,
      deadline: timeout === undefined ? null : Date.now() + timeout * 1000,
      progress: (scenario, made) => line.tick(`${scenario}: ${made} schedules`),
    }),
  ).finally(line.end)
  if (given.json === true) say(renderJson(result, { times: given.times }))
  else if (given.quiet !== true || !result.ok) say(renderSchedules(result, screenOf(given.colour)))
  return schedulesExitCode(
    result,
    result.scenarios.some(run => run.failing > 0),
  )
}

export function stress(program: Command): void {
  shared(program.command('stress').summary('run the implementation on threads, and explain what they saw'))
    .addHelpText('before', stressExamples)
    .option('--seconds <n>', 'how long', duration, usual.seconds)
    .addOption(
      new Option('--geometry <name>', geometryNames.join(', '))
        .argParser(oneOf('geometry', geometryNames))
        .default('tiny'),
    )
    .option('--cpus <n>', `threads, at most ${mostThreads}`, threads, usual.cpus)
    .option('--seed <s>', 'of the first round', natural, usual.seed)
    .action(async (given: StressGiven) => {
      process.exitCode = await runFreely(given)
    })
}

/** As many as the machine may have CPUs. */
const mostThreads = 32
function threads(text: string): number {
  const cpus = natural(text)
  if (cpus <= mostThreads) return cpus
  throw new InvalidArgumentError(`expected at most ${mostThreads}, found '${text}'`)
}

async function runFreely(given: StressGiven): Promise<number> {
  const { seconds, geometry, cpus, seed, mutant } = given
  const line = lineTicker(given.quiet === true)
  const edits = mutant === undefined ? [] : [mutantOf(mutant).edit]
  const [run, interrupted] = await interruptible(async signal => {
    const progress = (rounds: number, commands: number) => line.tick(`${rounds} rounds · ${commands} commands`)
    return [await runStress({ geometry, cpus, seconds, seed, edits, signal, progress }), signal.aborted] as const
  }).finally(line.end)
  const { wrong, ...figures } = run
  const result: StressResult = {
    schema: stressSchema,
    verb: 'stress',
    ok: wrong === null && !interrupted,
    version,
    geometry,
    cpus,
    seed,
    ...figures,
    ...(interrupted ? { cut: 'interrupted' as const } : {}),
    ...(wrong === null ? {} : { wrong }),
  }
  if (given.json === true) say(renderJson(result, { times: given.times }))
  else if (given.quiet !== true || !result.ok) say(renderStress(result, screenOf(given.colour)))
  return schedulesExitCode(result, wrong !== null)
}
