// The steps of a trace as a table, a lane for each CPU: what was called or went on, what it changed in a line, and what it
// answered. It is plain HTML, and enough to follow a trace without scripts.

import { foldChanges } from '../diff.js'
import type { Trace, TraceStep } from '../result.js'
import { html, type Markup } from './markup.js'

/** CPUs that the steps name, each a lane. */
export function lanesOf({ steps }: Pick<Trace, 'steps'>): readonly number[] {
  const lanes = new Set(steps.flatMap(({ command }) => laneOf(command) ?? []))
  return [...lanes].sort((a, b) => a - b)
}
function laneOf(command: string): number | null {
  const cpu = /^cpu (\d+): /.exec(command)
  return cpu === null ? null : Number(cpu[1])
}

/** A step of an operation that is under way already has no command of its own: it is named by where it went on. */
export function said({ command, operation, step }: TraceStep): string {
  const text = command.replace(/^cpu \d+: /, '')
  return text === 'resume' ? `… ${operation}.${step}` : text
}
export const laneName = ({ command }: TraceStep): string => /^cpu \d+: /.exec(command)?.[0] ?? ''

export function stepsTable(trace: Pick<Trace, 'steps'>): Markup {
  const lanes = lanesOf(trace)
  const wide = Math.max(1, lanes.length)
  const headers = lanes.length > 1 ? lanes.map(cpu => html`<th>CPU ${cpu}</th>`) : [html`<th>command</th>`]
  const first = html`<tr data-step="0"><td class="n"><a href="#step-0">0</a></td><td colspan="${wide}"><a href="#step-0">the first state</a></td><td></td></tr>`
  return html`<section class="steps"><h2>Steps</h2><table><thead><tr><th></th>${headers}<th>answer</th></tr></thead><tbody>
${first}
${trace.steps.map((step, i) => row(step, i + 1, lanes, i + 1 === trace.steps.length))}</tbody></table></section>`
}

function row(step: TraceStep, number: number, lanes: readonly number[], isLast: boolean): Markup {
  const told = html`<a href="#step-${number}"><code>${said(step)}</code><small>${folded(step)}</small></a>`
  const cells =
    lanes.length > 1
      ? lanes.map(cpu => html`<td>${laneOf(step.command) === cpu ? told : null}</td>`)
      : [html`<td>${told}</td>`]
  const answer = step.outcome === 'under way' ? '…' : step.outcome
  return html`<tr data-step="${number}"${isLast ? html` class="wrong"` : null}><td class="n">${isLast ? '✖ ' : ''}${number}</td>${cells}<td class="answer">${answer}</td></tr>
`
}
const folded = ({ diff }: TraceStep): string => foldChanges(diff.filter(isVisible).filter(isMemory)).join('; ')

/** Ghosts are what claims remember, not what the machine has. */
export const isVisible = ({ path }: { readonly path: string }): boolean => !path.startsWith('ghost.')

/** Where an operation stands is said by the step itself. */
const isMemory = ({ path }: { readonly path: string }): boolean => !path.startsWith('cpu ')
