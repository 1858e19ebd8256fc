// `mmspec shrink`: a trace that fails, made as short and as simple as it can be and still fail in the same way.

import type { Command } from 'commander'
import { renderJson, renderShrink, type ShrinkResult } from '../../reports/index.js'
import { drive, watched } from '../drive.js'
import type { Build } from '../lockstep/index.js'
import { countedCopy } from '../pass.js'
import { replayFile } from '../replay.js'
import { isScenarioPath } from '../scenario/file.js'
import { shrink as shrinkToken, usualStates } from '../shrink/run.js'
import { interruptible } from './interrupt.js'
import { colourOption, duration, jsonOption, natural, quietOption } from './options.js'
import { lineTicker } from './progress.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface Given {
  readonly search: boolean
  readonly maxStates: number
  readonly timeout?: number
  readonly json?: boolean
  readonly colour: ColourMode
  readonly quiet?: boolean
}

const examples = `Examples:
  mmspec shrink mm1:swap+swapin-keeps-the-slot:…  a trace of the model, as 'mmspec random --model' printed it
  mmspec shrink lk1:…                           commands under which model and implementation part
  mmspec shrink mp1:…                           a schedule: fewer switches from one CPU to another
  mmspec shrink ./mine.yaml                     a scenario of yours
  mmspec shrink mm1:… --no-search               leave out and simplify only
`

export function shrink(program: Command): void {
  program
    .command('shrink')
    .summary('make a failing trace as short as it can be')
    .addHelpText('before', examples)
    .argument('<token|file>', 'of a trace that fails: mm1:…, lk1:… or mp1:…; or a scenario that ends in .yaml')
    .option('--no-search', 'do not search for a shorter trace once nothing more can be left out')
    .option('--max-states <n>', 'give each search up there', natural, usualStates)
    .option('--timeout <seconds>', 'stop then, with the best so far', duration)
    .addOption(jsonOption())
    .addOption(colourOption())
    .addOption(quietOption('no progress'))
    .action(async (token: string, given: Given) => {
      process.exitCode = await run(token, given)
    })
}

async function run(asked: string, given: Given): Promise<number> {
  const line = lineTicker(given.quiet === true)
  const states = given.search ? given.maxStates : 0
  const build = await countedCopy()
  const result = await interruptible(signal =>
    drive(
      shrinkToken(isScenarioPath(asked) ? tokenOfFile(asked, build) : asked, { states, build }),
      watched({
        signal,
        deadline: given.timeout === undefined ? null : Date.now() + given.timeout * 1000,
        progress: at =>
          line.tick(
            at.states > 0
              ? `${at.length} steps left · looking for a shorter way in ${at.states} states`
              : `${at.length} steps left · ${at.tried} traces tried`,
          ),
      }),
    ),
  ).finally(line.end)
  say(given.json === true ? renderJson(result, { times: false }) : renderShrink(result, screenOf(given.colour)))
  return codeOf(result)
}

/** The trace of a scenario, as a token. */
function tokenOfFile(path: string, build: Build): string {
  const found = replayFile(path, build)
  return found.kind === 'mm1' ? found.trace.token : (found.result.disagreement?.token ?? '')
}

/** What was found by then is shown in any case. */
const codeOf = ({ cut }: ShrinkResult): number => (cut === undefined ? 0 : cut === 'interrupted' ? 130 : 3)
