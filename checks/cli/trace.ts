// `mmspec trace`: what the system is asked to be, row by row, and what keeps each row. Gaps come first.

import type { Command } from 'commander'
import { renderJson, renderTrace } from '../../reports/index.js'
import { trace } from '../trace/trace.js'
import { colourOption, jsonOption } from './options.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface Given {
  readonly gaps?: boolean
  readonly full?: boolean
  readonly json?: boolean
  readonly colour: ColourMode
}

const examples = `Examples:
  mmspec trace                                  every row: what is missing first
  mmspec trace FW-25                            one row, with its rules, code, claims and mutants
  mmspec trace --gaps --json                    what is missing, for a script
`

export function traceVerb(program: Command): void {
  program
    .command('trace')
    .summary('what the system is asked to be, and which rule, code, claim and mutant keep it')
    .addHelpText('before', examples)
    .argument('[row...]', 'ids of rows; all where none is given')
    .option('--gaps', 'only what is not built, or not wholly')
    .option('--full', 'all that keeps a row, also where no row is named')
    .addOption(jsonOption())
    .addOption(colourOption())
    .action((ids: readonly string[], { gaps, full, json, colour }: Given) => {
      const result = trace({ ids, gaps: gaps === true })
      const options = { ...screenOf(colour), full: full === true || ids.length > 0 }
      say(json === true ? renderJson(result, { times: false }) : renderTrace(result, options))
    })
}
