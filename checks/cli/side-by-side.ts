// `mmspec lockstep`, and what `mmspec random` has in common with it: model and implementation side by side.

import type { Command } from 'commander'
import { exitCode, type RunResult, renderMarkdown, renderRun } from '../../reports/index.js'
import { type ShardAsked, shardOf } from '../shard.js'
import { aloneScopes, lockstepScopes, type SideBySideOptions } from '../side-by-side.js'
import { type Asked, conduct, deliver, resultOptions } from './conduct.js'
import { setOption, shardOption, timeoutOption, workersOption } from './options.js'
import { writeFile } from './out.js'
import { deadlineOf, withoutTimes } from './times.js'

export interface SideBySideGiven extends Asked {
  readonly set?: readonly string[]
  readonly workers: number
  readonly timeout?: number
  readonly verbose?: boolean
}
interface LockstepGiven extends SideBySideGiven {
  readonly shard?: ShardAsked
  readonly shuffled: boolean
}

const examples = `Examples:
  mmspec lockstep                               all small scopes, every transition, in two orders
  mmspec lockstep swap --set slots=2            one scope, at other bounds
`

export function lockstep(program: Command): void {
  const verb = program.command('lockstep').summary('run every transition of scopes on model and implementation')
  sideBySideOptions(verb)
    .addHelpText('before', examples)
    .argument('[scope...]', 'names, or paths of scope files of your own; all small ones where none is given')
    .option('--no-shuffled', 'leave out the second order of the commands')
    .addOption(shardOption())
    .action(async (scopes: readonly string[], given: LockstepGiven) => {
      const asked = scopes.length > 0 ? [...new Set(scopes)] : aloneScopes('small')
      const { shuffled, shard } = given
      const { scopes: mine, ...part } = shard === undefined ? { scopes: asked } : shardOf(asked, shard)
      process.exitCode = await compare(given, async options => ({
        ...(await lockstepScopes(mine, { ...options, shuffled })),
        ...part,
      }))
    })
}

export const sideBySideOptions = (verb: Command): Command =>
  resultOptions(verb.addOption(setOption()).addOption(workersOption('passes')).addOption(timeoutOption()), {
    out: 'write run.json, index.html, and a disagreement as HTML and Markdown',
    quiet: 'say something only if both sides part',
  }).option('-v, --verbose', 'say also how often each command was compared')

/** Runs both sides, and says what they came to. */
export async function compare(
  given: SideBySideGiven,
  work: (options: SideBySideOptions) => Promise<RunResult>,
): Promise<number> {
  const result = await conduct(given, (signal, tick) =>
    work({
      sets: given.set ?? [],
      workers: given.workers,
      signal,
      deadline: deadlineOf(given.timeout),
      progress: ({ scope, compared, states }) =>
        tick(`${scope}: ${compared} compared${states > 0 ? ` · ${states} states` : ''}`),
    }),
  )
  deliver(result, given, (shown, on) => renderRun(shown, { ...on, verbose: given.verbose === true }))
  if (given.out !== undefined && !result.ok) {
    writeFile(given.out, `${result.verb}.md`, renderMarkdown(given.times ? result : withoutTimes(result)))
  }
  return exitCode(result)
}
