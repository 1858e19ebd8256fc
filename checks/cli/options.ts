// Options that several verbs share, and how their values are read. What is refused here is a `UserError`, as everything
// that users get wrong.

import { InvalidArgumentError, Option } from 'commander'
import { usualCheck } from '../check.js'
import { unknownWord } from '../errors.js'
import { type ScopeTag, scopeTags } from '../scope/index.js'
import type { ShardAsked } from '../shard.js'
import { colourModes } from './terminal.js'

/** A number of things: 1 or more. */
export function natural(text: string): number {
  if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text)
  throw new InvalidArgumentError(`expected a whole number from 1, found '${text}'`)
}

export function duration(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text)
  throw new InvalidArgumentError(`expected seconds above 0, found '${text}'`)
}

/** `a=1,b=2`, and once more `--set c=3`. */
export const collectSets = (text: string, before: readonly string[] | undefined = []): readonly string[] => [
  ...before,
  ...text.split(',').filter(part => part !== ''),
]

/** Words that are refused by name, with the nearest valid one; commander's own `choices` has no nearest. */
export const oneOf =
  <const W extends string>(what: string, words: readonly W[]) =>
  (text: string): W => {
    const found = words.find(word => word === text)
    if (found === undefined) throw unknownWord(what, text, words)
    return found
  }

export const setOption = () =>
  new Option('--set <name=value,…>', 'set bounds, switches and the granularity beside the file').argParser(collectSets)
export const tagOption = (which: string) =>
  new Option('--tag <tag>', `all ${which} of a kind: ${scopeTags.join(', ')}`).argParser(
    oneOf<ScopeTag>('tag', scopeTags),
  )
export const mutantOption = (says = 'put a mutant in force; the start of its slug is enough') =>
  new Option('--mutant <slug>', says)
export const workersOption = (what: string) =>
  new Option('--workers <n>', `${what} side by side`).argParser(natural).default(usualCheck.workers)
export const timeoutOption = () => new Option('--timeout <seconds>', 'cut the run short then').argParser(duration)
export const memoryOption = (what: string) =>
  new Option('--max-memory <MB>', `for the states of each ${what}; usually most of the memory there is`).argParser(
    natural,
  )
/** `2/3`: the second of three parts. */
function shard(text: string): ShardAsked {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const asked = { index: Number(index), of: Number(of) }
  if (asked.index >= 1 && asked.index <= asked.of) return asked
  throw new InvalidArgumentError(`expected a part such as 2/3, found '${text}'`)
}
export const shardOption = () =>
  new Option('--shard <i/n>', "only one of n parts, for 'mmspec merge' to put together").argParser(shard)
export const jsonOption = () => new Option('--json', 'one JSON document on stdout')
/** Says nothing, or more: not both. */
export const quietOption = (says: string) => new Option('-q, --quiet', says).conflicts('verbose')
export const colourOption = () =>
  new Option('--colour <mode>', colourModes.join(', ')).argParser(oneOf('colour mode', colourModes)).default('auto')
