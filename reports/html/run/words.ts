// Words and shapes that all parts of the run report share: how a part stands, what was not run, and tables that scroll
// by themselves where a screen is narrow.

import type { Cut } from '../../result.js'
import { counted, grouped } from '../../text.js'
import { html, type Markup } from '../markup.js'

/** `open`: cut short, so that nothing is known beyond. */
export type Standing = 'good' | 'bad' | 'open' | 'none'

const signs: { readonly [S in Standing]: string } = { good: '✔', bad: '✖', open: '…', none: '–' }

/** A sign and words for it: colour repeats what they say. */
export const stands = (standing: Standing, says: string): Markup =>
  html`<span class="${standing}">${signs[standing]} ${says}</span>`

export const standingOf = ({ ok, cut }: { readonly ok: boolean; readonly cut?: Cut }): Standing =>
  ok ? 'good' : cut === undefined ? 'bad' : 'open'

const rowClass: { readonly [S in Standing]: Markup | null } = {
  good: null,
  bad: html` class="wrong"`,
  open: html` class="unsure"`,
  none: null,
}
/** A row that stands out where it is not as expected. */
export const rowOf = (standing: Standing, cells: Markup): Markup => html`<tr${rowClass[standing]}>${cells}</tr>
`

export const worst = (all: readonly Standing[]): Standing =>
  (['bad', 'open', 'good'] as const).find(standing => all.includes(standing)) ?? 'none'

/** What stands where a figure is missing. */
export const notRun: Markup = html`<span class="faint">not run</span>`
export const notTimed: Markup = html`<span class="faint">not timed</span>`

export const section = (id: string, title: string, body: Markup): Markup =>
  html`<section id="${id}"><h2>${title}</h2>${body}</section>
`

/** A box of its own: what is wide scrolls sideways in it, by keyboard too, and the page does not. */
export const wide = (label: string, body: Markup): Markup =>
  html`<div class="wide" role="region" aria-label="${label}" tabindex="0">${body}</div>`

export const table = (label: string, heads: readonly Markup[], rows: readonly Markup[]): Markup =>
  wide(
    label,
    html`<table><thead><tr>${heads}</tr></thead><tbody>
${rows}</tbody></table>`,
  )

export const head = (text: string): Markup => html`<th scope="col">${text}</th>`
export const numberHead = (text: string): Markup => html`<th scope="col" class="num">${text}</th>`
export const figure = (count: number | undefined): Markup =>
  count === undefined ? html`<td class="num">${notRun}</td>` : html`<td class="num">${grouped(count)}</td>`

/** Seconds as people read them. */
export const secondsText = (seconds: number): string =>
  seconds < 100 ? `${seconds.toFixed(seconds < 1 ? 2 : 1)} s` : `${grouped(Math.round(seconds))} s`
export const secondsCell = (seconds: number | undefined): Markup =>
  html`<td class="num">${seconds === undefined ? notTimed : secondsText(seconds)}</td>`

/** The sum, where every one of them was timed. */
export function secondsTogether(timed: readonly { readonly seconds?: number }[]): number | undefined {
  let sum = 0
  for (const { seconds } of timed) {
    if (seconds === undefined) return undefined
    sum += seconds
  }
  return timed.length === 0 ? undefined : sum
}

/** A list that is folded, with how many it has. */
export const folded = (says: string, items: readonly (string | Markup)[]): Markup | null =>
  items.length === 0
    ? null
    : html`<details><summary>${says}: ${grouped(items.length)}</summary><ul class="names">${items.map(
        item => html`<li>${item}</li>`,
      )}</ul></details>`

/** A page that lies beside this one. */
export const toPage = (file: string, length: number, unit: string): Markup =>
  html`<p><a href="./${encodeURIComponent(file)}.html">step by step: ${counted(length, unit)}</a></p>`
