// `mmspec keep`: the trace of a token as a scenario file, to be run again for as long as the project lives.

import type { Command } from 'commander'
import { renderJson } from '../../reports/index.js'
import { keep as keepToken } from '../kept.js'
import { pathOf, usualFolder } from '../kept-file.js'
import { countedCopy } from '../pass.js'
import { type Expected, expectations } from '../scenario/file.js'
import { keepSchedule } from '../schedules/kept.js'
import { isScheduleToken } from '../schedules/token.js'
import { jsonOption, oneOf } from './options.js'
import { prepareFolder } from './out.js'
import { say } from './terminal.js'

interface Given {
  readonly as: string
  readonly in: string
  readonly expect?: Expected
  readonly json?: boolean
}

const examples = `Examples:
  mmspec keep mm1:… --as lost-write             writes ${usualFolder}/lost-write.yaml
  mmspec keep lk1:… --as parted --in tests/mm   commands for model and implementation, in a folder of yours
  mmspec keep mp1:… --as unmapped-beside-a-store  the scripts of several CPUs, and how many preemptions it takes
  mmspec replay ${usualFolder}                       runs all that was kept there, and exits with 1 if one is not as expected
`

export function keep(program: Command): void {
  program
    .command('keep')
    .summary('make a scenario file of a trace, to be run again')
    .addHelpText('before', examples)
    .argument('<token>', 'mm1:…, lk1:… or mp1:…, as reports print it; shrink it first')
    .requiredOption('--as <name>', "the scenario's name")
    .option('--in <folder>', 'where to write it', usualFolder)
    .option(
      '--expect <verdict>',
      'holds or violated; usually violated where a mutant is in force, and holds for a mistake that is to be mended',
      oneOf('verdict', expectations),
    )
    .addOption(jsonOption())
    .action(async (token: string, given: Given) => {
      const asked = { name: given.as, folder: given.in, expect: given.expect ?? null }
      pathOf(asked)
      prepareFolder(given.in, '--in')
      const path = isScheduleToken(token)
        ? await keepSchedule(token, asked)
        : keepToken(token, asked, await countedCopy())
      const kept = { schema: 'mmspec/keep@1', path }
      say(given.json === true ? renderJson(kept, { times: false }) : `kept ${path}\n  npx mmspec replay ${path}\n`)
    })
}
