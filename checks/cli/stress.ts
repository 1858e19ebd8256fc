// `mmspec stress`: the implementation on threads that run freely.

import { type Command, InvalidArgumentError, Option } from 'commander'
import { renderStress, type StressResult, schedulesExitCode, stressSchema } from '../../reports/index.js'
import { mutantOf } from '../schedules/mutants.js'
import { type GeometryName, geometryNames } from '../schedules/scenario.js'
import { runStress } from '../schedules/stress.js'
import { version } from '../version.js'
import { type Asked, conduct, deliver, resultOptions } from './conduct.js'
import { duration, mutantOption, natural, oneOf } from './options.js'
import { writtenMutant } from './schedules.js'

interface Given extends Asked {
  readonly seconds: number
  readonly geometry: GeometryName
  readonly cpus: number
  readonly seed: number
  readonly mutant?: string
}

const usual = { seed: 1, seconds: 60, cpus: 2 }

const examples = `Examples:
  mmspec stress --seconds 60 --geometry x86     two threads at the real page-table layout
  mmspec stress --cpus 3 --seed 7               three, other commands
`

export function stress(program: Command): void {
  const verb = program
    .command('stress')
    .summary('run the implementation on threads, and explain what they saw')
    .addHelpText('before', examples)
    .option('--seconds <n>', 'how long', duration, usual.seconds)
    .addOption(
      new Option('--geometry <name>', geometryNames.join(', '))
        .argParser(oneOf('geometry', geometryNames))
        .default('tiny'),
    )
    .option('--cpus <n>', `threads, at most ${mostThreads}`, threads, usual.cpus)
    .option('--seed <s>', 'of the first round', natural, usual.seed)
    .addOption(mutantOption(writtenMutant))
  resultOptions(verb, {
    out: 'write run.json and index.html',
    quiet: 'say something only if something goes wrong',
  }).action(async (given: Given) => {
    process.exitCode = await run(given)
  })
}

/** As many as the machine may have CPUs. */
const mostThreads = 32
function threads(text: string): number {
  const cpus = natural(text)
  if (cpus <= mostThreads) return cpus
  throw new InvalidArgumentError(`expected at most ${mostThreads}, found '${text}'`)
}

async function run(given: Given): Promise<number> {
  const { seconds, geometry, cpus, seed, mutant } = given
  const edits = mutant === undefined ? [] : [mutantOf(mutant).edit]
  const [found, interrupted] = await conduct(given, async (signal, tick) => {
    const progress = (rounds: number, commands: number) => tick(`${rounds} rounds · ${commands} commands`)
    return [await runStress({ geometry, cpus, seconds, seed, edits, signal, progress }), signal.aborted] as const
  })
  const { wrong, ...figures } = found
  const result: StressResult = {
    schema: stressSchema,
    verb: 'stress',
    ok: wrong === null && !interrupted,
    version,
    geometry,
    ...(mutant === undefined ? {} : { mutant }),
    cpus,
    seed,
    ...figures,
    ...(interrupted ? { cut: 'interrupted' as const } : {}),
    ...(wrong === null ? {} : { wrong }),
  }
  deliver(result, given, renderStress)
  return schedulesExitCode(result, wrong !== null)
}
