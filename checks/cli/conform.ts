// `mmspec conform`: what a live kernel answered, asked again of the model and of the implementation.

import type { Command } from 'commander'
import { renderConform, renderJson } from '../../reports/index.js'
import { conform as askRows, type Profile, profiles } from '../conformance/index.js'
import { colourOption, jsonOption, oneOf, quietOption } from './options.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface Given {
  readonly profile: Profile
  readonly json?: boolean
  readonly colour: ColourMode
  readonly quiet?: boolean
  readonly verbose?: boolean
}

const examples = `Examples:
  mmspec conform                                every recorded row, and those that need later chapters
  mmspec conform merge mlock-05                 the rows of a group, and one row
  mmspec conform merge --profile textbook       where the other profile answers differently
`

export function conform(program: Command): void {
  program
    .command('conform')
    .summary('compare model and implementation with the recorded answers of a live kernel')
    .addHelpText('before', examples)
    .argument('[row...]', 'ids or groups; all where none is given')
    .option('--profile <name>', profiles.join(', '), oneOf('profile', profiles), 'linux')
    .addOption(jsonOption())
    .addOption(colourOption())
    .addOption(quietOption('say something only if an answer differs'))
    .option('-v, --verbose', 'say also every step of every row')
    .action((rows: readonly string[], given: Given) => {
      process.exitCode = run(rows, given)
    })
}

function run(rows: readonly string[], { profile, json, colour, quiet = false, verbose = false }: Given): 0 | 1 {
  const result = askRows(rows, { profile })
  if (json === true) say(renderJson(result, { times: false }))
  else if (!quiet || !result.ok) say(renderConform(result, { ...screenOf(colour), verbose }))
  return result.ok ? 0 : 1
}
