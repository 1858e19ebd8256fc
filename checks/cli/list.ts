// `mmspec list`: the words that other verbs take.

import type { Command } from 'commander'
import { labelOf, type System } from '../../model/kit/index.js'
import { renderJson, renderTable } from '../../reports/index.js'
import { machineClaims } from '../claims/index.js'
import { engines } from '../explorer/explore.js'
import { memory } from '../memory/system.js'
import { allScopes, builtInClaims, claimIds, slugOf } from '../scope/index.js'
import { systems } from '../systems.js'
import { jsonOption, oneOf } from './options.js'
import { say } from './terminal.js'

type Row = Readonly<Record<string, string>>

const each = (rows: (system: System) => readonly Row[]): readonly Row[] => Object.values(systems).flatMap(rows)

const topics = {
  scopes: () =>
    allScopes().map(({ name, system, tags, expect, says }) => ({
      scope: name,
      system,
      tags: tags.join(' '),
      verdict: [expect.verdict, expect.claim].filter(part => part !== undefined).join(' '),
      states: String(expect.states ?? ''),
      transitions: String(expect.transitions ?? ''),
      says,
    })),
  claims: () => [
    ...each(system =>
      claimIds(system).map(id => {
        const stated = system.claims.find(claim => claim.id === id)
        const recount = Object.values(system.recounts).find(claim => claim.id === id)
        const about = stated ?? recount
        return {
          claim: id,
          system: system.name,
          'held to it': 'model',
          rule: about?.rule ?? '',
          says: about?.says ?? '',
          catalogue: (stated?.also ?? []).join(' '),
        }
      }),
    ),
    ...Object.entries(builtInClaims).map(([claim, { rule, says, also }]) => ({
      claim,
      system: 'any',
      'held to it': 'model',
      rule,
      says,
      catalogue: also.join(' '),
    })),
    ...machineClaims.map(({ id, rule, says, also }) => ({
      claim: id,
      system: memory.name,
      'held to it': 'implementation',
      rule,
      says,
      catalogue: also.join(' '),
    })),
  ],
  systems: () =>
    each(({ name, sizes, switches }) => [
      ...Object.entries(sizes).map(([set, { low, high, usual }]) => ({
        system: name,
        name: set,
        values: `${low} to ${high}`,
        usual: String(usual),
      })),
      ...Object.entries(switches).map(([set, words]) => ({
        system: name,
        name: set,
        values: words.join(' '),
        usual: words[0],
      })),
    ]),
  operations: () =>
    each(({ name, operations }) =>
      operations.map(operation => ({
        operation: operation.name,
        system: name,
        arguments: Object.keys(operation.args).join(' '),
        answers: ['ok', ...operation.about.answers.map(answer => labelOf(answer.outcome))].join(', '),
        rule: operation.about.rule,
      })),
    ),
  mutants: () =>
    each(({ name, mutants }) =>
      mutants.map(({ title, operation, decision }) => ({
        mutant: slugOf(title),
        system: name,
        edits: decision === null ? operation : decision.name,
        title,
      })),
    ),
  engines: () => engines.map(name => ({ engine: name, says: engineSays[name] })),
} satisfies { readonly [topic: string]: () => readonly Row[] }

const engineSays: { readonly [E in (typeof engines)[number]]: string } = {
  packed: 'typed arrays through generated views: fast, and what is used',
  immer: 'immutable states: the definition, and slow',
}

const topicNames = Object.keys(topics) as (keyof typeof topics)[]

const examples = `Examples:
  mmspec list                                   scopes, with the figures that they pin
  mmspec list claims                            what is promised
  mmspec list mutants --json                    known bugs, for a script
`

export function list(program: Command): void {
  program
    .command('list')
    .summary('the words that other verbs take')
    .addHelpText('before', examples)
    .argument('[topic]', topicNames.join(', '), oneOf('topic', topicNames), 'scopes')
    .addOption(jsonOption())
    .action((topic: keyof typeof topics, { json }: { readonly json?: boolean }) => {
      const rows: readonly Row[] = topics[topic]()
      say(json === true ? renderJson({ schema: 'mmspec/list@1', topic, rows }, { times: false }) : tableOf(rows, topic))
    })
}

function tableOf(rows: readonly Row[], topic: string): string {
  const [first] = rows
  if (first === undefined) return `no ${topic}\n`
  return renderTable(
    rows.map(row => Object.values(row)),
    Object.keys(first),
  )
}
