// `mmspec museum`: bugs that real kernels had, each found in this model by an edit, and absent without it.

import type { Command } from 'commander'
import {
  type MuseumResult,
  museumExitCode,
  renderJson,
  renderMuseum,
  renderMuseumEntry,
  renderMuseumPage,
} from '../../reports/index.js'
import { UserError, unknownWord } from '../errors.js'
import { entries, outOfReach, runMuseum } from '../museum/index.js'
import { interruptible } from './interrupt.js'
import { colourOption, duration, jsonOption, quietOption } from './options.js'
import { prepareFolder, writeFile } from './out.js'
import { lineTicker } from './progress.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface Given {
  readonly timeout?: number
  readonly json?: boolean
  readonly times: boolean
  readonly colour: ColourMode
  readonly quiet?: boolean
  readonly out?: string
}

const show = 'show'

const examples = `Examples:
  mmspec museum                                 every entry: found with its edit, and holds without
  mmspec museum fork-without-flush              one of them
  mmspec museum show fork-without-flush         what happened, and the shortest way there
  mmspec museum show fork-without-flush --out out  the same as a page, with the memory at each step
`

export function museum(program: Command): void {
  program
    .command('museum')
    .summary('find bugs of real kernels in edited operations of the model')
    .addHelpText('before', examples)
    .argument('[entry...]', `ids; all where none is given; '${show}' before them tells their stories`)
    .option('--timeout <seconds>', 'cut the run short then', duration)
    .addOption(jsonOption())
    .option('--no-times', 'leave times out of the JSON')
    .option('--out <folder>', 'write a page for each entry')
    .addOption(colourOption())
    .addOption(quietOption('say something only if an entry is not as promised'))
    .action(async (words: readonly string[], given: Given) => {
      process.exitCode = await run(words, given)
    })
}

async function run(words: readonly string[], given: Given): Promise<number> {
  const tells = words[0] === show
  const chosen = chosenBy(tells ? words.slice(1) : words)
  if (tells && words.length === 1) {
    const next = `ids: ${entries.map(entry => entry.id).join(', ')}`
    throw new UserError({ code: 'usage', message: `expected an id behind '${show}'`, next })
  }
  if (given.out !== undefined) prepareFolder(given.out)
  const line = lineTicker(given.quiet === true)
  const result = await interruptible(signal =>
    runMuseum(chosen, words.length === 0 ? outOfReach : [], {
      signal,
      deadline: given.timeout === undefined ? null : Date.now() + given.timeout * 1000,
      progress: ({ entry, states }) => line.tick(`${entry}: ${states} states`),
    }),
  ).finally(line.end)
  if (given.out !== undefined) writePages(given.out, result)
  if (given.json === true) say(renderJson(result, { times: given.times }))
  else if (given.quiet !== true || !result.ok) say(screen(result, tells, given.colour))
  return museumExitCode(result)
}

function writePages(folder: string, { entries: found, version }: MuseumResult): void {
  for (const entry of found) {
    const text = renderMuseumPage(entry, version)
    if (text !== null) writeFile(folder, `${entry.id}.html`, text)
  }
}

const screen = (result: MuseumResult, tells: boolean, colour: ColourMode): string =>
  tells
    ? result.entries.map(entry => renderMuseumEntry(entry, screenOf(colour))).join('\n')
    : renderMuseum(result, screenOf(colour))

function chosenBy(ids: readonly string[]) {
  for (const id of ids) {
    if (entries.some(entry => entry.id === id)) continue
    const beyond = outOfReach.find(entry => entry.id === id)
    const valid = entries.map(entry => entry.id)
    if (beyond === undefined) throw unknownWord('entry', id, valid)
    throw new UserError({
      code: 'out-of-reach',
      message: `'${id}' is out of reach: the model lacks ${beyond.lacks.join(', ')}`,
      next: `in reach: ${valid.join(', ')}`,
    })
  }
  return ids.length === 0 ? entries : entries.filter(entry => ids.includes(entry.id))
}
