// `mmspec verify`: everything that is quick in one run, with a report of all of it.

import { join } from 'node:path'
import type { Command } from 'commander'
import {
  exitCode,
  type RunResult,
  renderConform,
  renderJson,
  renderLinear,
  renderMuseum,
  renderRun,
  renderSchedules,
  renderVerdict,
  reportName,
} from '../../reports/index.js'
import { usualCheck } from '../check.js'
import { verify as runAll, type VerifyPart, verifyParts } from '../verify.js'
import { interruptible } from './interrupt.js'
import { colourOption, duration, jsonOption, natural, oneOf, quietOption } from './options.js'
import { prepareFolder, writeRun } from './out.js'
import { lineTicker } from './progress.js'
import { type ColourMode, type Screen, say, screenOf } from './terminal.js'
import { withoutTimes } from './times.js'

interface Given {
  readonly only?: readonly VerifyPart[]
  readonly workers: number
  readonly timeout?: number
  readonly json?: boolean
  readonly times: boolean
  readonly out: string
  readonly colour: ColourMode
  readonly quiet?: boolean
  readonly verbose?: boolean
}

const usualFolder = 'reports/out'

const examples = `Examples:
  mmspec verify                                 all small scopes, lockstep, orders, the museum, schedules
  mmspec verify --only check,linear              some parts of it
  mmspec verify --out build/mm --timeout 300    the report elsewhere, at most five minutes
`

export function verify(program: Command): void {
  program
    .command('verify')
    .summary('run all that is quick, and write a report of it')
    .addHelpText('before', examples)
    .option('--only <part,…>', verifyParts.join(', '), parts)
    .option('--workers <n>', 'processes side by side', natural, usualCheck.workers)
    .option('--timeout <seconds>', 'cut the run short then', duration)
    .option('--out <folder>', 'where run.json, index.html and counterexamples go', usualFolder)
    .addOption(jsonOption())
    .option('--no-times', 'leave out what differs between two runs')
    .addOption(colourOption())
    .addOption(quietOption('say something only of parts that are not as expected'))
    .option('-v, --verbose', 'say all of every part')
    .action(async (given: Given) => {
      process.exitCode = await run(given)
    })
}

const parts = (text: string): readonly VerifyPart[] => text.split(',').map(oneOf('part', verifyParts))

async function run(given: Given): Promise<number> {
  prepareFolder(given.out)
  const line = lineTicker(given.quiet === true)
  const screen = screenOf(given.colour)
  const result = await interruptible(signal =>
    runAll({
      ...(given.only === undefined ? {} : { only: given.only }),
      workers: given.workers,
      seconds: given.timeout ?? usualCheck.seconds,
      signal,
      progress: line.tick,
      heard: part => {
        line.end()
        if (given.json !== true) show(part, given, screen)
      },
    }),
  ).finally(line.end)
  if (given.json === true) say(renderJson(result, { times: given.times }))
  else if (given.quiet !== true || !result.ok)
    say(renderVerdict(given.times ? result : withoutTimes(result), { ...screen, report: join(given.out, reportName) }))
  writeRun(given.out, result, given.times)
  return exitCode(result)
}

/** What is searched and compared is shown; of the other parts only what is not as expected. */
function show(part: RunResult, { times, quiet = false, verbose = false }: Given, screen: Screen): void {
  const isShown = verbose || part.scopes.length + part.lockstep.length > 0
  if (part.ok && (quiet || !isShown)) return
  say(`${screenOfPart(times ? part : withoutTimes(part), { ...screen, verbose })}\n`)
}

function screenOfPart(part: RunResult, options: Screen & { readonly verbose: boolean }): string {
  const { conform, linear, museum, schedules } = part
  if (conform !== undefined) return renderConform(conform, options)
  if (linear !== undefined) return renderLinear(linear, options)
  if (museum !== undefined) return renderMuseum(museum, options)
  if (schedules !== undefined) return renderSchedules(schedules, options)
  return renderRun(part, options)
}
