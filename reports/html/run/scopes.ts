// Scopes: what was searched, how it ended, and how its figures stand against the pins.

import { counterexampleFile } from '../../names.js'
import type { Mismatch, RunResult, ScopeResult } from '../../result.js'
import { counted, grouped } from '../../text.js'
import { coverageFaults, scopeName, scopeVerdict, violatedClaims } from '../../verdicts.js'
import { html, type Markup } from '../markup.js'
import { type Bar, bars, type Line, legend, levelBars, levelLines, mostLines } from './charts.js'
import {
  figure,
  folded,
  head,
  notRun,
  notTimed,
  numberHead,
  rowOf,
  secondsCell,
  section,
  standingOf,
  stands,
  table,
} from './words.js'

/** Scopes that are not as expected stand first. */
const worstFirst = (scopes: readonly ScopeResult[]): readonly ScopeResult[] => [
  ...scopes.filter(({ ok }) => !ok),
  ...scopes.filter(({ ok }) => ok),
]

export function scopesSection({ scopes }: RunResult): Markup {
  if (scopes.length === 0) return section('scopes', 'Scopes', html`<p>${notRun}</p>`)
  const heads = [
    head('scope'),
    head('verdict'),
    numberHead('states'),
    numberHead('transitions'),
    numberHead('unchanged'),
    numberHead('depth'),
    head('against the pins'),
    head('states by depth'),
    numberHead('seconds'),
  ]
  return section('scopes', 'Scopes', table('scopes', heads, worstFirst(scopes).map(scopeRow)))
}

function scopeRow(scope: ScopeResult): Markup {
  const { name, system, bounds, granularity, engine } = scope
  return rowOf(
    standingOf(scope),
    html`<th scope="row"><details><summary>${scopeName(scope)}</summary><p>${system}, ${granularity}, engine ${engine}: ${bounds.join(', ')}</p><p><code>npx mmspec check ${name}</code></p></details></th>
<td>${stands(standingOf(scope), scopeVerdict(scope))}${links(scope)}${faults(scope)}</td>
${[scope.states, scope.transitions, scope.unchanged, scope.depth].map(figure)}<td>${againstPins(scope)}</td>
<td>${scope.levels === undefined ? html`<span class="faint">not kept</span>` : levelBars(scope.levels)}</td>${secondsCell(scope.seconds)}`,
  )
}

/** The pages of counterexamples, which lie beside this one. */
export const links = (scope: ScopeResult): readonly Markup[] =>
  violatedClaims(scope)
    .filter(({ trace }) => trace !== undefined)
    .map(
      claim =>
        html`<br><a href="./${encodeURIComponent(counterexampleFile(scope, claim.id))}.html">counterexample: ${counted(claim.trace?.steps.length ?? 0, 'step')}</a>`,
    )

const faults = ({ coverage }: ScopeResult): Markup | null => folded('coverage', coverageFaults(coverage))

function againstPins({ pins, mismatches }: ScopeResult): Markup | readonly Markup[] {
  if (mismatches.length > 0)
    return mismatches.map(mismatch => html`<span class="bad">${mismatch.figure} ${changeOf(mismatch)}</span><br>`)
  if (pins === undefined) return html`<span class="faint">not as its file has it</span>`
  return Object.keys(pins).length === 0 ? html`<span class="faint">none</span>` : html`as pinned`
}

/** `+12 (1 925 → 1 937)`; of a verdict, both words. */
export function changeOf({ expected, found }: Mismatch): string {
  const by = Number(found) - Number(expected)
  const way = `${grouped(expected)} → ${grouped(found)}`
  return Number.isNaN(by) ? way : `${by > 0 ? '+' : '−'}${grouped(Math.abs(by))} (${way})`
}

export function chartsSection({ scopes }: RunResult): Markup {
  const largest = scopes
    .flatMap((scope): readonly Line[] => {
      const { levels, states } = scope
      return levels === undefined ? [] : [{ name: scopeName(scope), levels, states }]
    })
    .sort((a, b) => b.states - a.states)
    .slice(0, mostLines)
  const byDepth =
    largest.length === 0
      ? html`<p>${scopes.length === 0 ? notRun : html`<span class="faint">not kept</span>`}</p>`
      : html`<p class="faint">The ${largest.length === 1 ? 'largest scope' : `${largest.length} largest scopes`}; a logarithmic scale.</p>${levelLines(largest)}${legend(largest)}`
  return section(
    'charts',
    'Charts',
    html`<h3>States by depth</h3>${byDepth}<h3>Transitions a second</h3>${rates(scopes)}`,
  )
}

/** Below so many transitions a rate says more of the clock than of the search. */
const fewest = 10_000
const mostRates = 15

function rates(scopes: readonly ScopeResult[]): Markup {
  const rated = scopes.flatMap((scope): readonly Bar[] => {
    const { seconds, transitions } = scope
    if (seconds === undefined || seconds === 0 || transitions < fewest) return []
    const value = Math.round(transitions / seconds)
    return [{ name: scopeName(scope), value, says: `${grouped(value)}/s` }]
  })
  if (rated.length === 0)
    return html`<p>${scopes.length === 0 ? notRun : scopes.some(({ seconds }) => seconds !== undefined) ? html`<span class="faint">no scope has ${grouped(fewest)} transitions</span>` : notTimed}</p>`
  const shown = [...rated].sort((a, b) => b.value - a.value).slice(0, mostRates)
  const says =
    shown.length < rated.length
      ? `the ${shown.length} fastest of ${rated.length} scopes`
      : counted(shown.length, 'scope')
  return html`<p class="faint">With claims judged and processes side by side: ${says} with at least ${grouped(fewest)} transitions.</p>${bars('transitions a second by scope', shown)}`
}
