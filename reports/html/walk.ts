// The memory behind each step, one below the other: what the step did and changed, what the claims say there, and the
// picture. The script shows one at a time; the panels behind them are filled in for the step that is shown.

import type { Alternatives, Change, ClaimResult, Status, Trace, TraceStep } from '../result.js'
import { counted } from '../text.js'
import { alternativesOf } from './data.js'
import { html, lines, type Markup } from './markup.js'
import { canDraw, picture } from './picture.js'
import { type Shot, shotsOf } from './states.js'
import { isVisible, laneName, said } from './steps-table.js'
import { traced } from './traced.js'

export function walkOf(claim: Pick<ClaimResult, 'id' | 'witness'> & { readonly trace: Trace }): Markup {
  const { trace } = claim
  const shots = shotsOf(trace)
  const others = alternativesOf(trace)
  const sections = shots.map((shot, i) => {
    const step = i === 0 ? null : trace.steps[i - 1]
    const isLast = i === trace.steps.length
    const wrong = isLast ? (claim.witness?.places ?? []) : []
    const about =
      step === null
        ? html`<p class="step-command">0 · the first state</p>`
        : aboutStep(step, i, isLast ? traced(claim, shots) : null)
    return html`<section class="step" id="step-${i}">${about}${statusLine(
      trace.statuses?.[i],
      trace,
    )}${elsewhere(others[Math.max(0, i - 1)])}${drawn(shot, wrong, `p${i}`, waitingIn(others[i]))}</section>
`
  })
  return html`<section class="memory"><h2>Memory, step by step</h2>
<nav class="walk only-scripted"><button data-move="-1" aria-label="previous step">← back</button><button data-move="1" aria-label="next step">next →</button><span id="where" role="status"></span><label><input type="checkbox" id="beside"> beside the step before</label><span class="faint">keys: arrows, j, k, Home, End, b</span></nav>
<div class="shots">${sections}</div>${panels(trace)}</section>`
}

function aboutStep(step: TraceStep, number: number, why: Markup | null): Markup {
  const changes = step.diff.filter(isVisible)
  return html`<p class="step-command">${number} · ${laneName(step)}${said(step)} → ${step.outcome}</p>
<p class="faint">${whence(step)}</p>${why}
<ul class="changes">${changes.length === 0 ? html`<li>nothing changed</li>` : changes.map(changeItem)}</ul>`
}
const changeItem = ({ path, from, to }: Change): Markup =>
  html`<li><code>${path}</code> <del>${from}</del> <ins>${to}</ins></li>`

/** What ran, which rule decided, and what was free to choose. */
function whence({ operation, step, rule, choices, source }: TraceStep): readonly Markup[] {
  return [
    html`${operation}${step === '' ? '' : `, up to its step ${step}`}`,
    ...(rule === '' ? [] : [html` · decided by <code>spec/${rule}</code>`]),
    ...(source === undefined ? [] : [html` · written in <code>${source.file}:${source.line}</code>`]),
    ...(choices.length === 0 ? [] : [html` · chosen: ${choices.join(', ')}`]),
  ]
}

function statusLine(status: Status | undefined, { claims = [] }: Trace): Markup | null {
  if (status === undefined) return null
  const unasked = claims.filter(({ kind }) => status.unasked.includes(kind)).length
  const holding = claims.length - unasked - status.violated.length
  const wrong = status.violated.map(({ id, says }) => html`<li class="violated">✖ ${id}: ${says}</li>`)
  return html`<ul class="status">${wrong}<li>${wrong.length === 0 ? '✓ ' : ''}${counted(holding, 'claim')} ${holding === 1 ? 'holds' : 'hold'} here, ${unasked} not asked</li></ul>`
}

/** How much could have been called; the panel below has the list. */
function elsewhere({ shown, left }: Alternatives): Markup | null {
  if (shown.length === 0) return null
  const count = (is: string) => shown.filter(one => (one.is ?? 'possible') === is).length
  const kinds = [
    `${count('possible')} possible`,
    `${count('refused')} refused`,
    ...(count('waiting') === 0 ? [] : [`${count('waiting')} waiting`]),
    ...(count('broken') === 0 ? [] : [`${count('broken')} that the model breaks at`]),
    ...(left === 0 ? [] : [`${left} more`]),
  ]
  return html`<p class="only-plain">Other commands: ${kinds.join(', ')}.</p>`
}

/** Operations under way that cannot go on, by their CPUs. */
const waitingIn = ({ shown }: Alternatives): ReadonlyMap<number, string> =>
  new Map(
    shown.flatMap(({ command, is, because = '' }) => {
      const cpu = /^(?:cpu (\d+): )?resume$/.exec(command)
      return is === 'waiting' && cpu !== null ? [[Number(cpu[1] ?? 0), because] as const] : []
    }),
  )

function drawn(shot: Shot, wrong: readonly string[], prefix: string, waiting: ReadonlyMap<number, string>): Markup {
  if (canDraw(shot)) return picture(shot, wrong, prefix, waiting)
  const marks = [...shot.leaves].map(([path, value]) => `${markOf(path, shot, wrong)} ${path} = ${value}`)
  return html`<pre>${lines(marks.join('\n'))}</pre>`
}
/** Of a system without pages and frames, leaves are all there is to show. */
const markOf = (path: string, { changed }: Shot, wrong: readonly string[]): string =>
  wrong.some(place => path === place || path.startsWith(`${place}.`)) ? '✖' : changed.has(path) ? '*' : ' '

function panels({ claims = [], initial }: Trace): Markup {
  const first = [...initial].map(({ path, value }) => `${path} = ${value}`)
  const list = claims.map(
    ({ id, says, kind }) =>
      html`<li data-id="${id}" data-kind="${kind}"><span class="mark"></span> <b>${id}</b> ${says}${kindNames[kind] === '' ? null : html` <small>asked ${kindNames[kind]}</small>`}</li>
`,
  )
  return html`<details id="others" class="only-scripted" open><summary>What could have been called instead</summary><ul></ul></details>
${
  claims.length === 0
    ? null
    : html`<details id="claims"><summary>Claims: <span id="claims-title">${claims.length}</span></summary><ul>${list}</ul></details>`
}
<details id="leaves" class="only-scripted"><summary>Every leaf of the state</summary><p><input id="filter" type="search" placeholder="filter" aria-label="filter the leaves"> <label><input type="checkbox" id="only"> only what changed</label></p><table><thead><tr><th>leaf</th><th>was</th><th>is</th></tr></thead><tbody></tbody></table></details>
<details class="only-plain"><summary>Every leaf of the first state</summary><pre>${lines(first.join('\n'))}</pre></details>`
}
const kindNames = {
  state: '',
  quiescent: 'where no operation is under way',
  step: 'of each step',
  return: 'when an operation answers',
  sometimes: 'of a whole search',
} as const
