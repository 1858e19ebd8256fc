// A counterexample as one page that a stranger understands from the file alone: which claim, why it is violated, and every
// step on the way with what it changed and the memory after it. It reads without scripts and prints; with them it shows
// one step at a time, what the claims say there, what else could have been called, and gives the steps away.

import { renderItf } from '../itf.js'
import { baseName } from '../names.js'
import type { ClaimResult, ScopeResult, Trace } from '../result.js'
import { type TakenAway, takenAway } from '../take-away.js'
import { counted } from '../text.js'
import { granularitySaid } from '../verdicts.js'
import { chainOf } from './chain.js'
import { walkSteps } from './client.js'
import { drawArrows } from './client-arrows.js'
import { showAlternatives, showClaims, showLeaves, showRule } from './client-panels.js'
import { takeAwayTabs as chooseTabs } from './client-tabs.js'
import { claimData, dataOf, wholeItf } from './data.js'
import { html, type Markup } from './markup.js'
import { page } from './page.js'
import { ruleMarkup, ruleName } from './rule-text.js'
import { placeSaid } from './spoken.js'
import { laneName, said, stepsTable } from './steps-table.js'
import { takeAwayTabs } from './take-away-tabs.js'
import { walkOf } from './walk.js'
import { wordsOn } from './words.js'

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
  /** What kind of page it is, and what is known of how it was found, where it is no counterexample of a search. */
  readonly kind?: string
  readonly facts?: readonly Fact[]
}
export type Fact = readonly [name: string, says: string | Markup]

/** The whole page. */
export function renderCounterexample(found: CounterexamplePage): string {
  const { claim, scope, story = null } = found
  const { granularity } = claim
  const told = { claim: claim.id, says: `${claim.id}: ${claim.witness?.says ?? claim.says}` }
  const { away = takenAway(scope, told, claim.trace, granularity) } = found
  const itf = renderItf(found)
  const values = { claim: claimData(claim), itf: wholeItf(itf) }
  const body = html`${head(found)}${story}${wordsOn(found)}<main>${stepsTable(claim.trace)}${walkOf(claim)}</main>${takeAwayTabs(away, baseName(claim.id, scope.name), values)}`
  return page({
    title: `${claim.id} · ${scope.name}`,
    body,
    // Those that listen come first: the walk begins by saying which step is shown.
    script: [drawArrows, showRule, showClaims, showAlternatives, showLeaves, chooseTabs, walkSteps],
    data: dataOf(claim, itf),
  })
}

function head({
  claim,
  scope,
  version,
  kind = 'counterexample',
  facts = factsOf(scope, claim),
}: CounterexamplePage): Markup {
  const { token } = claim.trace
  return html`<header><p class="faint">mmspec ${version} · ${kind}</p>
<h1><span class="claim">✖ ${claim.id}</span></h1>
<p class="claimed"><span class="faint">The claim:</span> ${claim.says}.</p>
${why(claim)}${rulesOf(claim)}
<dl class="facts">${facts.map(([name, says]) => html`<dt>${name}</dt><dd>${says}</dd>`)}
${
  token === ''
    ? null
    : html`<dt>replay</dt><dd><code id="replay">npx mmspec replay '${token}'</code> <button class="only-scripted" data-copy="replay">copy</button></dd>`
}
</dl></header>`
}

function factsOf(scope: CounterexamplePage['scope'], claim: CounterexamplePage['claim']): readonly Fact[] {
  const { name, bounds, granularity, mutant, states } = scope
  const length = `${counted(claim.trace.steps.length, 'step')}${granularitySaid(claim)}`
  const searched =
    states === 0
      ? null
      : html` <span class="faint">no shorter way leads there: ${counted(states, 'state')} searched</span>`
  return [
    ['scope', html`${name} <span class="faint">${[...bounds, `granularity ${granularity}`].join(' · ')}</span>`],
    ...(mutant === undefined ? [] : [onPurpose(mutant)]),
    ['length', html`${length}${searched}`],
  ]
}
export const onPurpose = (mutant: string): Fact => [
  'mutant',
  html`${mutant} <span class="faint">a mistake that was put in on purpose</span>`,
]

/** One sentence, how it came to that, and where to look. */
function why(claim: CounterexamplePage['claim']): Markup {
  const { witness, trace } = claim
  const last = trace.steps.at(-1)
  const places = (witness?.places ?? []).filter(place => trace.initial.some(({ path }) => path.startsWith(place)))
  const came =
    last === undefined
      ? html`So it is in the first state.`
      : html`The last step that leads there: <a href="#step-${trace.steps.length}">${trace.steps.length} · ${laneName(last)}${said(last)}</a>.`
  return html`<div class="why"><strong>Why it is wrong:</strong> <span id="witness">${witness?.says ?? 'no witness was given'}</span>
<p>${came}${places.length === 0 ? null : ` Outlined in its picture: ${places.map(placeSaid).join('; ')}.`}</p>${chainOf(claim)}</div>`
}

/** The claim's, and that of the operation which acts last: the mistake is mostly told there. */
function rulesOf({ rule, trace }: CounterexamplePage['claim']): readonly (Markup | null)[] {
  const acting = trace.steps.at(-1)?.rule ?? ''
  return [
    ruleOf('The rule behind it', rule, trace),
    acting === rule ? null : ruleOf('The rule of what acts last', acting, trace),
  ]
}
function ruleOf(is: string, rule: string, trace: Trace): Markup | null {
  if (rule === '') return null
  const text = trace.rules?.find(one => one.rule === rule)
  if (text === undefined) return html`<p class="faint">${is}: <code>${ruleName(rule)}</code></p>`
  return html`<details class="rule"><summary>${is}: ${text.title} <code>${ruleName(rule)}</code></summary>${ruleMarkup(text)}</details>`
}
