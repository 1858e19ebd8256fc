// `mmspec spec`: whether the specification says what the code does, and the specification as a document.

import type { Command } from 'commander'
import { renderJson, renderSpecCheck } from '../../reports/index.js'
import { checkSpec, updateSpec } from '../spec/check.js'
import { colourOption, jsonOption } from './options.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface CheckGiven {
  readonly update?: boolean
  readonly json?: boolean
  readonly colour: ColourMode
}

const examples = `Examples:
  mmspec spec check                             examples, tables, links, rules, claims and chapters
  mmspec spec check --update                    write the generated tables first
`

export function spec(program: Command): void {
  const verb = program
    .command('spec')
    .summary('check the specification against the code')
    .addHelpText('before', examples)
  verb
    .command('check')
    .summary('run the examples, and look for what the specification and the code do not say alike')
    .addHelpText('before', examples)
    .option('--update', 'bring the generated tables and sources up to date first')
    .addOption(jsonOption())
    .addOption(colourOption())
    .action(({ update, json, colour }: CheckGiven) => {
      const result = checkSpec(update === true ? updateSpec() : [])
      say(json === true ? renderJson(result, { times: false }) : renderSpecCheck(result, screenOf(colour)))
      process.exitCode = result.ok ? 0 : 1
    })
}
