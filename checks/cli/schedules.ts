// `mmspec schedules`: the implementation on several CPUs, one schedule at a time.

import { type Command, Option } from 'commander'
import { renderSchedules, schedulesExitCode } from '../../reports/index.js'
import { UserError } from '../errors.js'
import { mutantOf } from '../schedules/mutants.js'
import { runSchedules } from '../schedules/run.js'
import { type GeometryName, geometryNames, scenarioNames } from '../schedules/scenario.js'
import { type Asked, conduct, deliver, resultOptions } from './conduct.js'
import { mutantOption, natural, oneOf, timeoutOption } from './options.js'
import { deadlineOf } from './times.js'

interface Given extends Asked {
  readonly preemptions?: number
  readonly pct?: number
  readonly depth?: number
  readonly seed?: number
  readonly geometry: GeometryName | 'both'
  readonly timeout?: number
  readonly lockstep: boolean
  readonly mutant?: string
}

const usual = { depth: 3, seed: 1 }

const examples = `Examples:
  mmspec schedules                              every scenario at both geometries, up to two preemptions
  mmspec schedules munmap-store --preemptions 3 one of them, further
  mmspec schedules --pct 100000 --depth 4       so many schedules of each at random
  mmspec schedules ./my-scenario.yaml           a scenario of your own
`
/** What `--mutant` says of verbs that run the implementation on several CPUs. */
export const writtenMutant = 'with this mistake written into the implementation'

export function schedules(program: Command): void {
  const verb = program
    .command('schedules')
    .summary('run the implementation on several CPUs, schedule by schedule')
    .addHelpText('before', examples)
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
    .addOption(timeoutOption())
    .addOption(mutantOption(writtenMutant))
  resultOptions(verb, {
    out: 'write run.json, and index.html with the schedules that fail',
    quiet: 'say something only if something goes wrong',
  }).action(async (names: readonly string[], given: Given) => {
    process.exitCode = await run(names.length === 0 ? scenarioNames() : [...new Set(names)], given)
  })
}

/** A number of things, or none. */
const whole = (text: string): number => (text === '0' ? 0 : natural(text))

/** What would be read and not used: schedules are all up to some preemptions, or drawn. */
function refuseUnused({ preemptions, pct, depth, seed }: Given): void {
  const [unused, next] =
    pct === undefined
      ? [depth !== undefined ? '--depth' : seed !== undefined ? '--seed' : null, 'add --pct 100000, say']
      : [preemptions !== undefined ? '--preemptions' : null, 'leave out one of the two']
  if (unused === null) return
  const why = pct === undefined ? 'is about schedules at random, and none are asked for' : 'does not go with --pct'
  throw new UserError({ code: 'contradiction', message: `${unused} ${why}`, next })
}

async function run(names: readonly string[], given: Given): Promise<number> {
  const { preemptions, pct, depth, seed, geometry, mutant, timeout } = given
  refuseUnused(given)
  const result = await conduct(given, (signal, tick) =>
    runSchedules(names, {
      preemptions: preemptions ?? null,
      random: pct === undefined ? null : { schedules: pct, depth: depth ?? usual.depth, seed: seed ?? usual.seed },
      lockstep: given.lockstep,
      geometries: geometry === 'both' ? geometryNames : [geometry],
      edit: mutant === undefined ? null : mutantOf(mutant),
      signal,
      deadline: deadlineOf(timeout),
      progress: (scenario, made) => tick(`${scenario}: ${made} schedules`),
    }),
  )
  deliver(result, given, renderSchedules)
  return schedulesExitCode(
    result,
    result.scenarios.some(({ failing }) => failing > 0),
  )
}
