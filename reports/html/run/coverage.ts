// What was reached: each operation with each of its answers, counted over all scopes, what all scopes together never
// reached, and the rules of the specification that no step of any scope decided. What is missing stands first.

import type { RuleReach } from '../../reach-result.js'
import type { RunResult, ScopeResult } from '../../result.js'
import { counted, grouped } from '../../text.js'
import { coverageFaults, together } from '../../verdicts.js'
import { html, type Markup } from '../markup.js'
import { folded, head, notRun, section, stands, table } from './words.js'

export function coverageSection(run: RunResult): Markup {
  if (run.scopes.length === 0) return section('coverage', 'Coverage', html`<p>${notRun}</p>`)
  return section(
    'coverage',
    'Coverage',
    html`<h3>All scopes together</h3>${systems(run)}<h3>Operations and their answers</h3>${matrices(run.scopes)}<h3 id="rules">Rules of the specification</h3>${rules(run)}`,
  )
}

function systems({ coverage = [] }: RunResult): Markup {
  if (coverage.length === 0)
    return html`<p class="faint">not judged: only a run of all small scopes of a system says what they reach together</p>`
  return html`<ul class="plain">${coverage.map(system => {
    const faults = coverageFaults(system)
    return html`<li>${stands(faults.length === 0 ? 'good' : 'bad', together(system).join(' · '))}${folded('not as it should be', faults)}</li>`
  })}</ul>`
}

interface Matrix {
  readonly system: string
  readonly operations: Map<string, Map<string, number>>
  readonly answers: Set<string>
}

/** Sums of all scopes: an answer that some scope declares and none gave is 0. */
function matricesOf(scopes: readonly ScopeResult[]): readonly Matrix[] {
  const matrices = new Map<string, Matrix>()
  for (const { system, coverage } of scopes) {
    const matrix = matrices.get(system) ?? { system, operations: new Map(), answers: new Set() }
    matrices.set(system, matrix)
    for (const { name, count } of coverage.outcomes) {
      const [operation, answer = ''] = name.split(' · ')
      const row = matrix.operations.get(operation) ?? new Map<string, number>()
      row.set(answer, (row.get(answer) ?? 0) + count)
      matrix.operations.set(operation, row)
      matrix.answers.add(answer)
    }
  }
  return [...matrices.values()]
}

const gapsIn = (row: ReadonlyMap<string, number>): number => [...row.values()].filter(count => count === 0).length

/** The largest system first; toys have a few operations each, and are folded. */
function matrices(scopes: readonly ScopeResult[]): readonly Markup[] {
  const all = [...matricesOf(scopes)].sort((a, b) => b.operations.size - a.operations.size)
  return all.map((matrix, i) => {
    const gaps = [...matrix.operations.values()].reduce((sum, row) => sum + gapsIn(row), 0)
    const says = `${matrix.system}: ${counted(matrix.operations.size, 'operation')}, ${gaps === 0 ? 'no gaps' : counted(gaps, 'gap')}`
    return html`<details${i === 0 || gaps > 0 ? html` open` : null}><summary>${says}</summary>${matrixTable(matrix)}</details>`
  })
}

const isOk = (answer: string): number => (answer === 'ok' ? 0 : 1)

function matrixTable({ system, operations, answers }: Matrix): Markup {
  const columns = [...answers].sort((a, b) => isOk(a) - isOk(b) || (a < b ? -1 : 1))
  const rows = [...operations].sort(([a, x], [b, y]) => gapsIn(y) - gapsIn(x) || (a < b ? -1 : 1))
  const heads = [
    head('operation'),
    ...columns.map(answer => html`<th scope="col" class="turned"><span>${answer}</span></th>`),
  ]
  return table(
    `answers of ${system}`,
    heads,
    rows.map(
      ([operation, row]) =>
        html`<tr><th scope="row"><code>${operation}</code></th>${columns.map(answer => cell(row.get(answer)))}</tr>
`,
    ),
  )
}

function cell(count: number | undefined): Markup {
  if (count === undefined) return html`<td class="num none"></td>`
  return count === 0 ? html`<td class="num gap">✖ 0</td>` : html`<td class="num">${short(count)}</td>`
}

/** `12`, `1.4k`, `23M`: how many is of interest by its size. */
const short = (count: number): string =>
  count < 1000 ? String(count) : count < 1e6 ? scaled(count / 1e3, 'k') : scaled(count / 1e6, 'M')
const scaled = (count: number, unit: string): string => `${count < 10 ? count.toFixed(1) : Math.floor(count)}${unit}`

interface RuleRow {
  readonly rule: string
  readonly reached: number
  readonly never: readonly string[]
}

/** Operations and decisions cite a rule; what of them was reached is what it decided. */
function rulesOf(reach: readonly RuleReach[]): readonly RuleRow[] {
  const rules = new Map<string, { rule: string; reached: number; never: string[] }>()
  for (const { rule, never, whole, interleaved, both } of reach) {
    if (rule === '') continue
    const row = rules.get(rule) ?? { rule, reached: 0, never: [] }
    row.reached += whole.length + interleaved.length + both.length
    row.never.push(...never)
    rules.set(rule, row)
  }
  return [...rules.values()]
}

function rules({ reach }: RunResult): Markup {
  if (reach === undefined)
    return html`<p class="faint">not known: bounds were set by hand, or a mutant was in force</p>`
  const rows = rulesOf(reach)
  const never = rows.filter(({ reached }) => reached === 0)
  const partly = rows.filter(row => row.reached > 0 && row.never.length > 0)
  const whole = rows.filter(row => row.never.length === 0)
  return html`<p>${stands(never.length === 0 ? 'good' : 'open', never.length === 0 ? 'every rule that an operation or a decision cites decided a step' : `${counted(never.length, 'rule')} decided no step of this run`)}</p>
${never.length === 0 ? null : html`<ul class="names">${never.map(({ rule }) => html`<li><code>spec/${rule}</code></li>`)}</ul>`}
${folded(
  'rules of which some answers, steps or rows were not reached',
  partly.map(
    ({ rule, reached, never }) =>
      html`<code>spec/${rule}</code> ${grouped(reached)} of ${grouped(reached + never.length)}: <span class="faint">without ${never.join('; ')}</span>`,
  ),
)}
${folded(
  'rules of which everything was reached',
  whole.map(({ rule, reached }) => html`<code>spec/${rule}</code> ${grouped(reached)}`),
)}`
}
