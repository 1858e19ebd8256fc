// HTML as values: a tagged template that escapes whatever is put into it, unless it is markup already. There is no other
// way into a page, so a string from a scope, a scenario or an outside program cannot become an element.

import { oneLine } from '../text.js'

/** Text that is safe to stand in a page. Only this file makes it. */
export class Markup {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

type Part = string | number | Markup | null | readonly Part[]

/** Markup from a template: what is put in is escaped, lists are joined, null is nothing. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(texts.map((text, i) => text + (i < parts.length ? shown(parts[i]) : '')).join(''))

function shown(part: Part): string {
  if (part === null) return ''
  if (part instanceof Markup) return part.toString()
  if (typeof part === 'object') return part.map(shown).join('')
  return escaped(oneLine(String(part)))
}

const entities: { readonly [mark: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}
const escaped = (text: string): string => text.replace(/[&<>"'`]/g, mark => entities[mark])

/** Text of several lines as it stands, for `<pre>`: line ends are kept, other control characters are written out. */
export const lines = (text: string): Markup =>
  new Markup(
    text
      .split('\n')
      .map(line => escaped(oneLine(line)))
      .join('\n'),
  )

/** A value as JSON that can stand inside a `<script>`: nothing in it can end the element, or draw outside its place. */
export const data = (value: unknown): Markup =>
  new Markup(
    JSON.stringify(value).replace(/[<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, mark => mark.split('').map(unit).join('')),
  )

const unit = (half: string): string => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`
