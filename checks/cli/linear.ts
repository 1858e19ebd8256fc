// `mmspec linear`: one command on each CPU, from every state at rest, in every interleaving of their steps, against the
// orders that they can have.

import type { Command } from 'commander'
import { type LinearResult, linearExitCode, renderJson, renderLinear } from '../../reports/index.js'
import { checkLinear, linearScopes, usualLinear } from '../linearizability/run.js'
import type { ScopeTag } from '../scope/index.js'
import { scopeTags } from '../scope/index.js'
import { type ShardAsked, shardOf } from '../shard.js'
import { interruptible } from './interrupt.js'
import { colourOption, duration, jsonOption, natural, oneOf, setOption, shardOption } from './options.js'
import { lineTicker } from './progress.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface Given {
  readonly set?: readonly string[]
  readonly tag?: ScopeTag
  readonly shard?: ShardAsked
  readonly mutant?: string
  readonly workers: number
  readonly timeout?: number
  readonly maxMemory?: number
  readonly json?: boolean
  readonly times: boolean
  readonly colour: ColourMode
  readonly quiet?: boolean
}

const examples = `Examples:
  mmspec linear                                 all small scopes where operations of several CPUs interleave
  mmspec linear smp-munmap --set granularity=full  one scope, with others between any two steps
  mmspec linear counter --mutant add-takes-no   a sum that is lost, and the shortest way there
`

export function linear(program: Command): void {
  program
    .command('linear')
    .summary('hold operations of several CPUs to the orders that they can have')
    .addHelpText('before', examples)
    .argument(
      '[scope...]',
      'names, or paths of scope files of your own; all small interleaved ones where none is given',
    )
    .addOption(setOption())
    .option('--tag <tag>', `all interleaved scopes of a kind: ${scopeTags.join(', ')}`, oneOf('tag', scopeTags))
    .addOption(shardOption())
    .option('--mutant <slug>', 'put a mutant in force; the start of its slug is enough')
    .option('--workers <n>', 'scopes side by side', natural, usualLinear.workers)
    .option('--timeout <seconds>', 'cut the run short then', duration)
    .option('--max-memory <MB>', 'for the states of each scope; usually most of the memory there is', natural)
    .addOption(jsonOption())
    .option('--no-times', 'leave times out of the JSON')
    .addOption(colourOption())
    .option('-q, --quiet', 'say something only if no order agrees')
    .action(async (scopes: readonly string[], given: Given) => {
      process.exitCode = await run(scopes, given)
    })
}

async function run(asked: readonly string[], given: Given): Promise<number> {
  const whole = asked.length > 0 ? asked : linearScopes(...(given.tag === undefined ? usualTags : [given.tag]))
  const { scopes, ...part } = given.shard === undefined ? { scopes: whole } : shardOf(whole, given.shard)
  const line = lineTicker(given.quiet === true)
  const found = await interruptible(signal =>
    checkLinear(scopes, {
      sets: given.set ?? [],
      mutant: given.mutant ?? null,
      workers: given.workers,
      seconds: given.timeout ?? usualLinear.seconds,
      megabytes: given.maxMemory ?? null,
      signal,
      progress: (scope, { starts, of, states }) =>
        line.tick(
          of === 0 ? `${scope}: ${states} states at rest` : `${scope}: start ${starts} of ${of} · ${states} states`,
        ),
    }),
  ).finally(line.end)
  const result: LinearResult = { ...found, ...part }
  if (given.json === true) say(renderJson(result, { times: given.times }))
  else if (given.quiet !== true || !result.ok) say(renderLinear(result, screenOf(given.colour)))
  return linearExitCode(result)
}

const usualTags: readonly ScopeTag[] = ['small', 'toy']
