// A counterexample as one page that a stranger understands from the file alone: which claim, why it is violated, and every
// step on the way with what it changed and the memory after it. It reads without scripts and prints; with them it shows
// one step at a time.

import { foldChanges } from '../diff.js'
import type { Change, ClaimResult, ScopeResult, Trace, TraceStep } from '../result.js'
import { counted, grouped } from '../text.js'
import { granularitySaid } from '../verdicts.js'
import { walkSteps } from './client.js'
import { html, lines, type Markup } from './markup.js'
import { page } from './page.js'
import { canDraw, picture } from './picture.js'
import { type Shot, shotsOf } from './states.js'

export interface CounterexamplePage {
  readonly scope: Pick<ScopeResult, 'name' | 'bounds' | 'granularity' | 'mutant' | 'states' | 'depth'>
  readonly claim: ClaimResult & { readonly trace: Trace }
  readonly version: string
}

/** The whole page. */
export function renderCounterexample(found: CounterexamplePage): string {
  const { claim, scope } = found
  const shots = shotsOf(claim.trace)
  const body = html`${head(found)}<main>${steps(claim.trace)}${walk(found, shots)}</main>${takeAway(found)}`
  return page({ title: `${claim.id} · ${scope.name}`, body, script: walkSteps })
}

function head({ claim, scope, version }: CounterexamplePage): Markup {
  const { trace } = claim
  return html`<header><p class="faint">mmspec ${version} · counterexample</p>
<h1><span class="claim">✖ ${claim.id}</span></h1>
<p>It is claimed that ${claim.says}.</p>
<div class="why"><strong>Why it is wrong:</strong> <span id="witness">${claim.witness?.says ?? 'no witness was given'}</span>${
    (claim.witness?.places.length ?? 0) === 0
      ? null
      : html`<br><span class="faint">see ${(claim.witness?.places ?? []).map((place, i) => html`${i === 0 ? '' : ', '}<code>${place}</code>`)}, outlined below</span>`
  }</div>
<dl class="facts">
<dt>scope</dt><dd>${scope.name}: ${scope.bounds.join(', ')} · granularity ${scope.granularity}</dd>
${scope.mutant === undefined ? null : html`<dt>mutant</dt><dd>${scope.mutant}: the model was edited on purpose</dd>`}
<dt>length</dt><dd>${counted(trace.steps.length, 'step')}${granularitySaid(claim)}: no shorter way leads there (${grouped(scope.states)} states searched)</dd>
<dt>rule</dt><dd>${claim.rule === '' ? 'none' : html`<code>spec/${claim.rule}</code>`}</dd>
<dt>replay</dt><dd><code id="replay">npx mmspec replay '${trace.token}'</code> <button class="only-scripted" data-copy="replay">copy</button></dd>
</dl></header>`
}

/** CPUs that the steps name, each a lane. */
function lanesOf({ steps }: Trace): readonly number[] {
  const lanes = new Set(steps.flatMap(({ command }) => laneOf(command) ?? []))
  return [...lanes].sort((a, b) => a - b)
}
function laneOf(command: string): number | null {
  const cpu = /^cpu (\d+): /.exec(command)
  return cpu === null ? null : Number(cpu[1])
}
const withoutLane = (command: string): string => command.replace(/^cpu \d+: /, '')

/** A step of an operation that is under way already has no command of its own: it is named by where it went on. */
const said = ({ command, operation, step }: TraceStep): string => {
  const text = withoutLane(command)
  return text === 'resume' ? `… ${operation}.${step}` : text
}

function steps(trace: Trace): Markup {
  const lanes = lanesOf(trace)
  const wide = Math.max(1, lanes.length)
  const headers = lanes.length > 1 ? lanes.map(cpu => html`<th>CPU ${cpu}</th>`) : [html`<th>command</th>`]
  const first = html`<tr data-step="0"><td class="n"><a href="#step-0">0</a></td><td colspan="${wide}"><a href="#step-0">the first state</a></td><td></td></tr>`
  return html`<section class="steps"><h2>Steps</h2><table><thead><tr><th></th>${headers}<th>answer</th></tr></thead><tbody>
${first}
${trace.steps.map((step, i) => stepRow(step, i + 1, lanes, i + 1 === trace.steps.length))}</tbody></table></section>`
}

function stepRow(step: TraceStep, number: number, lanes: readonly number[], isLast: boolean): Markup {
  const told = html`<a href="#step-${number}"><code>${said(step)}</code><small>${folded(step)}</small></a>`
  const cells =
    lanes.length > 1
      ? lanes.map(cpu => html`<td>${laneOf(step.command) === cpu ? told : null}</td>`)
      : [html`<td>${told}</td>`]
  const answer = step.outcome === 'under way' ? '…' : step.outcome
  return html`<tr data-step="${number}"${isLast ? html` class="wrong"` : null}><td class="n">${isLast ? '✖ ' : ''}${number}</td>${cells}<td class="answer">${answer}</td></tr>
`
}
const folded = ({ diff }: TraceStep): string =>
  diff.length === 0 ? 'nothing' : foldChanges(diff.filter(isVisible).filter(isMemory)).join('; ')
/** Ghosts are what claims remember, not what the machine has. */
const isVisible = ({ path }: { readonly path: string }): boolean => !path.startsWith('ghost.')

/** Where an operation stands is said by the step itself. */
const isMemory = ({ path }: { readonly path: string }): boolean => !path.startsWith('cpu ')

function walk({ claim }: CounterexamplePage, shots: readonly Shot[]): Markup {
  const { steps } = claim.trace
  const places = claim.witness?.places ?? []
  return html`<section class="memory"><h2>Memory, step by step</h2>
<nav class="walk only-scripted"><button data-move="-1" aria-label="previous step">← back</button><button data-move="1" aria-label="next step">next →</button><span id="where" role="status"></span><span class="faint">keys: arrows, j, k, Home, End</span></nav>
${shots.map((shot, i) => {
  const step = i === 0 ? null : steps[i - 1]
  return html`<section class="step" id="step-${i}">${step === null ? html`<p class="step-command">0 · the first state</p>` : about(step, i)}${drawn(
    shot,
    i === steps.length ? places : [],
    `p${i}`,
  )}</section>
`
})}</section>`
}

function about(step: TraceStep, number: number): Markup {
  const changes = step.diff.filter(isVisible)
  return html`<p class="step-command">${number} · ${lanePrefix(step)}${said(step)} → ${step.outcome}</p>
<p class="faint">${whence(step)}</p>
<ul class="changes">${changes.length === 0 ? html`<li>nothing changed</li>` : changes.map(changeItem)}</ul>${others(step)}`
}
const lanePrefix = ({ command }: TraceStep): string => /^cpu \d+: /.exec(command)?.[0] ?? ''
const changeItem = ({ path, from, to }: Change): Markup =>
  html`<li><code>${path}</code> <del>${from}</del> <ins>${to}</ins></li>`

/** What ran, which rule decided, and what was free to choose. */
function whence({ operation, step, rule, choices }: TraceStep): readonly Markup[] {
  return [
    html`${operation}${step === '' ? '' : `, up to its step ${step}`}`,
    ...(rule === '' ? [] : [html` · decided by <code>spec/${rule}</code>`]),
    ...(choices.length === 0 ? [] : [html` · chosen: ${choices.join(', ')}`]),
  ]
}

function others({ others: found }: TraceStep): Markup | null {
  if (found === undefined) return null
  const isRefused = (outcome: string) => /^(E|F|SIG)/.test(outcome)
  const items = found.shown.map(
    ({ command, outcome }) =>
      html`<li${isRefused(outcome) ? html` class="refused"` : null}><code>${command}</code> → ${outcome}</li>`,
  )
  const left = found.left === 0 ? null : html`<li>and ${counted(found.left, 'more command')}</li>`
  return html`<details class="others"><summary>what could have been called instead: ${counted(
    found.shown.length + found.left,
    'command',
  )}</summary><ul>${items}${left}</ul></details>`
}

function drawn(shot: Shot, wrong: readonly string[], prefix: string): Markup {
  const all = html`<details><summary>every leaf of the state</summary><pre>${lines([...shot.leaves].map(([path, value]) => `${shot.changed.has(path) ? '* ' : '  '}${path} = ${value}`).join('\n'))}</pre></details>`
  return canDraw(shot) ? html`${picture(shot, wrong, prefix)}${all}` : all
}

function takeAway({ claim, scope }: CounterexamplePage): Markup {
  const commands = claim.trace.steps.map(({ command, outcome }) => `${command} -> ${outcome}`).join('\n')
  return html`<h2>Take away</h2><p>The commands, as the notation has them; <code>npx mmspec check ${scope.name}</code> finds this again.</p>
<pre id="commands">${lines(commands)}</pre><p><button class="only-scripted" data-copy="commands">copy the commands</button></p>`
}
