// A counterexample as one page that a stranger understands from the file alone: which claim, why it is violated, and every
// step on the way with what it changed and the memory after it. It reads without scripts and prints; with them it shows
// one step at a time, what the claims say there, what else could have been called, and gives the steps away.

import { renderItf } from '../itf.js'
import type { ClaimResult, ScopeResult, Trace } from '../result.js'
import { type TakenAway, takenAway } from '../take-away.js'
import { counted, grouped } from '../text.js'
import { granularitySaid } from '../verdicts.js'
import { walkSteps } from './client.js'
import { showAlternatives, showClaims, showLeaves } from './client-panels.js'
import { takeAwayTabs as chooseTabs } from './client-tabs.js'
import { dataOf } from './data.js'
import { html, type Markup } from './markup.js'
import { page } from './page.js'
import { stepsTable } from './steps-table.js'
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
    script: [showClaims, showAlternatives, showLeaves, chooseTabs, walkSteps],
    data: dataOf(claim, renderItf(found)),
  })
}

/** What files are named after: letters and digits whatever the name holds. */
export const baseName = (...names: readonly string[]): string =>
  names.map(name => name.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')).join('-') || 'trace'

function head({ claim, scope, version, away }: CounterexamplePage): Markup {
  const { trace } = claim
  const places = claim.witness?.places ?? []
  return html`<header><p class="faint">mmspec ${version} · counterexample</p>
<h1><span class="claim">✖ ${claim.id}</span></h1>
<p>It is claimed that ${claim.says}.</p>
<div class="why"><strong>Why it is wrong:</strong> <span id="witness">${claim.witness?.says ?? 'no witness was given'}</span>${
    places.length === 0
      ? null
      : html`<br><span class="faint">see ${places.map((place, i) => html`${i === 0 ? '' : ', '}<code>${place}</code>`)}, outlined in the picture of the last step</span>`
  }</div>
<dl class="facts">
<dt>scope</dt><dd>${scope.name}: ${scope.bounds.join(', ')} · granularity ${scope.granularity}</dd>
${scope.mutant === undefined ? null : html`<dt>mutant</dt><dd>${scope.mutant}: the model was edited on purpose</dd>`}
<dt>length</dt><dd>${counted(trace.steps.length, 'step')}${granularitySaid(claim)}${scope.states === 0 ? null : `: no shorter way leads there (${grouped(scope.states)} states searched)`}</dd>
<dt>rule</dt><dd>${claim.rule === '' ? 'none' : html`<code>spec/${claim.rule}</code>`}</dd>
${
  away !== null
    ? html`<dt>replay</dt><dd><code id="replay">npx mmspec replay '${trace.token}'</code> <button class="only-scripted" data-copy="replay">copy</button></dd>`
    : null
}
</dl></header>`
}
