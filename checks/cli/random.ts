// `mmspec random`: random commands on model and implementation, or on the model alone.

import { type Command, Option } from 'commander'
import { type Disagreement, renderFailures } from '../../reports/index.js'
import { UserError } from '../errors.js'
import { isRemembering, remember, stillFailing } from '../failures.js'
import { countedCopy } from '../pass.js'
import { allScopes, slugOf } from '../scope/index.js'
import { aloneScopes, type GeometryChoice, geometryChoices, randomScopes } from '../side-by-side.js'
import type { TokenText } from '../token/index.js'
import { mutantOption, natural, oneOf } from './options.js'
import { compare, type SideBySideGiven, sideBySideOptions } from './side-by-side.js'
import { say, screenOf } from './terminal.js'
import { walks } from './walks.js'

export interface RandomGiven extends SideBySideGiven {
  readonly commands: number
  readonly seed: number
  readonly geometry: GeometryChoice
  readonly model?: boolean
  readonly mutant?: string
  readonly claim?: readonly string[]
  readonly failures: boolean
}

const usual = { commands: 100_000, seed: 1 }

const examples = `Examples:
  mmspec random                                 ${usual.commands} commands a scope and geometry
  mmspec random --commands 1000000 --seed 7     more of them, others
  mmspec random ./my-scope.yaml --geometry x86  a scope of your own, at the real page-table layout
  mmspec random smp-munmap --model              the model alone, judged by its claims: also on several CPUs
  mmspec random swap --model --mutant swapin-k  with a mutant in force
`

export function random(program: Command): void {
  const verb = program.command('random').summary('run random commands on model and implementation')
  sideBySideOptions(verb)
    .addHelpText('before', examples)
    .argument('[scope...]', 'names, or paths of scope files of your own; those made for it where none is given')
    .option('--commands <n>', 'to compare, for each scope and geometry', natural, usual.commands)
    .option('--seed <n>', 'the same seed gives the same commands', natural, usual.seed)
    .addOption(
      new Option('--geometry <name>', geometryChoices.join(', '))
        .argParser(oneOf('geometry', geometryChoices))
        .default('both'),
    )
    .option('--model', 'walk through the model alone, and judge it by its claims')
    .addOption(mutantOption('with --model: put a mutant in force; the start of its slug is enough'))
    .option('--claim <id...>', 'with --model: judge these claims only')
    .option('--no-failures', 'neither try first what failed before, nor remember what fails; so does MMSPEC_FAILURES=0')
    .action(async (scopes: readonly string[], given: RandomGiven) => {
      process.exitCode = await run(scopes, given)
    })
}

async function run(scopes: readonly string[], given: RandomGiven): Promise<number> {
  const { model = false, commands, seed, geometry } = given
  if (!model) refuseModelOnly(given)
  const usualScopes = () => (model ? allScopes('random').map(({ name }) => name) : aloneScopes('random'))
  const asked = scopes.length > 0 ? [...new Set(scopes)] : usualScopes()
  if (await failedBefore(asked, given)) return 1
  if (model) return walks(asked, given)
  return compare(given, async options => {
    const result = await randomScopes(asked, { ...options, commands, seed, geometry })
    if (isRemembering(given.failures)) for (const { disagreement } of result.lockstep) rememberParting(disagreement)
    return result
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
