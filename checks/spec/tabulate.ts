// What the code knows, printed as Markdown tables: rows of decisions, commands with their answers, claims by chapter.

import { type Decision, isConcurrent, operations, type Row } from '../../model/index.js'
import { type CommandName, commands } from '../../spec/interface.js'
import { machineClaims } from '../claims/index.js'
import { memory } from '../memory/system.js'
import { printOutcome } from '../notation/index.js'
import { allScopes } from '../scope/index.js'
import type { Carried } from './citations.js'

/** The last input runs across, the others down; a decision with one input has one column. */
export function decisionTable({ rows }: Decision): string {
  const inputs = Object.keys(rows[0].inputs)
  const across = inputs.length > 1 ? inputs[inputs.length - 1] : null
  if (across === null) return printed([[inputs[0], 'answer'], ...rows.map(row => [said(row, inputs[0]), row.result])])
  const down = inputs.slice(0, -1)
  const columns = [...new Set(rows.map(row => said(row, across)))]
  // Rows are all combinations of the inputs, the last one turning fastest: as many a line as there are columns.
  const starts = rows.filter((_, at) => at % columns.length === 0)
  const body = starts.map(start => [
    ...down.map(name => said(start, name)),
    ...columns.map((_, column) => rows[start.index + column].result),
  ])
  return printed([[...down, ...columns.map(column => `${across} ${column}`)], ...body])
}

const said = ({ inputs }: Row, name: string): string => String(inputs[name])

const answers = {
  nothing: 'ok',
  page: 'ok @page',
  byte: 'v:byte',
  frame: 'ok frame',
  segment: 'ok segment',
  residency: 'vec:bits',
  status: 'st:status',
} as const

export function commandTable(): string {
  const rows = Object.keys(commands)
    .filter(isCommandName)
    .map(name => {
      const { word, fields, answer, rule, says } = commands[name]
      return [
        `\`${word}\``,
        Object.keys(fields).join(', '),
        says,
        [answers[answer], ...othersOf(name)].join(', '),
        linked(rule),
      ]
    })
  return printed([['word', 'fields', 'what it does', 'answers', 'rule'], ...rows])
}

const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name)

/** What an operation answers beside ok, as the notation writes it. */
const othersOf = (name: CommandName): readonly string[] =>
  operations
    .filter(operation => operation.name === name)
    .flatMap(({ about }) => about.answers.map(({ outcome }) => printOutcome(name, outcome)))

/** Sequences that several operations share: the table of steps names them, and another table lists them. */
export const sequences: readonly (readonly [name: string, steps: readonly string[]])[] = [
  ['evict', ['victim', 'age', 'slot', 'redirect', 'more', 'evicted…', 'save', 'vacate']],
  ['stretch', ['growAlone', 'growAgain', 'growLock', 'growDown', 'growShare', 'anew']],
  ['settle', ['settle', 'broken…', 'install', 'retry']],
  ['hang', ['newTable', 'clearTable', 'linkTable']],
]

/** The steps with each shootdown as one, and with shared sequences by their names in italics. */
function shortened(names: readonly string[], isBold: (step: string) => boolean): string {
  const isOf = (name: string) => `${name}Send`
  const joined = names
    .filter(name => !names.some(first => [isOf(first), `${first}Await`, `${first}Done`].includes(name)))
    .map(name => (names.includes(isOf(name)) ? `${name}…` : name))
  const shown: string[] = []
  for (let at = 0; at < joined.length; ) {
    const found = sequences.find(([, steps]) => steps.every((step, i) => joined[at + i] === step))
    if (found !== undefined) {
      shown.push(`*${found[0]}*`)
      at += found[1].length
      continue
    }
    const [name] = joined[at].split('…')
    shown.push(isBold(name) ? `**\`${joined[at]}\`**` : `\`${joined[at]}\``)
    at++
  }
  return shown.join(', ')
}

/** All steps of the operations; those that are there only where several CPUs are stand in bold. */
export function stepsTable(): string {
  const rows = operations.map(({ name, steps }) => [
    `\`${name}\``,
    shortened(Object.keys(steps), step => isConcurrent(steps[step])),
  ])
  return printed([['operation', 'its steps'], ...rows])
}

/** What the names in italics stand for. */
export const sequencesTable = (): string =>
  printed([['sequence', 'its steps'], ...sequences.map(([name, steps]) => [`*${name}*`, steps.map(code).join(', ')])])
const code = (step: string): string => `\`${step}\``

/** How many states each scope has that joins steps, and how many if it joined none, as its file pins them. */
export function granularityTable(): string {
  const rows = allScopes('small', 'medium').flatMap(({ name, expect: { states, full } }) =>
    states === undefined || full === undefined
      ? []
      : [[`\`${name}\``, `${states}`, `${full}`, (full / states).toFixed(1)]],
  )
  return printed([['scope', '`fused`', '`full`', 'factor'], ...rows])
}

interface Said extends Carried {
  readonly says: string
}

/** Claims about the model's states, and about the implementation's memory. */
export const claimsOfModel: readonly Said[] = [...memory.claims, ...Object.values(memory.recounts)]
export const claimsOfMachine: readonly Said[] = machineClaims

/** The chapters that have claims, by the first part of their ids. */
export const claimedChapters: readonly string[] = [
  ...new Set([...claimsOfModel, ...claimsOfMachine].map(({ id }) => id.split('/')[0])),
]

export function claimTable(chapter: string): string {
  const of = (claims: readonly Said[], home: string) =>
    claims
      .filter(({ id }) => id.startsWith(`${chapter}/`))
      .map(({ id, says, rule }) => [`\`${id}\``, says, home, linked(rule)])
  const rows = [...of(claimsOfModel, 'model'), ...of(claimsOfMachine, 'implementation')]
  return printed([['claim', 'what it says', 'held by', 'rule'], ...rows])
}

const linked = (rule: string): string => `[${rule.split('#')[1] ?? rule}](${rule})`

/** A bar in a cell would end the cell. */
function printed(plain: readonly (readonly string[])[]): string {
  const cells = plain.map(row => row.map(cell => cell.replaceAll('|', '\\|')))
  const [header, ...rows] = cells
  const widths = header.map((_, column) => Math.max(3, ...cells.map(row => row[column].length)))
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  return [line(header), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
