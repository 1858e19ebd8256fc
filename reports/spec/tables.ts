// What has no chapter in Markdown: the claims with their mutants, the rows that are asked for with what keeps them, and
// the sources.

import { html, lines, type Markup } from '../html/markup.js'
import { counted } from '../text.js'
import { rowStatuses, type TraceRow } from '../trace-result.js'
import type { SpecClaim, SpecSource } from './document.js'
import { codeList, ruleList } from './guards.js'
import { type Place, toClaim } from './links.js'

export function claimsMarkup(place: Place): Markup {
  const { claims } = place.document
  const chapters = [...new Set(claims.map(chapterOf))]
  return html`<article><section id="claims" data-find="Claims"><h1>Claims</h1><p>What is promised, what holds it, and the written mutants that it alone notices.</p></section>${chapters.map(
    chapter => html`
<section id="claims/${chapter.replaceAll(' ', '-')}" data-find="Claims"><h2>${chapter}</h2><div class="wide"><table class="rows"><thead><tr><th>claim</th><th>says</th><th>mutants</th></tr></thead><tbody>${claims
      .filter(claim => chapterOf(claim) === chapter)
      .map(claim => claimRow(place, claim))}</tbody></table></div></section>`,
  )}</article>`
}

/** Claims of the checker itself are about every chapter. */
const chapterOf = ({ id }: SpecClaim): string => (id.includes('/') ? id.split('/')[0] : 'every chapter')

const claimRow = (place: Place, { id, homes, says, rule, also, mutants }: SpecClaim): Markup =>
  html`<tr id="claim/${id}"><td><code>${id}</code><br><small>${homes.join(', ')}${also.map(number => ` · ${number}`)}</small></td><td>${says}${
    rule === '' ? null : html`<br><small>rule ${ruleList(place, [rule])}</small>`
  }</td><td>${mutants.map(title => html`<p>${title}</p>`)}</td></tr>`

export function requirementsMarkup(place: Place): Markup {
  const { rows, totals } = place.document.trace
  const said = rowStatuses.toReversed().map(status => `${totals[status]} ${status}`)
  return html`<article><section id="requirements" data-find="What is asked for"><h1>What is asked for</h1><p>Each row that the system is asked to be, against what keeps it; what is missing comes first. ${rows.length} rows: ${said.join(', ')}.</p></section>${rowStatuses.map(
    status => html`
<section id="requirements/${status.replaceAll(' ', '-')}" data-find="What is asked for"><h2>${status}</h2><div class="wide"><table class="rows"><thead><tr><th>row</th><th>asked for</th>${status === 'not built' ? null : html`<th>kept by</th>`}</tr></thead><tbody>${rows
      .filter(row => row.status === status)
      .map(row => requirement(place, row))}</tbody></table></div></section>`,
  )}</article>`
}

function requirement(place: Place, row: TraceRow): Markup {
  const { id, layer, says, status, why, rules, operations, code, claims, mutants } = row
  const part = (name: string, of: readonly (Markup | string)[]) =>
    of.length === 0 ? null : html`<p><small>${name}</small> ${of}</p>`
  return html`<tr id="row/${id}"><td><strong>${id}</strong><br><small>${layer}</small></td><td>${says}${
    why === undefined ? null : html`<br><small>but ${why}</small>`
  }</td>${
    status === 'not built'
      ? null
      : html`<td>${part('rules', ruleList(place, rules))}${part('operations', [operations.join(', ')].filter(Boolean))}${part('code', codeList(place, code))}${part(
          'claims',
          claims.map(
            (claim, at) => html`${at === 0 ? '' : ', '}<a href="${toClaim(place, claim)}"><code>${claim}</code></a>`,
          ),
        )}${mutants.length === 0 ? null : html`<details><summary>${counted(mutants.length, 'mutant')}</summary>${mutants.join('; ')}</details>`}</td>`
  }</tr>`
}

/** `marked` are the lines of each file that something leads to. */
export function sourcesMarkup({ document }: Place, marked: ReadonlyMap<string, ReadonlySet<number>>): Markup {
  return html`<article><section id="sources" data-find="Sources"><h1>Sources</h1><p>The files of the model and of the implementation that these pages refer to.</p></section>${document.sources.map(
    source => html`
<details class="source" id="source/${source.file}"><summary><code>${source.file}</code></summary>${sourceText(source, marked.get(source.file) ?? new Set())}</details>`,
  )}</article>`
}

function sourceText({ file, text }: SpecSource, marked: ReadonlySet<number>): Markup {
  const written = text
    .trimEnd()
    .split('\n')
    .map((line, at) =>
      marked.has(at + 1)
        ? html`<span id="source/${file}:${at + 1}">${lines(line)}</span>
`
        : html`${lines(line)}
`,
    )
  return html`<pre>${written}</pre>`
}
