// Behind the heading of a rule: which operations and which code follow it, which claims watch that they do, and which
// mutants show that the claims are awake.

import { html, type Markup } from '../html/markup.js'
import { counted } from '../text.js'
import type { TracedCode } from '../trace-result.js'
import type { GuardedRule } from './document.js'
import { type Place, toClaim, toCode, toRow, toRule } from './links.js'

export function guards(place: Place, id: string): Markup | null {
  const rule = place.document.rules.find(one => one.id === id)
  if (rule === undefined) return null
  const claims = place.document.claims.filter(claim => rule.claims.includes(claim.id))
  const mutants = new Set(claims.flatMap(claim => claim.mutants))
  const said = [
    ...(claims.length === 0 ? [] : [counted(claims.length, 'claim')]),
    ...(mutants.size === 0 ? [] : [counted(mutants.size, 'mutant')]),
    ...(rule.code.length === 0 ? [] : [`${counted(rule.code.length, 'place')} in the code`]),
    ...(rule.rows.length === 0 ? [] : [`asked for by ${rule.rows.join(', ')}`]),
  ]
  if (said.length === 0) return null
  return html`<details class="guards"><summary>${said.join(' · ')}</summary>${followed(place, rule)}${
    claims.length === 0
      ? null
      : html`<ul>${claims.map(
          claim =>
            html`<li><a href="${toClaim(place, claim.id)}"><code>${claim.id}</code></a> ${claim.says}${
              claim.mutants.length === 0 ? null : html` <small>killed by ${claim.mutants.join('; ')}</small>`
            }</li>`,
        )}</ul>`
  }</details>`
}

function followed(place: Place, { operations, code, rows }: GuardedRule): readonly (Markup | null)[] {
  return [
    operations.length === 0
      ? null
      : html`<p>decides for ${operations.map((name, at) => html`${at === 0 ? '' : ', '}<code>${name}</code>`)}</p>`,
    code.length === 0 ? null : html`<p>followed in ${codeList(place, code)}</p>`,
    rows.length === 0
      ? null
      : html`<p>asked for by ${rows.map((row, at) => html`${at === 0 ? '' : ', '}<a href="${toRow(place, row)}">${row}</a>`)}</p>`,
  ]
}

export const codeList = (place: Place, code: readonly TracedCode[]): readonly Markup[] =>
  code.map(({ file, name, line }, at) => {
    const said = html`<code>${file}${name === undefined ? '' : ` ${name}`}</code>`
    const href = toCode(place, file, line)
    return html`${at === 0 ? '' : ', '}${href === null ? said : html`<a href="${href}">${said}</a>`}`
  })

export const ruleList = (place: Place, rules: readonly string[]): readonly Markup[] =>
  rules.map(
    (rule, at) => html`${at === 0 ? '' : ', '}<a href="${toRule(place, rule)}">${rule.replace('.md#', ' · ')}</a>`,
  )
