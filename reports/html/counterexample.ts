// A counterexample as one page that a stranger understands from the file alone: which claim, why it is violated, and every
// step on the way with what it changed and the memory after it. It reads without scripts and prints; with them it shows
// one step at a time, what the claims say there, what else could have been called, and gives the steps away.

import { renderItf } from '../itf.js'
import type { ClaimResult, ScopeResult, Trace } from '../result.js'
import { type TakenAway, takenAway } from '../take-away.js'
import { counted } from '../text.js'
import { granularitySaid } from '../verdicts.js'
import { walkSteps } from './client.js'
import { drawArrows } from './client-arrows.js'
import { showAlternatives, showClaims, showLeaves, showRule } from './client-panels.js'
import { takeAwayTabs as chooseTabs } from './client-tabs.js'
import { dataOf } from './data.js'
import { html, type Markup } from './markup.js'
import { page } from './page.js'
import { ruleMarkup, ruleName } from './rule-text.js'
import { placeSaid } from './spoken.js'
import { laneName, said, stepsTable } from './steps-table.js'
import { takeAwayTabs } from './take-away-tabs.js'
import { walkOf } from './walk.js'

export interface CounterexamplePage {
  readonly scope: Pick<
    ScopeResult,
    'name' | 'bounds' | 'granularity' | 'mutant' | 'states' | 'depth' | 'asked' | 'sets'
  >
  readonly claim: ClaimResult & { readonly trace: Trace }
  readonly version: string
  /** What is told before the steps, where there is more to tell than the claim. */
  readonly story?: Markup
  /** The steps to take away, where they are not those of the scope; null where they cannot be taken again by name. */
  readonly away?: TakenAway | null
}

/** The whole page. */
export function renderCounterexample(found: CounterexamplePage): string {
  const { claim, scope, story = null } = found
  const { granularity } = claim
  const told = { claim: claim.id, says: `${claim.id}: ${claim.witness?.says ?? claim.says}` }
  const { away = takenAway(scope, told, claim.trace, granularity) } = found
  const body = html`${head(found)}${story}<main>${stepsTable(claim.trace)}${walkOf(claim)}</main>${takeAwayTabs(away, baseName(claim.id, scope.name), ['itf', 'json'])}`
  return page({
    title: `${claim.id} · ${scope.name}`,
    body,
    // Those that listen come first: the walk begins by saying which step is shown.
    script: [drawArrows, showRule, showClaims, showAlternatives, showLeaves, chooseTabs, walkSteps],
    data: dataOf(claim, renderItf(found)),
  })
}

/** What files are named after: letters and digits whatever the name holds. */
export const baseName = (...names: readonly string[]): string =>
  names.map(name => name.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')).join('-') || 'trace'

function head({ claim, scope, version, away }: CounterexamplePage): Markup {
  const { trace } = claim
  return html`<header><p class="faint">mmspec ${version} · counterexample</p>
<h1><span class="claim">✖ ${claim.id}</span></h1>
<p class="claimed"><span class="faint">The claim:</span> ${claim.says}.</p>
${why(claim)}${ruleOf(claim)}
<dl class="facts">
<dt>scope</dt><dd>${scope.name} <span class="faint">${scope.bounds.join(' · ')} · granularity ${scope.granularity}</span></dd>
${scope.mutant === undefined ? null : html`<dt>mutant</dt><dd>${scope.mutant} <span class="faint">a mistake that was put into the model on purpose</span></dd>`}
<dt>length</dt><dd>${counted(trace.steps.length, 'step')}${granularitySaid(claim)}${scope.states === 0 ? null : html` <span class="faint">no shorter way leads there: ${counted(scope.states, 'state')} searched</span>`}</dd>
${
  away !== null
    ? html`<dt>replay</dt><dd><code id="replay">npx mmspec replay '${trace.token}'</code> <button class="only-scripted" data-copy="replay">copy</button></dd>`
    : null
}
</dl></header>`
}

/** One sentence, how it came to that, and where to look. */
function why({ witness, trace }: CounterexamplePage['claim']): Markup {
  const last = trace.steps.at(-1)
  const places = witness?.places ?? []
  const came =
    last === undefined
      ? html`So it is in the first state.`
      : html`The last step that leads there: <a href="#step-${trace.steps.length}">${trace.steps.length} · ${laneName(last)}${said(last)}</a>.`
  return html`<div class="why"><strong>Why it is wrong:</strong> <span id="witness">${witness?.says ?? 'no witness was given'}</span>
<p>${came}${places.length === 0 ? null : ` Outlined in its picture: ${places.map(placeSaid).join('; ')}.`}</p></div>`
}

function ruleOf({ rule, trace }: CounterexamplePage['claim']): Markup | null {
  if (rule === '') return null
  const text = trace.rules?.find(one => one.rule === rule)
  if (text === undefined) return html`<p class="faint">The rule behind it: <code>${ruleName(rule)}</code></p>`
  return html`<details class="rule"><summary>The rule behind it: ${text.title} <code>${ruleName(rule)}</code></summary>${ruleMarkup(text)}</details>`
}
