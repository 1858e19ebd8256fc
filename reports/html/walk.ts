// The memory behind each step, one below the other: what the step did and changed, what the claims say there, and the
// picture. The script shows one at a time; the panels behind them are filled in for the step that is shown.

import type { Alternatives, ClaimResult, Trace, TraceStep } from '../result.js'
import { counted } from '../text.js'
import { alternativesOf } from './data.js'
import { html, lines, type Markup } from './markup.js'
import { canDraw, picture } from './picture.js'
import { inline, ruleName, rulePanel } from './rule-text.js'
import { changeList } from './spoken.js'
import { type Shot, shotsOf } from './states.js'
import { laneName, said } from './steps-table.js'
import { traced } from './traced.js'

export function walkOf(claim: Pick<ClaimResult, 'id' | 'witness'> & { readonly trace: Trace }): Markup {
  const { trace } = claim
  const shots = shotsOf(trace)
  const others = alternativesOf(trace)
  const sections = shots.map((shot, i) => {
    const step = i === 0 ? null : trace.steps[i - 1]
    const isLast = i === trace.steps.length
    const wrong = isLast ? (claim.witness?.places ?? []) : []
    const about = step === null ? html`<h3 class="step-command">0 · the first state</h3>` : aboutStep(step, i)
    return html`<section class="step" id="step-${i}">${about}${isLast ? traced(claim, shots) : null}${drawn(
      shot,
      wrong,
      `p${i}`,
      waitingIn(others[i]),
    )}${step === null ? null : changes(step)}${statusLine(trace, i, isLast ? claim.id : '')}${elsewhere(
      others[Math.max(0, i - 1)],
    )}</section>
`
  })
  return html`<section class="memory"><h2>Memory, step by step</h2>
<nav class="walk only-scripted"><button data-move="-1" aria-label="previous step">← back</button><button data-move="1" aria-label="next step">next →</button><span id="where" role="status"></span><label><input type="checkbox" id="beside"> beside the step before</label><span class="faint">keys: arrows, j, k, Home, End, b</span></nav>
<div class="shots">${sections}</div>${canDraw(shots[0]) ? legend : null}${panels(trace, others)}</section>`
}

function aboutStep(step: TraceStep, number: number): Markup {
  const says = isPart(step) ? step.says : undefined
  return html`<h3 class="step-command">${number} · ${laneName(step)}${said(step)} → ${step.outcome}</h3>
${says === undefined ? null : html`<p><code>${step.step.includes('.') ? step.operation : `${step.operation}.${step.step}`}</code>: ${inline(says)}</p>`}
<p class="faint">${whence(step)}</p>`
}

/** Of an operation that ran from its beginning to its end, its last step says little. */
const isPart = ({ command, outcome }: TraceStep): boolean => outcome === 'under way' || command.endsWith('resume')

const changes = ({ diff }: TraceStep): Markup => html`<h4>What the step changed</h4>${changeList(diff)}`

/** How far it ran, which rule decided, and what was free to choose. */
function whence(of: TraceStep): readonly (Markup | string)[] {
  const { operation, step, rule, choices, source, says } = of
  const isSaid = isPart(of) && says !== undefined
  const parts = [
    ...(step === '' || isSaid ? [] : [html`${operation}, up to its step <code>${step}</code>`]),
    ...(rule === '' ? [] : [html`decided by <code>${ruleName(rule)}</code>`]),
    ...(source === undefined ? [] : [html`written in <code>${source.file}:${source.line}</code>`]),
    ...(choices.length === 0 ? [] : [html`chosen freely: ${choices.join(', ')}`]),
  ]
  return parts.flatMap((part, i) => (i === 0 ? [part] : [' · ', part]))
}

/** What claims say here, beside the one that the page is about. */
function statusLine({ statuses, claims = [] }: Trace, at: number, told: string): Markup | null {
  const status = statuses?.[at]
  if (status === undefined || claims.length === 0) return null
  const unasked = claims.filter(({ kind }) => status.unasked.includes(kind)).length
  const holding = claims.length - unasked - status.violated.length
  const wrong = status.violated
    .filter(({ id }) => id !== told)
    .map(({ id, says }) => html`<li class="violated">✖ ${told === '' ? '' : 'also '}${id}: ${says}</li>`)
  const sign = status.violated.length === 0 ? '✓ ' : ''
  const silent = unasked === 0 ? '' : `; ${unasked} are not asked at this step`
  return html`<ul class="status">${wrong}<li class="faint">${sign}${counted(holding, 'claim')} ${holding === 1 ? 'holds' : 'hold'} here${silent}</li></ul>`
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

const legend = html`<details class="legend"><summary>How to read the picture</summary><ul>
<li><b>P0</b>, <b>P1</b> are processes; each runs in an address <b>space</b>, whose pages are numbered boxes.</li>
<li>A page says what its region allows (r read, w write, x execute), and where its entry in the page tables leads: <span class="to" data-kind="w">→ frame 0 rw</span> may be written, <span class="to" data-kind="r">→ frame 0 r</span> only read, <span class="to" data-kind="s">→ slot 0</span> lies in swap.</li>
<li>A <b>frame</b> is a piece of memory; × 2 says that two refer to it. Dashed boxes are free, or not mapped.</li>
<li>A <b>CPU</b> shows the operation under way and the translations that it keeps (its TLB), whatever the tables say by now.</li>
<li><b>claims know</b>, <code>ghost.</code> among the leaves, is the bookkeeping of the checks, not of the kernel.</li>
<li><span class="swatch changed">marked</span> is what the step changed, <span class="swatch wrong">outlined</span> what the violation is about.</li></ul></details>`

function panels({ claims = [], initial, rules = [] }: Trace, others: readonly Alternatives[]): Markup {
  const first = [...initial].map(({ path, value }) => `${path} = ${value}`)
  const list = claims.map(
    ({ id, says, kind }) =>
      html`<li data-id="${id}" data-kind="${kind}"><span class="mark"></span> <b>${id}</b> ${says}${kindNames[kind] === '' ? null : html` <small>asked ${kindNames[kind]}</small>`}</li>
`,
  )
  return html`${rulePanel(rules)}${
    others.every(({ shown }) => shown.length === 0)
      ? null
      : html`<details id="others" class="only-scripted" open><summary>What could have been called instead</summary><ul></ul></details>`
  }
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
