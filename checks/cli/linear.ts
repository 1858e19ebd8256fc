// `mmspec linear`: one command on each CPU, from every state at rest, in every interleaving of their steps, against the
// orders that they can have.

import type { Command } from 'commander'
import { type LinearResult, linearExitCode, renderLinear } from '../../reports/index.js'
import { checkLinear, linearScopes, linearTags, usualLinear } from '../linearizability/run.js'
import type { ScopeTag } from '../scope/index.js'
import { type ShardAsked, shardOf } from '../shard.js'
import { type Asked, conduct, deliver, resultOptions } from './conduct.js'
import {
  memoryOption,
  mutantOption,
  setOption,
  shardOption,
  tagOption,
  timeoutOption,
  workersOption,
} from './options.js'

interface Given extends Asked {
  readonly set?: readonly string[]
  readonly tag?: ScopeTag
  readonly shard?: ShardAsked
  readonly mutant?: string
  readonly workers: number
  readonly timeout?: number
  readonly maxMemory?: number
}

const examples = `Examples:
  mmspec linear                                 all small scopes where operations of several CPUs interleave
  mmspec linear smp-munmap --set granularity=full  one scope, with others between any two steps
  mmspec linear counter --mutant add-takes-no   a sum that is lost, and the shortest way there
`

export function linear(program: Command): void {
  const verb = program
    .command('linear')
    .summary('hold operations of several CPUs to the orders that they can have')
    .addHelpText('before', examples)
    .argument(
      '[scope...]',
      'names, or paths of scope files of your own; all small interleaved ones where none is given',
    )
    .addOption(setOption())
    .addOption(tagOption('interleaved scopes'))
    .addOption(shardOption())
    .addOption(mutantOption())
    .addOption(workersOption('scopes'))
    .addOption(timeoutOption())
    .addOption(memoryOption('scope'))
  resultOptions(verb, {
    out: 'write run.json, and index.html with what is as no order',
    quiet: 'say something only if no order agrees',
  }).action(async (scopes: readonly string[], given: Given) => {
    process.exitCode = await run(scopes, given)
  })
}

async function run(asked: readonly string[], given: Given): Promise<number> {
  const whole = asked.length > 0 ? asked : linearScopes(...(given.tag === undefined ? linearTags : [given.tag]))
  const { scopes, ...part } = given.shard === undefined ? { scopes: whole } : shardOf(whole, given.shard)
  const found = await conduct(given, (signal, tick) =>
    checkLinear(scopes, {
      sets: given.set ?? [],
      mutant: given.mutant ?? null,
      workers: given.workers,
      seconds: given.timeout ?? usualLinear.seconds,
      megabytes: given.maxMemory ?? null,
      signal,
      progress: (scope, { starts, of, states }) =>
        tick(of === 0 ? `${scope}: ${states} states at rest` : `${scope}: start ${starts} of ${of} · ${states} states`),
    }),
  )
  const result: LinearResult = { ...found, ...part }
  deliver(result, given, renderLinear)
  return linearExitCode(result)
}
