// The explorer's page: a frame that stays, and what is shown of where the reader stands, which the page's script puts in
// whenever the way changes. All of it is made here, where every string is escaped.

import type { ExploreView, Possible, Refused } from '../explore-result.js'
import type { TraceStep } from '../result.js'
import { counted } from '../text.js'
import { drawArrows } from './client-arrows.js'
import { exploreWay } from './client-explore.js'
import { exploreStyle } from './explore-style.js'
import { html, lines, type Markup } from './markup.js'
import { page } from './page.js'
import { canDraw, picture } from './picture.js'
import { type Shot, shotsOf } from './states.js'

/** The page as it is loaded: it asks for the way that its address names, or for the first one. */
export function renderExplorer({ token, key }: { readonly token: string; readonly key: string }): string {
  const body = html`<div id="explorer" data-token="${token}" data-key="${key}"></div>
<noscript><p>This page steps through a model by its script; <code>mmspec explore</code> does the same at a prompt.</p></noscript>
<div id="here" aria-live="polite"></div><p id="problem" role="alert"></p>`
  return page({ title: 'mmspec explore', body, script: [drawArrows, exploreWay], more: exploreStyle, connects: true })
}

/** What is shown of one place on the way. */
export function renderPlace(view: ExploreView, ahead: readonly string[]): string {
  const shots = shotsOf(view.trace)
  return html`${head(view)}<main class="explore">
<section class="steps"><h2>The way here</h2>${way(view, ahead)}${next(view)}</section>
<section class="memory">${memory(view, shots)}${claims(view)}${refused(view.refused)}</section></main>`.toString()
}

function head({ scope, mutant, bounds, granularity, trace, violated }: ExploreView): Markup {
  return html`<header><h1>${scope}${mutant === undefined ? null : html` <small>with mutant ${mutant}</small>`}</h1>
<p class="faint">${bounds.join(', ')} · granularity ${granularity}</p>
<p class="token"><code id="token">${trace.token}</code> <button data-copy="token">copy</button></p>
<p class="keep"><input id="keep-name" placeholder="a name, lost-write say" aria-label="name of the scenario" autocomplete="off" spellcheck="false"> <button data-keep="keep-name">keep the way as a scenario</button> <span id="kept" role="status"></span></p>
${violated.map(({ id, witness }) => html`<div class="why"><strong class="claim">✖ ${id}</strong> ${witness.says}</div>`)}</header>`
}

/** The steps taken, each a place to go on from; then those that lie ahead. */
function way({ trace: { steps } }: ExploreView, ahead: readonly string[]): Markup {
  const row = (number: number, text: string, outcome: string, kind: string): Markup =>
    html`<li class="${kind}"><button data-goto="${number}"${kind === 'now' ? html` aria-current="step"` : null}><b>${number}</b> ${text}${
      outcome === '' ? null : html` <span>→ ${outcome}</span>`
    }</button></li>`
  const kindOf = (number: number) => (number === steps.length ? 'now' : 'taken')
  return html`<nav class="walk"><button data-move="-1"${steps.length === 0 ? html` disabled` : null}>← undo</button><button data-move="1"${
    ahead.length === 0 ? html` disabled` : null
  }>redo →</button><span class="faint keys">keys: u or ←, r or →, / to filter, Tab and Enter</span></nav>
<ol class="way">${row(0, 'the first state', '', kindOf(0))}${steps.map((step, i) =>
    row(i + 1, said(step), step.outcome, kindOf(i + 1)),
  )}${ahead.map((text, i) => row(steps.length + 1 + i, text, '', 'ahead'))}</ol>`
}

/** A step of what is under way has no command of its own: it is named by how far it came. */
const said = ({ command, operation, step }: TraceStep): string =>
  command.endsWith(': resume') ? `${command} ${operation}.${step}` : command

function claims({ claims: all }: ExploreView): Markup {
  const marks = { violated: '✖', holds: '✓', unasked: '–' } as const
  const of = (is: keyof typeof marks) => all.filter(one => one.is === is)
  const items = [...of('violated'), ...of('holds'), ...of('unasked')]
  return html`<details class="claims"><summary>${of('violated').length} violated, ${of('holds').length} hold, ${
    of('unasked').length
  } not asked here</summary><ul>${items.map(
    ({ id, says, is }) => html`<li class="${is}"><span class="mark">${marks[is]}</span> <b>${id}</b> ${says}</li>`,
  )}</ul></details>`
}

function memory({ trace: { steps }, violated }: ExploreView, shots: readonly Shot[]): Markup {
  const now = shots[shots.length - 1]
  const before = shots.at(-2)
  const wrong = violated.flatMap(({ witness }) => witness.places)
  if (!canDraw(now)) return html`<h2>The state</h2>${changes(steps.at(-1))}${leaves(now)}`
  return html`<h2>Memory</h2>${changes(steps.at(-1))}
<div class="pair">${before === undefined ? null : html`<div class="was"><h3>before</h3>${picture(before, [], 'b')}</div>`}
<div class="is"><h3>${before === undefined ? 'at first' : 'now'}</h3>${picture(now, wrong, 'n')}</div></div>
<details><summary>every part of the state</summary>${leaves(now)}</details>`
}

const leaves = ({ leaves: all, changed }: Shot): Markup =>
  html`<pre>${lines([...all].map(([path, value]) => `${changed.has(path) ? '* ' : '  '}${path} = ${value}`).join('\n'))}</pre>`

function changes(step: TraceStep | undefined): Markup | null {
  if (step === undefined) return null
  // Ghosts are what claims remember, not what the machine has.
  const items = step.diff
    .filter(({ path }) => !path.startsWith('ghost.'))
    .map(({ path, from, to }) => html`<li><code>${path}</code> <del>${from}</del> <ins>${to}</ins></li>`)
  const said = [step.rule === '' ? '' : `decided by spec/${step.rule}`, ...step.choices].filter(text => text !== '')
  return html`<p class="step-command">${step.command} → ${step.outcome}</p><p class="faint">${said.join(' · ')}</p>
<details${items.length <= 12 ? html` open` : null}><summary>${counted(items.length, 'change')}</summary><ul class="changes">${items}</ul></details>`
}

/** What can be done, by operation; what changes nothing comes last. */
function next({ possible }: ExploreView): Markup {
  const [changing, idle] = [true, false].map(is => possible.filter(one => one.changes === is))
  const names = [...new Set([...changing, ...idle].map(groupOf))]
  return html`<h2>What can be done here</h2>
<p><input id="filter" type="search" placeholder="filter: a word" aria-label="filter commands" autocomplete="off"></p>
${possible.length === 0 ? html`<p>Nothing: this is an end.</p>` : null}
${names.map(name =>
  group(
    name,
    possible.filter(one => groupOf(one) === name),
  ),
)}`
}

const groupOf = ({ command, changes: changing }: Possible): string => {
  const [, cpu = '', name] = /^(cpu \d+: )?(?:P\d+ )?([^\s=]+)/.exec(command) ?? ['', '', command]
  return changing ? `${cpu}${name}` : 'changes nothing'
}

const group = (name: string, all: readonly Possible[]): Markup =>
  html`<div class="commands"><h3>${name}</h3><div>${all.map(
    ({ command, outcome, under, choices, step, changes: changing }) =>
      html`<button data-take="${step}" class="${changing ? 'active' : 'idle'}">${command}${under === undefined ? null : html` <i>${under}</i>`} <span>→ ${[outcome, ...choices].join(' · ')}</span></button>`,
  )}</div></div>`

function refused(all: readonly Refused[]): Markup | null {
  if (all.length === 0) return null
  return html`<details class="refusals" open><summary>${counted(all.length, 'command')} refused here, or waiting</summary><ul>${all.map(
    ({ command, outcome, because }) =>
      html`<li class="refused"><code>${command}</code> → ${outcome} <small>${because}</small></li>`,
  )}</ul></details>`
}
