// `mmspec conform`: what a live kernel answered, asked again of the model and of the implementation.

import type { Command } from 'commander'
import { renderConform } from '../../reports/index.js'
import { conform as askRows, type Profile, profiles } from '../conformance/index.js'
import { type Asked, deliver, resultOptions } from './conduct.js'
import { oneOf } from './options.js'
import { prepareFolder } from './out.js'

interface Given extends Asked {
  readonly profile: Profile
  readonly verbose?: boolean
}

const examples = `Examples:
  mmspec conform                                every recorded row, and those that need later chapters
  mmspec conform merge mlock-05                 the rows of a group, and one row
  mmspec conform merge --profile textbook       where the other profile answers differently
`

export function conform(program: Command): void {
  const verb = program
    .command('conform')
    .summary('compare model and implementation with the recorded answers of a live kernel')
    .addHelpText('before', examples)
    .argument('[row...]', 'ids or groups; all where none is given')
    .option('--profile <name>', profiles.join(', '), oneOf('profile', profiles), 'linux')
  resultOptions(verb, {
    out: 'write run.json, and index.html with the rows that differ',
    quiet: 'say something only if an answer differs',
  })
    .option('-v, --verbose', 'say also every step of every row')
    .action((rows: readonly string[], given: Given) => {
      process.exitCode = run(rows, given)
    })
}

function run(rows: readonly string[], given: Given): 0 | 1 {
  if (given.out !== undefined) prepareFolder(given.out)
  const result = askRows(rows, { profile: given.profile })
  deliver(result, given, (shown, on) => renderConform(shown, { ...on, verbose: given.verbose === true }))
  return result.ok ? 0 : 1
}
