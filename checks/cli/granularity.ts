// `mmspec granularity`: searches that join steps beside searches that join none.

import type { Command } from 'commander'
import { granularityExitCode, renderGranularity, renderJson } from '../../reports/index.js'
import { checkGranularity, fusedScopes, usualGranularity } from '../granularity/run.js'
import { interruptible } from './interrupt.js'
import { colourOption, duration, jsonOption, natural, setOption } from './options.js'
import { ticker } from './progress.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface Given {
  readonly set?: readonly string[]
  readonly mutants?: boolean
  readonly museum?: boolean
  readonly workers: number
  readonly maxStates: number
  readonly timeout?: number
  readonly maxMemory?: number
  readonly json?: boolean
  readonly times: boolean
  readonly colour: ColourMode
  readonly quiet?: boolean
}

const examples = `Examples:
  mmspec granularity                            all small scopes that join steps
  mmspec granularity smp-munmap --mutants       one of them, also with each mutant that is written for it
  mmspec granularity --mutants --museum         all there is
`

export function granularity(program: Command): void {
  program
    .command('granularity')
    .summary('hold searches that join steps to searches that join none')
    .addHelpText('before', examples)
    .argument('[scope...]', 'names, or paths of scope files of your own; all small ones at fused where none is given')
    .addOption(setOption())
    .option('--mutants', 'also with the mutants that are written for these scopes')
    .option('--museum', 'also the entries of the museum')
    .option('--workers <n>', 'searches side by side', natural, usualGranularity.workers)
    .option('--max-states <n>', 'leave it open where a search has more', natural, usualGranularity.maxStates)
    .option('--timeout <seconds>', 'cut the run short then', duration)
    .option('--max-memory <MB>', 'for the states of each search; usually most of the memory there is', natural)
    .addOption(jsonOption())
    .option('--no-times', 'leave times out of the JSON')
    .addOption(colourOption())
    .option('-q, --quiet', 'say something only if they differ')
    .action(async (scopes: readonly string[], given: Given) => {
      process.exitCode = await run(scopes, given)
    })
}

async function run(asked: readonly string[], given: Given): Promise<number> {
  const line = ticker(given.quiet === true)
  const result = await interruptible(signal =>
    checkGranularity(asked.length > 0 ? asked : fusedScopes('small'), {
      sets: given.set ?? [],
      mutants: given.mutants === true,
      museum: given.museum === true,
      workers: given.workers,
      maxStates: given.maxStates,
      seconds: given.timeout ?? usualGranularity.seconds,
      megabytes: given.maxMemory ?? null,
      signal,
      progress: line.tick,
    }),
  ).finally(line.end)
  if (given.json === true) say(renderJson(result, { times: given.times }))
  else if (given.quiet !== true || !result.ok) say(renderGranularity(result, screenOf(given.colour)))
  return granularityExitCode(result)
}
