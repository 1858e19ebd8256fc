// `mmspec museum`: bugs that real kernels had, each found in this model by an edit, and absent without it.

import type { Command } from 'commander'
import { museumExitCode, renderMuseum, renderMuseumEntry } from '../../reports/index.js'
import { UserError, unknownWord } from '../errors.js'
import { entries, outOfReach, runMuseum } from '../museum/index.js'
import { type Asked, conduct, deliver, resultOptions } from './conduct.js'
import { timeoutOption } from './options.js'
import { searchLine } from './progress.js'
import { deadlineOf } from './times.js'

interface Given extends Asked {
  readonly timeout?: number
}

const show = 'show'

const examples = `Examples:
  mmspec museum                                 every entry: found with its edit, and holds without
  mmspec museum fork-without-flush              one of them
  mmspec museum show fork-without-flush         what happened, and the shortest way there
  mmspec museum show fork-without-flush --out out  the same as a page, with the memory at each step
`

export function museum(program: Command): void {
  const verb = program
    .command('museum')
    .summary('find bugs of real kernels in edited operations of the model')
    .addHelpText('before', examples)
    .argument('[entry...]', `ids; all where none is given; '${show}' before them tells their stories`)
    .addOption(timeoutOption())
  resultOptions(verb, {
    out: 'write run.json, index.html, and a page for each entry',
    quiet: 'say something only if an entry is not as promised',
  }).action(async (words: readonly string[], given: Given) => {
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
  const result = await conduct(given, (signal, tick) =>
    runMuseum(chosen, words.length === 0 ? outOfReach : [], {
      signal,
      deadline: deadlineOf(given.timeout),
      progress: ({ entry, ...at }) => tick(searchLine(entry, at)),
    }),
  )
  deliver(result, given, (shown, on) =>
    tells ? shown.entries.map(entry => renderMuseumEntry(entry, on)).join('\n') : renderMuseum(shown, on),
  )
  return museumExitCode(result)
}

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
