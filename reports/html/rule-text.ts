// Rules of the specification as a page shows them to who does not have it at hand. Of Markdown only code, emphasis and links
// are known here; a link shows its words and leads nowhere, because the page stands alone.

import type { RuleText } from '../result.js'
import { html, type Markup } from './markup.js'

/** `frames.md#exclusive` as a reader looks for it. */
export const ruleName = (rule: string): string => `spec/${rule}`

/** The paragraphs of a rule, lists as lists. */
export function ruleMarkup({ says }: RuleText): Markup {
  return html`${says.map(text => {
    const [, sign, item] = /^(-|\d+\.) (.*)$/.exec(text) ?? []
    return item === undefined
      ? html`<p>${inline(text)}</p>`
      : html`<p class="item"><span>${sign === '-' ? '•' : sign}</span> <span>${inline(item)}</span></p>`
  })}`
}

const marked = /`([^`]+)`|\[([^\]]*)\]\([^)\s]*\)|\*\*([^*]+)\*\*|\*([^*]+)\*/g

/** What stands between marks, and what is marked: inside of links and emphasis marks are read again. */
export function inline(text: string): readonly Markup[] {
  const parts: Markup[] = []
  let from = 0
  for (const match of text.matchAll(marked)) {
    const [whole, code, link, strong, em] = match
    parts.push(html`${text.slice(from, match.index)}`)
    if (code !== undefined) parts.push(html`<code>${code}</code>`)
    else if (link !== undefined) parts.push(html`${inline(link)}`)
    else if (strong !== undefined) parts.push(html`<b>${inline(strong)}</b>`)
    else parts.push(html`<i>${inline(em)}</i>`)
    from = match.index + whole.length
  }
  parts.push(html`${text.slice(from)}`)
  return parts
}

/** The rules of a page, each once; those of a step are shown with it by the page's script. */
export const rulePanel = (rules: readonly RuleText[]): Markup | null =>
  rules.length === 0
    ? null
    : html`<details id="rules" open><summary>The rule that decides, from the specification</summary>${rules.map(
        rule =>
          html`<article data-rule="${rule.rule}"><h4>${rule.title} <code>${ruleName(rule.rule)}</code></h4>${ruleMarkup(rule)}</article>`,
      )}</details>`
