// `mmspec lockstep` and `mmspec random`: model and implementation side by side.

import { type Command, Option } from 'commander'
import {
  type Disagreement,
  exitCode,
  type RunResult,
  renderFailures,
  renderJson,
  renderMarkdown,
  renderRun,
  renderWalks,
  walkExitCode,
} from '../../reports/index.js'
import { usualCheck } from '../check.js'
import { UserError } from '../errors.js'
import { isRemembering, remember, stillFailing } from '../failures.js'
import { countedCopy } from '../pass.js'
import { allScopes, slugOf } from '../scope/index.js'
import { type ShardAsked, shardOf } from '../shard.js'
import {
  aloneScopes,
  type GeometryChoice,
  geometryChoices,
  lockstepScopes,
  randomScopes,
  type SideBySideOptions,
} from '../side-by-side.js'
import type { TokenText } from '../token/index.js'
import { walkScopes } from '../walks.js'
import { interruptible } from './interrupt.js'
import { colourOption, duration, jsonOption, natural, oneOf, quietOption, setOption, shardOption } from './options.js'
import { prepareFolder, writeFile, writeRun } from './out.js'
import { lineTicker } from './progress.js'
import { type ColourMode, say, screenOf } from './terminal.js'
import { withoutTimes } from './times.js'

interface Given {
  readonly set?: readonly string[]
  readonly workers: number
  readonly timeout?: number
  readonly json?: boolean
  readonly times: boolean
  readonly out?: string
  readonly colour: ColourMode
  readonly quiet?: boolean
  readonly verbose?: boolean
}
interface LockstepGiven extends Given {
  readonly shard?: ShardAsked
  readonly shuffled: boolean
}
interface RandomGiven extends Given {
  readonly commands: number
  readonly seed: number
  readonly geometry: GeometryChoice
  readonly model?: boolean
  readonly mutant?: string
  readonly claim?: readonly string[]
  readonly failures: boolean
}

const usual = { commands: 100_000, seed: 1 }

const shared = (command: Command): Command =>
  command
    .addOption(setOption())
    .option('--workers <n>', 'passes side by side', natural, usualCheck.workers)
    .option('--timeout <seconds>', 'cut the run short then', duration)
    .addOption(jsonOption())
    .option('--no-times', 'leave out what differs between two runs')
    .option('--out <folder>', 'write run.json, and a disagreement as HTML and Markdown')
    .addOption(colourOption())
    .addOption(quietOption('say something only if both sides part'))
    .option('-v, --verbose', 'say also how often each command was compared')

const lockstepExamples = `Examples:
  mmspec lockstep                               all small scopes, every transition, in two orders
  mmspec lockstep swap --set slots=2            one scope, at other bounds
`
const randomExamples = `Examples:
  mmspec random                                 ${usual.commands} commands a scope and geometry
  mmspec random --commands 1000000 --seed 7     more of them, others
  mmspec random ./my-scope.yaml --geometry x86  a scope of your own, at the real page-table layout
  mmspec random smp-munmap --model              the model alone, judged by its claims: also on several CPUs
  mmspec random swap --model --mutant swapin-k  with a mutant in force
`

export function lockstep(program: Command): void {
  shared(program.command('lockstep').summary('run every transition of scopes on model and implementation'))
    .addHelpText('before', lockstepExamples)
    .argument('[scope...]', 'names, or paths of scope files of your own; all small ones where none is given')
    .option('--no-shuffled', 'leave out the second order of the commands')
    .addOption(shardOption())
    .action(async (scopes: readonly string[], given: LockstepGiven) => {
      const asked = scopes.length > 0 ? [...new Set(scopes)] : aloneScopes('small')
      const { shuffled, shard } = given
      const { scopes: mine, ...part } = shard === undefined ? { scopes: asked } : shardOf(asked, shard)
      process.exitCode = await run(given, async options => ({
        ...(await lockstepScopes(mine, { ...options, shuffled })),
        ...part,
      }))
    })
}

export function random(program: Command): void {
  shared(program.command('random').summary('run random commands on model and implementation'))
    .addHelpText('before', randomExamples)
    .argument('[scope...]', 'names, or paths of scope files of your own; those made for it where none is given')
    .option('--commands <n>', 'to compare, for each scope and geometry', natural, usual.commands)
    .option('--seed <n>', 'the same seed gives the same commands', natural, usual.seed)
    .addOption(
      new Option('--geometry <name>', geometryChoices.join(', '))
        .argParser(oneOf('geometry', geometryChoices))
        .default('both'),
    )
    .option('--model', 'walk through the model alone, and judge it by its claims')
    .option('--mutant <slug>', 'with --model: put a mutant in force; the start of its slug is enough')
    .option('--claim <id...>', 'with --model: judge these claims only')
    .option('--no-failures', 'neither try first what failed before, nor remember what fails; so does MMSPEC_FAILURES=0')
    .action(async (scopes: readonly string[], given: RandomGiven) => {
      if (given.model === true) {
        process.exitCode = await walks(scopes, given)
        return
      }
      refuseModelOnly(given)
      const asked = scopes.length > 0 ? [...new Set(scopes)] : aloneScopes('random')
      const { commands, seed, geometry } = given
      if (await failedBefore(asked, given)) return
      process.exitCode = await run(
        given,
        options => randomScopes(asked, { ...options, commands, seed, geometry }),
        given.failures,
      )
    })
}

/** Tries what failed before; while any of it fails, that is what there is to say. */
async function failedBefore(scopes: readonly string[], given: RandomGiven): Promise<boolean> {
  const { failures, json, colour, claim } = given
  // One document on stdout is the run's; and a failure is of all claims.
  if (!isRemembering(failures) || json === true || claim !== undefined) return false
  const isWanted = (token: TokenText) => scopes.includes(token.scope) && isOfSuchRun(token, given)
  const failing = stillFailing(process.cwd(), isWanted, await countedCopy())
  if (failing.length === 0) return false
  say(renderFailures(failing, screenOf(colour)))
  process.exitCode = 1
  return true
}

/** Whether a run that is asked for like this could find the failure: the same side, mutant, and what is set beside the file. */
function isOfSuchRun(token: TokenText, { model, mutant, set = [] }: RandomGiven): boolean {
  if (model !== true) return token.kind === 'lk1' && set.every(one => token.sets.includes(one))
  const isMutant = mutant === undefined ? token.mutant === null : token.mutant?.startsWith(slugOf(mutant)) === true
  return token.kind === 'mm1' && isMutant && token.sets.join() === set.join()
}

/** What no commands lead to is about the run, and not remembered. */
function rememberParting(found: Disagreement | undefined): void {
  if (found !== undefined && found.steps.length > 0) remember(process.cwd(), found)
}

/** What edits or judges the model means nothing to a comparison with the implementation. */
function refuseModelOnly({ mutant, claim }: RandomGiven): void {
  if (mutant === undefined && claim === undefined) return
  throw new UserError({
    code: 'usage',
    message: `${mutant === undefined ? '--claim' : '--mutant'} is about the model alone`,
    next: "add --model; 'mmspec mutants' runs mistakes of the implementation",
  })
}

async function walks(scopes: readonly string[], given: RandomGiven): Promise<number> {
  const asked = scopes.length > 0 ? [...new Set(scopes)] : allScopes('random').map(({ name }) => name)
  if (await failedBefore(asked, given)) return 1
  const line = lineTicker(given.quiet === true)
  const result = await interruptible(signal =>
    walkScopes(asked, {
      sets: given.set ?? [],
      mutant: given.mutant ?? null,
      claims: given.claim ?? null,
      commands: given.commands,
      seed: given.seed,
      signal,
      deadline: given.timeout === undefined ? null : Date.now() + given.timeout * 1000,
      progress: ({ scope, says }) => line.tick(`${scope}: ${says}`),
    }),
  ).finally(line.end)
  if (isRemembering(given.failures)) {
    for (const { failure } of result.scopes) {
      if (failure !== undefined) remember(process.cwd(), { token: failure.shrunk.token, says: failure.witness.says })
    }
  }
  if (given.json === true) say(renderJson(result, { times: given.times }))
  else if (given.quiet !== true || !result.ok) say(renderWalks(result, screenOf(given.colour)))
  return walkExitCode(result)
}

async function run(
  given: Given,
  work: (options: SideBySideOptions) => Promise<RunResult>,
  remembers = false,
): Promise<number> {
  if (given.out !== undefined) prepareFolder(given.out)
  const line = lineTicker(given.quiet === true)
  const seconds = given.timeout ?? usualCheck.seconds
  const result = await interruptible(signal =>
    work({
      sets: given.set ?? [],
      workers: given.workers,
      signal,
      deadline: Number.isFinite(seconds) ? Date.now() + seconds * 1000 : null,
      progress: ({ scope, compared, states }) =>
        line.tick(`${scope}: ${compared} compared${states > 0 ? ` · ${states} states` : ''}`),
    }),
  ).finally(line.end)
  if (isRemembering(remembers)) for (const { disagreement } of result.lockstep) rememberParting(disagreement)
  const shown = given.times ? result : withoutTimes(result)
  if (given.out !== undefined) {
    writeRun(given.out, shown, given.times)
    if (!result.ok) writeFile(given.out, `${result.verb}.md`, renderMarkdown(shown))
  }
  if (given.json === true) say(renderJson(shown, { times: given.times }))
  else if (given.quiet !== true || !result.ok) {
    say(renderRun(shown, { ...screenOf(given.colour), verbose: given.verbose === true }))
  }
  return exitCode(result)
}
