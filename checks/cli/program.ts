// The command line as a whole: its verbs, its help, and what becomes of an error. A verb is a file of this folder with
// a function that registers it here; it sets `process.exitCode` and never prints an error itself.

import { Command, CommanderError } from 'commander'
import { type ErrorResult, errorSchema, renderJson } from '../../reports/index.js'
import { meant, UserError } from '../errors.js'
import { version } from '../version.js'
import { check } from './check.js'
import { conform } from './conform.js'
import { explore } from './explore.js'
import { granularity } from './granularity.js'
import { keep } from './keep.js'
import { linear } from './linear.js'
import { list } from './list.js'
import { merge } from './merge.js'
import { museum } from './museum.js'
import { mutants } from './mutants.js'
import { Unwritten } from './out.js'
import { random } from './random.js'
import { replay } from './replay.js'
import { report } from './report.js'
import { schedules } from './schedules.js'
import { shrink } from './shrink.js'
import { lockstep } from './side-by-side.js'
import { spec } from './spec.js'
import { stress } from './stress.js'
import { explain, say, talk } from './terminal.js'
import { traceVerb } from './trace.js'
import { verify } from './verify.js'

const verbs: readonly ((program: Command) => void)[] = [
  verify,
  check,
  lockstep,
  random,
  conform,
  linear,
  granularity,
  mutants,
  museum,
  schedules,
  stress,
  replay,
  shrink,
  merge,
  keep,
  explore,
  report,
  list,
  spec,
  traceVerb,
]

const badInput = 2
const internalError = 70

const examples = `Examples:
  mmspec verify                                  all that is quick, and a report of it
  mmspec check                                   all small scopes
  mmspec check swap --set frames=3,slots=1       one scope, at other bounds
  mmspec check ./my-scope.yaml --json            a scope of your own, one JSON document
  mmspec check mm-small --mutant fork --out out  a known bug, and a page that explains it
  mmspec lockstep                                the implementation against the model
  mmspec schedules                               the implementation on several CPUs
  mmspec conform                                 both against the answers of a live kernel
  mmspec linear                                  operations of several CPUs against their orders
  mmspec replay mm1:…                            a counterexample, step by step
  mmspec shrink mm1:…                            a shorter one that fails in the same way
  mmspec explore fork                            a scope, step by step, by hand
  mmspec report out/run.json --sarif --summary   for CI: also JUnit, annotations, HTML, traces for viewers
  mmspec list claims                             what is promised
`

const codes = `
Exit codes: 0 as expected, 1 violated or not as expected, 2 bad input, 3 cut short, 70 internal error, 130 interrupted
`

export async function main(argv: readonly string[]): Promise<void> {
  const program = programOf()
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    process.exitCode = failed(error, program, argv)
  }
}

/** The program with all its verbs. */
export function programOf(): Command {
  const program = new Command('mmspec')
    .description("Checks a model of an operating system's memory manager, and an implementation against it.")
    .version(version)
    .addHelpText('before', examples)
    .addHelpText('after', codes)
  for (const verb of verbs) verb(program)
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .showSuggestionAfterError(false)
  }
  return program
}

function failed(error: unknown, program: Command, argv: readonly string[]): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  const json = argv.includes('--json')
  const wrong = error instanceof CommanderError ? usageError(error, program, argv) : error
  if (wrong instanceof UserError) {
    // Of a run whose files could not be written, the document has been said already.
    if (json && !(wrong instanceof Unwritten)) say(document(wrong))
    else talk(explain(wrong))
    return badInput
  }
  const message = wrong instanceof Error ? wrong.message : String(wrong)
  if (json) say(document({ code: 'internal', message }))
  talk(
    `mmspec: internal error: ${message}\n  This is a fault of mmspec: please report it, with the command that you gave.\n`,
  )
  if (process.env.MMSPEC_DEBUG === '1' && wrong instanceof Error) talk(`${wrong.stack}\n`)
  else talk('  MMSPEC_DEBUG=1 shows where it happened.\n')
  return internalError
}

function document({
  code,
  message,
  place,
  nearest,
  next,
}: Pick<UserError, 'code' | 'message'> & Partial<UserError>): string {
  const result: ErrorResult = {
    schema: errorSchema,
    code,
    message,
    ...(place === undefined ? {} : { place }),
    ...(nearest === undefined ? {} : { nearest }),
  }
  return renderJson({ ...result, ...(next === undefined ? {} : { next }) }, { times: false })
}

/** What commander refuses, in our words: it has the sentence, we add the valid word that was probably meant. */
function usageError(error: CommanderError, program: Command, argv: readonly string[]): UserError {
  const verb = verbOf(program, argv)
  const asked = verb === null || verb.commands.length === 0 ? program : verb
  const word = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  const valid = error.code === 'commander.unknownCommand' ? namesOf(asked) : optionsOf(verb ?? program)
  const hinted = error.code === 'commander.unknownCommand' || error.code === 'commander.unknownOption'
  if (error.code === 'commander.help')
    return usage(
      `expected a verb${asked === program ? '' : ` of ${asked.name()}`}`,
      undefined,
      `verbs: ${namesOf(asked).join(', ')}`,
    )
  const help = verb === null ? 'mmspec --help' : `mmspec ${pathOf(verb).join(' ')} --help`
  return usage(
    error.message
      .replace(/^error: /, '')
      .replace('unknown command', 'unknown verb')
      .trim(),
    hinted ? meant(word, valid) : undefined,
    `see '${help}'`,
  )
}

/** The verb that was called, or the verb of a verb. */
function verbOf(program: Command, [first, second]: readonly string[]): Command | null {
  const verb = program.commands.find(command => command.name() === first)
  return verb?.commands.find(command => command.name() === second) ?? verb ?? null
}
const pathOf = (verb: Command): readonly string[] => (verb.parent === null ? [] : [...pathOf(verb.parent), verb.name()])

const usage = (message: string, nearest: string | undefined, next: string): UserError =>
  new UserError({ code: 'usage', message, nearest, next })
const namesOf = (program: Command): readonly string[] => program.commands.map(command => command.name())
const optionsOf = (command: Command): readonly string[] => command.options.flatMap(option => option.long ?? [])
