// `mmspec merge`: runs of parts as one run, on the screen, in JSON, or as a folder with a report.

import { basename, dirname } from 'node:path'
import type { Command } from 'commander'
import { exitCode, renderJson, renderRun } from '../../reports/index.js'
import { merge as mergeRuns } from '../merge.js'
import { colourOption, jsonOption } from './options.js'
import { prepareFolder, writeFile, writeRun } from './out.js'
import { loadParts } from './run-file.js'
import { type ColourMode, say, screenOf } from './terminal.js'
import { withoutTimes } from './times.js'

interface Given {
  readonly out?: string
  readonly json?: boolean
  readonly times: boolean
  readonly colour: ColourMode
}

const examples = `Examples:
  mmspec merge 1.json 2.json 3.json             parts of a matrix, judged together
  mmspec merge check.json linear.json --out out different verbs, with a page that shows all of it
  mmspec merge 1.json 2.json --out all.json     one run file
`

export function merge(program: Command): void {
  program
    .command('merge')
    .summary('put runs of parts together, and judge what all of them reached')
    .addHelpText('before', examples)
    .argument('<run...>', "run files: what '--json' printed, or run.json of '--out'")
    .option('--out <path>', 'a file that ends in .json, or a folder for run.json, index.html and counterexamples')
    .addOption(jsonOption())
    .option('--no-times', 'leave out what differs between two runs')
    .addOption(colourOption())
    .action((files: readonly string[], given: Given) => {
      process.exitCode = run(files, given)
    })
}

function run(files: readonly string[], { out, json = false, times, colour }: Given): number {
  const result = mergeRuns(loadParts(files))
  const isFile = out?.endsWith('.json') ?? false
  if (out !== undefined) prepareFolder(isFile ? dirname(out) : out)
  if (json) say(renderJson(result, { times }))
  else say(renderRun(times ? result : withoutTimes(result), screenOf(colour)))
  if (out !== undefined && isFile) writeFile(dirname(out), basename(out), renderJson(result, { times }))
  else if (out !== undefined) writeRun(out, result, times)
  return exitCode(result)
}
