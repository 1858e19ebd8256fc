// `mmspec check`: every reachable state of the scopes that are named, or of all small ones.

import type { Command } from 'commander'
import { stringify } from 'yaml'
import { exitCode, type RunResult, renderRun } from '../../reports/index.js'
import { type CheckOptions, checkScopes, usualCheck } from '../check.js'
import { type EngineName, engines } from '../explorer/explore.js'
import { allScopes, claimIds, type ScopeFile, type ScopeTag, slugOf, systemOf } from '../scope/index.js'
import { type ShardAsked, shardOf } from '../shard.js'
import { type Asked, conduct, deliver, resultOptions } from './conduct.js'
import {
  memoryOption,
  mutantOption,
  natural,
  oneOf,
  setOption,
  shardOption,
  tagOption,
  timeoutOption,
  workersOption,
} from './options.js'
import { searchLine } from './progress.js'
import { say, talk } from './terminal.js'

interface Given extends Asked {
  readonly set?: readonly string[]
  readonly engine: EngineName
  readonly workers: number
  readonly tag?: ScopeTag
  readonly shard?: ShardAsked
  readonly mutant?: string
  readonly claim?: readonly string[]
  readonly maxStates?: number
  readonly maxDepth?: number
  readonly timeout?: number
  readonly maxMemory?: number
  readonly verbose?: boolean
  readonly pin?: boolean
}

const examples = `Examples:
  mmspec check                                  all small scopes
  mmspec check swap --set frames=3,slots=1      one scope, at other bounds
  mmspec check smp-munmap --set granularity=full  with other CPUs between any two steps
  mmspec check ./mine.yaml --json               a scope of your own, one JSON document
  mmspec check mm-small --mutant fork           a known bug: the start of its name is enough
  mmspec check --claim frames/no-double-mapping one claim, in every scope that knows it
`

export function check(program: Command): void {
  const verb = program
    .command('check')
    .summary('explore scopes completely, and hold them to their claims, pins and coverage')
    .addHelpText('before', examples)
    .argument('[scope...]', 'names, or paths of scope files of your own; all small ones where none is given')
    .addOption(setOption())
    .option('--engine <name>', engines.join(', '), oneOf('engine', engines), usualCheck.engine)
    .addOption(workersOption('scopes'))
    .addOption(tagOption('scopes'))
    .addOption(shardOption())
    .addOption(mutantOption())
    .option('--claim <id...>', 'judge these claims only')
    .option('--max-states <n>', 'cut each scope short there', natural)
    .option('--max-depth <n>', 'cut each scope short there', natural)
    .addOption(timeoutOption())
    .addOption(memoryOption('scope'))
  resultOptions(verb, {
    out: 'write run.json, index.html, and counterexamples as HTML and Markdown',
    quiet: 'say something only if it is not as expected',
  })
    .option('--pin', 'print what was found as lines for the scope file, so that the next run is held to it')
    .option('-v, --verbose', 'say also what is in force')
    .action(async (scopes: readonly string[], given: Given) => {
      process.exitCode = await run(scopes, given)
    })
}

async function run(asked: readonly string[], given: Given): Promise<number> {
  const whole = asked.length > 0 ? once(asked) : given.tag === undefined ? usualScopes(given) : tagged(given.tag)
  const { scopes, ...part } = given.shard === undefined ? { scopes: whole } : shardOf(whole, given.shard)
  const found = await conduct(given, (signal, tick) =>
    checkScopes(scopes, { ...optionsOf(given), signal, progress: (scope, at) => tick(searchLine(scope, at)) }),
  )
  const result: RunResult = { ...found, ...part }
  const { json = false, verbose = false, pin = false } = given
  if (verbose && !json) for (const scope of result.scopes) talk(`${scope.name}: ${inForce(scope)}\n`)
  const isShown = deliver(result, given, (shown, on) => renderRun(shown, { ...on, verbose }))
  if (isShown && pin) for (const scope of result.scopes) say(`\n# for ${scope.name}\n${pins(scope)}`)
  return exitCode(result)
}

/** A scope that is named twice is explored once. */
const once = (scopes: readonly string[]): readonly string[] => [...new Set(scopes)]
const optionsOf = (given: Given): Partial<CheckOptions> => ({
  engine: given.engine,
  sets: given.set ?? [],
  mutant: given.mutant ?? null,
  claims: given.claim ?? null,
  workers: given.workers,
  maxStates: given.maxStates ?? usualCheck.maxStates,
  maxDepth: given.maxDepth ?? usualCheck.maxDepth,
  seconds: given.timeout ?? usualCheck.seconds,
  megabytes: given.maxMemory ?? null,
})

const tagged = (tag: ScopeTag): readonly string[] => allScopes(tag).map(scope => scope.name)

/** All small scopes; of these, the ones that know the claims and the mutant that are asked for. */
function usualScopes({ claim = [], mutant }: Given): readonly string[] {
  const scopes = allScopes('small', 'toy')
  const knows = (scope: ScopeFile): boolean => {
    const system = systemOf(scope.system, undefined)
    const begun = (title: string) => mutant === undefined || slugOf(title).startsWith(slugOf(mutant))
    return (
      claim.every(id => claimIds(system).includes(id)) &&
      (mutant === undefined || system.mutants.some(m => begun(m.title)))
    )
  }
  const fitting = scopes.filter(knows)
  // Where nothing fits, the first scope says what is wrong with the words.
  return (fitting.length > 0 ? fitting : scopes).map(scope => scope.name)
}

/** What a scope file would have to say for this run to be as expected. */
function pins({
  verdict,
  states,
  transitions,
  unchanged,
  depth,
  claims,
  coverage,
}: RunResult['scopes'][number]): string {
  const claim = claims.find(one => one.verdict === 'violated')?.id
  const expect = { verdict, ...(claim === undefined ? {} : { claim }), states, transitions, unchanged, depth }
  return stringify(coverage.gaps.length === 0 ? { expect } : { expect, unreachable: coverage.gaps })
}

const inForce = ({ system, bounds, granularity, engine }: RunResult['scopes'][number]): string =>
  [system, ...bounds, granularity, `engine ${engine}`].join(' · ')
