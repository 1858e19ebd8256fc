// `mmspec mutants`: are the checks alive? Every mutant of the model and of the implementation, and who noticed it.

import type { Command } from 'commander'
import { exitCode, renderRun } from '../../reports/index.js'
import { allMutants } from '../mutants/index.js'
import { type Asked, conduct, deliver, resultOptions } from './conduct.js'
import { timeoutOption, workersOption } from './options.js'
import { deadlineOf } from './times.js'

interface Given extends Asked {
  readonly timeout?: number
  readonly workers: number
  readonly verbose?: boolean
}

const examples = `Examples:
  mmspec mutants                                all of them; survivors are listed
  mmspec mutants -v                             and who noticed each
`

export function mutants(program: Command): void {
  const verb = program
    .command('mutants')
    .summary('put every mutant in force, and see whether the checks notice')
    .addHelpText('before', examples)
    .addOption(timeoutOption())
    .addOption(workersOption('processes'))
  resultOptions(verb, {
    out: 'write run.json and index.html',
    quiet: 'say something only if a mutant survives',
  })
    .option('-v, --verbose', 'list every mutant with what noticed it')
    .action(async (given: Given) => {
      process.exitCode = await run(given)
    })
}

async function run(given: Given): Promise<number> {
  const { timeout, workers, verbose = false } = given
  const result = await conduct(given, (signal, tick) => {
    const progress = ({ done, of, title }: { readonly done: number; readonly of: number; readonly title: string }) =>
      tick(`${done} of ${of} mutants noticed · ${title}`)
    return allMutants({ signal, deadline: deadlineOf(timeout), progress }, workers)
  })
  deliver(result, given, (shown, on) => renderRun(shown, { ...on, verbose }))
  return exitCode(result)
}
