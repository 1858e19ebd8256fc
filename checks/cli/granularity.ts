// `mmspec granularity`: searches that join steps beside searches that join none.

import type { Command } from 'commander'
import { granularityExitCode, renderGranularity } from '../../reports/index.js'
import { checkGranularity, fusedScopes, usualGranularity } from '../granularity/run.js'
import { type Asked, conduct, deliver, resultOptions } from './conduct.js'
import { memoryOption, natural, setOption, timeoutOption, workersOption } from './options.js'
import { searchLine } from './progress.js'

interface Given extends Asked {
  readonly set?: readonly string[]
  readonly mutants?: boolean
  readonly museum?: boolean
  readonly workers: number
  readonly maxStates: number
  readonly timeout?: number
  readonly maxMemory?: number
}

const examples = `Examples:
  mmspec granularity                            all small scopes that join steps
  mmspec granularity smp-munmap --mutants       one of them, also with each mutant that is written for it
  mmspec granularity --mutants --museum         all there is
`

export function granularity(program: Command): void {
  const verb = program
    .command('granularity')
    .summary('hold searches that join steps to searches that join none')
    .addHelpText('before', examples)
    .argument('[scope...]', 'names, or paths of scope files of your own; all small ones at fused where none is given')
    .addOption(setOption())
    .option('--mutants', 'also with the mutants that are written for these scopes')
    .option('--museum', 'also the entries of the museum')
    .addOption(workersOption('searches'))
    .option('--max-states <n>', 'leave it open where a search has more', natural, usualGranularity.maxStates)
    .addOption(timeoutOption())
    .addOption(memoryOption('search'))
  resultOptions(verb, {
    out: 'write run.json and index.html',
    quiet: 'say something only if they differ',
  }).action(async (scopes: readonly string[], given: Given) => {
    process.exitCode = await run(scopes, given)
  })
}

async function run(asked: readonly string[], given: Given): Promise<number> {
  const result = await conduct(given, (signal, tick) =>
    checkGranularity(asked.length > 0 ? asked : fusedScopes('small'), {
      sets: given.set ?? [],
      mutants: given.mutants === true,
      museum: given.museum === true,
      workers: given.workers,
      maxStates: given.maxStates,
      seconds: given.timeout ?? usualGranularity.seconds,
      megabytes: given.maxMemory ?? null,
      signal,
      progress: (scope, at) => tick(searchLine(scope, at)),
    }),
  )
  deliver(result, given, renderGranularity)
  return granularityExitCode(result)
}
