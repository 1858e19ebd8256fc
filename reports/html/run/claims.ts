// Claims over all scopes: where each was judged, how it stands, and which mutant shows that it can be violated.

import type { RunResult, Verdict } from '../../result.js'
import { grouped } from '../../text.js'
import { scopeName } from '../../verdicts.js'
import { html, type Markup } from '../markup.js'
import { head, notRun, numberHead, type Standing, section, stands, table } from './words.js'

interface Judged {
  readonly id: string
  readonly says: string
  readonly rule: string
  readonly where: { readonly scope: string; readonly verdict: Verdict; readonly ok: boolean }[]
}

function claimsOf({ scopes }: RunResult): readonly Judged[] {
  const claims = new Map<string, Judged>()
  for (const scope of scopes) {
    for (const { id, says, rule, verdict } of scope.claims) {
      const claim = claims.get(id) ?? { id, says, rule, where: [] }
      claim.where.push({ scope: scopeName(scope), verdict, ok: scope.ok })
      claims.set(id, claim)
    }
  }
  return [...claims.values()]
}

export function claimsSection(run: RunResult): Markup {
  const claims = claimsOf(run)
  if (claims.length === 0) return section('claims', 'Claims', html`<p>${notRun}</p>`)
  const order: readonly Standing[] = ['bad', 'open', 'good', 'none']
  const rows = [...claims].sort((a, b) => order.indexOf(standing(a)) - order.indexOf(standing(b)))
  const heads = [
    head('claim'),
    head('status'),
    numberHead('holds in'),
    numberHead('bounded in'),
    head('rule'),
    head('mutant that violates it'),
  ]
  return section(
    'claims',
    `Claims`,
    table(
      'claims',
      heads,
      rows.map(claim => claimRow(claim, run)),
    ),
  )
}

/** Violated where that was expected is as good as held: the scope says that it must be. */
function standing({ where }: Judged): Standing {
  if (where.some(({ verdict, ok }) => verdict === 'violated' && !ok)) return 'bad'
  if (where.some(({ verdict }) => verdict === 'holds')) return 'good'
  return where.some(({ verdict }) => verdict === 'violated') ? 'good' : 'open'
}

function statusOf(claim: Judged): Markup {
  const violated = claim.where.filter(({ verdict }) => verdict === 'violated')
  const names = violated.map(({ scope }) => scope).join(', ')
  const at = standing(claim)
  if (at === 'bad') return stands('bad', `violated in ${names}`)
  if (violated.length > 0) return stands('good', `violated as expected in ${names}`)
  return at === 'good' ? stands('good', 'holds') : stands('open', 'bounded: no scope was searched to its end')
}

function claimRow(claim: Judged, { mutants, kills, unkilled }: RunResult): Markup {
  const count = (verdict: Verdict) => claim.where.filter(it => it.verdict === verdict).length
  const killers = kills.filter(kill => kill.claim === claim.id)
  const killed =
    mutants.length === 0
      ? notRun
      : killers.length > 0
        ? html`${killers[0].killedBy}${killers.length > 1 ? html` <span class="faint">and ${killers.length - 1} more</span>` : null}`
        : unkilled.some(it => it.startsWith(`${claim.id} (`))
          ? html`<span class="bad">✖ none</span>`
          : html`<span class="faint">none was asked for</span>`
  return html`<tr><th scope="row"><code>${claim.id}</code><small>${claim.says}</small></th><td>${statusOf(claim)}</td><td class="num">${grouped(count('holds'))}</td><td class="num">${grouped(count('bounded'))}</td><td>${claim.rule === '' ? '' : html`<code>spec/${claim.rule}</code>`}</td><td>${killed}</td></tr>
`
}
