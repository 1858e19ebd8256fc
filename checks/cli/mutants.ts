// `mmspec mutants`: are the checks alive? Every mutant of the model and of the implementation, and who noticed it.

import type { Command } from 'commander'
import { exitCode, renderJson, renderRun } from '../../reports/index.js'
import { usualCheck } from '../check.js'
import { allMutants } from '../mutants/index.js'
import { interruptible } from './interrupt.js'
import { colourOption, duration, jsonOption, natural, quietOption } from './options.js'
import { prepareFolder, writeRun } from './out.js'
import { lineTicker } from './progress.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface Given {
  readonly timeout?: number
  readonly workers: number
  readonly json?: boolean
  readonly out?: string
  readonly colour: ColourMode
  readonly quiet?: boolean
  readonly verbose?: boolean
}

const examples = `Examples:
  mmspec mutants                                all of them; survivors are listed
  mmspec mutants -v                             and who noticed each
`

export function mutants(program: Command): void {
  program
    .command('mutants')
    .summary('put every mutant in force, and see whether the checks notice')
    .addHelpText('before', examples)
    .option('--timeout <seconds>', 'cut the run short then', duration)
    .option('--workers <n>', 'processes side by side', natural, usualCheck.workers)
    .addOption(jsonOption())
    .option('--out <folder>', 'write run.json')
    .addOption(colourOption())
    .addOption(quietOption('say something only if a mutant survives'))
    .option('-v, --verbose', 'list every mutant with what noticed it')
    .action(async (given: Given) => {
      process.exitCode = await run(given)
    })
}

async function run(given: Given): Promise<number> {
  if (given.out !== undefined) prepareFolder(given.out)
  const line = lineTicker(given.quiet === true)
  const seconds = given.timeout ?? usualCheck.seconds
  const result = await interruptible(signal =>
    allMutants(
      {
        signal,
        deadline: Number.isFinite(seconds) ? Date.now() + seconds * 1000 : null,
        progress: ({ done, of, title }) => line.tick(`${done} of ${of} mutants noticed · ${title}`),
      },
      given.workers,
    ),
  ).finally(line.end)
  if (given.out !== undefined) writeRun(given.out, result, true)
  if (given.json === true) say(renderJson(result, { times: true }))
  else if (given.quiet !== true || !result.ok) {
    say(renderRun(result, { ...screenOf(given.colour), verbose: given.verbose === true }))
  }
  return exitCode(result)
}
