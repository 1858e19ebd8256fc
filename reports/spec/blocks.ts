// Blocks of text as markup. A heading begins a section of its own, so that a search can show what stands below it; what a
// rule is guarded by stands right behind its heading.

import { html, lines, type Markup } from '../html/markup.js'
import type { Block, Inline, SpecChapter } from './document.js'
import { guards } from './guards.js'
import { chapterId, hrefOf, type Place, toClaim } from './links.js'
import { example } from './walk.js'

export function chapterMarkup(place: Place, { name, title, blocks }: SpecChapter): Markup {
  const sections = sectionsOf(blocks)
  return html`<article>${sections.map((of, at) => section(place, name, title, of, at))}</article>`
}

/** Each heading with all that follows up to the next one. */
function sectionsOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const sections: Block[][] = []
  for (const block of blocks) {
    const last = sections.at(-1)
    if (block.is === 'heading' || last === undefined) sections.push([block])
    else last.push(block)
  }
  return sections
}

function section(place: Place, chapter: string, title: string, blocks: readonly Block[], at: number): Markup {
  const [first, ...rest] = blocks
  if (first?.is !== 'heading')
    return html`<section>${blocks.map(block => blockMarkup(place, block, chapter))}</section>`
  // The first heading is the chapter itself.
  const id = chapterId(chapter, at === 0 ? '' : first.anchor)
  const text = first.of.map(part => inlineMarkup(place, part))
  const link = html`<a class="self" href="#${id}" aria-label="link to this">#</a>`
  const heading = [html`<h1>${text}${link}</h1>`, html`<h2>${text}${link}</h2>`, html`<h3>${text}${link}</h3>`]
  return html`
<section id="${id}" data-find="${title}">${heading[Math.min(first.depth, 3) - 1] ?? null}${
    first.depth === 3 ? guards(place, `${chapter}.md#${first.anchor}`) : null
  }${rest.map((block, n) => blockMarkup(place, block, `${id}-${n}`))}</section>`
}

/** `name` tells pictures of one block from those of another. */
function blockMarkup(place: Place, block: Block, name: string): Markup {
  const inline = (of: readonly Inline[]) => of.map(part => inlineMarkup(place, part))
  switch (block.is) {
    case 'heading':
      return html`<h4>${inline(block.of)}</h4>`
    case 'paragraph':
      return html`<p>${inline(block.of)}</p>`
    case 'list': {
      const items = block.items.map((of, at) => html`<li>${item(place, of, `${name}-${at}`)}</li>`)
      return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`
    }
    case 'table':
      return html`<div class="wide"><table><thead><tr>${block.head.map(cell => html`<th>${inline(cell)}</th>`)}</tr></thead><tbody>${block.rows.map(
        row => html`<tr>${row.map(cell => html`<td>${inline(cell)}</td>`)}</tr>`,
      )}</tbody></table></div>`
    case 'code':
      return html`<pre>${lines(block.text)}</pre>`
    case 'example':
      return example(block.walk, name)
  }
}

/** An item that is one paragraph needs none. */
const item = (place: Place, of: readonly Block[], name: string): readonly Markup[] =>
  of.map((block, at) =>
    block.is === 'paragraph' && at === 0
      ? html`${block.of.map(part => inlineMarkup(place, part))}`
      : blockMarkup(place, block, `${name}-${at}`),
  )

export function inlineMarkup(place: Place, part: Inline): Markup {
  switch (part.is) {
    case 'text':
      return html`${part.text}`
    case 'code':
      return place.claims.has(part.text)
        ? html`<a href="${toClaim(place, part.text)}"><code>${part.text}</code></a>`
        : html`<code>${part.text}</code>`
    case 'strong':
      return html`<strong>${part.of.map(inner => inlineMarkup(place, inner))}</strong>`
    case 'em':
      return html`<em>${part.of.map(inner => inlineMarkup(place, inner))}</em>`
    case 'link': {
      const inner = part.of.map(one => inlineMarkup(place, one))
      const href = hrefOf(place, part.to)
      return href === null ? html`<span>${inner}</span>` : html`<a href="${href}" rel="noreferrer">${inner}</a>`
    }
  }
}
