// Operations side by side that no order explains, as a page: what each CPU's command answered and what each order of the same
// commands would have given, beside each other; then the interleaving step by step.

import { type LinearOrder, type LinearScope, type LinearViolation, linearRule } from '../linear-result.js'
import { takenAway } from '../take-away.js'
import { counted } from '../text.js'
import { onPurpose, renderCounterexample } from './counterexample.js'
import { html, type Markup } from './markup.js'
import { placeSaid, valueSaid } from './spoken.js'

export interface OrderPage {
  readonly scope: Pick<LinearScope, 'name' | 'bounds' | 'granularity' | 'mutant'> & {
    readonly violation: LinearViolation
  }
  readonly version: string
}

/** The whole page. */
export function renderOrderPage({ scope, version }: OrderPage): string {
  const { name, bounds, granularity, mutant, violation } = scope
  const { trace, says, orders, before } = violation
  const aside = trace.steps.length - before
  return renderCounterexample({
    scope: { ...scope, states: 0, depth: trace.steps.length },
    claim: {
      id: 'no order agrees',
      says: 'operations that run side by side come to what they come to one after the other, in some order',
      rule: linearRule,
      verdict: 'violated',
      witness: {
        says: why(violation),
        places: [...new Set(orders.flatMap(({ diff }) => diff.map(({ path }) => path)))],
      },
      trace,
    },
    version,
    kind: 'operations side by side',
    facts: [
      ['scope', html`${name} <span class="faint">${[...bounds, `granularity ${granularity}`].join(' · ')}</span>`],
      ...(mutant === undefined ? [] : [onPurpose(mutant)]),
      [
        'length',
        before === 0
          ? `${counted(aside, 'step')} side by side, from the first state on`
          : `${counted(before, 'step')} to where they begin, then ${counted(aside, 'step')} side by side`,
      ],
    ],
    story: beside(violation),
    away: takenAway({ name, ...(mutant === undefined ? {} : { mutant }) }, { says }, trace, granularity),
  })
}

/** A row for each command and one for the end; a column for what happened, and one for each order. */
function beside({ answers, orders }: LinearViolation): Markup {
  const rows = answers.map(({ command, outcome }, i) => {
    const others = orders.map(({ answers: its }) => cell(its[i]?.outcome ?? '', its[i]?.outcome !== outcome))
    return html`<tr><th scope="row"><code>${command}</code></th><td>${outcome}</td>${others}</tr>
`
  })
  const places = [...new Set(orders.flatMap(({ diff }) => diff.map(({ path }) => path)))]
  const ends = places.map(path => {
    const of = orders.map(({ diff }) => diff.find(change => change.path === path))
    const came = of.find(change => change !== undefined)?.to ?? ''
    const others = of.map(change => cell(valueSaid(change?.from ?? came), change !== undefined))
    return html`<tr><th scope="row">in the end, ${placeSaid(path)}</th><td>${valueSaid(came)}</td>${others}</tr>
`
  })
  const none = orders.length === 0 ? html`<p>No order of these commands has all of them answer.</p>` : null
  return html`<section class="sides"><h2>What happened, and what each order gives</h2>${none}<div class="wide" role="region" aria-label="orders" tabindex="0"><table>
<thead><tr><th></th><th scope="col">side by side</th>${orders.map(order => html`<th scope="col">${orderName(order)}</th>`)}</tr></thead><tbody>
${rows}${ends}</tbody></table></div><p class="faint">Marked is where an order differs from what happened. One that differs nowhere would explain it.</p></section>`
}
const cell = (text: string, differs: boolean): Markup => html`<td${differs ? html` class="differ"` : null}>${text}</td>`

const orderName = ({ sequences = [] }: LinearOrder): string =>
  sequences.length === 0
    ? 'in another order, of attempts that begin anew'
    : sequences.map(cpus => `CPU ${cpus.join(', then ')}`).join('; or ')

/** What happened beside what would have, where it shows first. */
function why({ says, orders }: LinearViolation): string {
  const place = orders[0]?.diff[0]?.path
  const changes = orders.flatMap(({ diff }) => diff.filter(({ path }) => path === place))
  if (place === undefined || changes.length < orders.length) return says
  const others = [...new Set(changes.map(({ from }) => valueSaid(from)))]
  return `${says}: in the end ${placeSaid(place)} is ${valueSaid(changes[0].to)}, and one after the other it would be ${others.join(' or ')}`
}
