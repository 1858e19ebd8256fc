// The steps of a trace as a table, a lane for each CPU: what was called or went on, what it changed in a line, and what it
// answered. It is plain HTML, and enough to follow a trace without scripts.

import type { Trace, TraceStep } from '../result.js'
import { html, type Markup } from './markup.js'
import { isUnderWay, progressOf } from './progress.js'
import { changesInLine } from './spoken.js'

/** CPUs that the steps name, each a lane. */
export function lanesOf({ steps }: Pick<Trace, 'steps'>): readonly number[] {
  const lanes = new Set(steps.flatMap(({ command }) => laneOf(command) ?? []))
  return [...lanes].sort((a, b) => a - b)
}
function laneOf(command: string): number | null {
  const cpu = /^cpu (\d+): /.exec(command)
  return cpu === null ? null : Number(cpu[1])
}

/**
 * A step of an operation that is under way already has no command of its own: it is named by where it went on. Points of the
 * implementation have names of two parts themselves.
 */
export function said({ command, operation, step }: TraceStep): string {
  const text = command.replace(/^cpu \d+: /, '')
  return text === 'resume' ? `… ${step.includes('.') ? step : `${operation}.${step}`}` : text
}
export const laneName = ({ command }: TraceStep): string => /^cpu \d+: /.exec(command)?.[0] ?? ''

export function stepsTable(trace: Pick<Trace, 'steps'>): Markup {
  const lanes = lanesOf(trace)
  const wide = Math.max(1, lanes.length)
  const headers = lanes.length > 1 ? lanes.map(cpu => html`<th>CPU ${cpu}</th>`) : [html`<th>command</th>`]
  const first = html`<tbody data-step="0"><tr><td class="n">0</td><td colspan="${wide + 1}"><a href="#step-0">the first state</a></td></tr></tbody>`
  return html`<section class="steps"><h2>Steps</h2><table><thead><tr><th></th>${headers}<th class="answer">answer</th></tr></thead>
${first}
${trace.steps.map((step, i) => row(step, i + 1, lanes, i + 1 === trace.steps.length))}</table></section>`
}

/** The command in its lane, and below it what it changed, as wide as all lanes. */
function row(step: TraceStep, number: number, lanes: readonly number[], isLast: boolean): Markup {
  const told = html`<a href="#step-${number}"><code>${broken(said(step))}</code></a>`
  const cells =
    lanes.length > 1
      ? lanes.map(cpu => (laneOf(step.command) === cpu ? html`<td class="lane">${told}</td>` : html`<td></td>`))
      : [html`<td>${told}</td>`]
  const answer = step.outcome === 'under way' ? '…' : step.outcome
  const changed = effects(step)
  const left = changed.slice(mostInLine)
  const more =
    left.length === 0 ? null : html`<details><summary>${left.length} more</summary>${left.join('; ')}</details>`
  const below =
    changed.length === 0
      ? null
      : html`<tr class="what"><td></td><td colspan="${Math.max(1, lanes.length) + 1}">${changed.slice(0, mostInLine).join('; ')}${more}</td></tr>`
  return html`<tbody data-step="${number}"${isLast ? html` class="wrong"` : null}><tr><td class="n">${isLast ? '✖ ' : ''}${number}</td>${cells}<td class="answer">${answer}</td></tr>${below}</tbody>
`
}

/** A line may end behind the dot of a name, where it is too short for the whole. */
const broken = (name: string): readonly Markup[] =>
  name.split(/(?<=[a-z]\.)/).map((part, i) => (i === 0 ? html`${part}` : html`<wbr>${part}`))

/** More of them are folded. */
const mostInLine = 3

/** What a step changed and has in hand; of one that changed nothing, where it goes on. */
export function effects(step: TraceStep): readonly string[] {
  const changed = changesInLine(step.diff.filter(one => !isUnderWay(one)))
  const { held = [], next = '' } = progressOf(step) ?? {}
  const on = changed.length === 0 && next !== '' ? [`goes on to ${next}`] : []
  return [...held, ...changed, ...on]
}
