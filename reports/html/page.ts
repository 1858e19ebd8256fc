// A page as one file: its style and its script inside, nothing from anywhere else. The content-security policy forbids
// what the page does not have, so that a string that escaped its place could still load nothing and run nothing.

import { createHash } from 'node:crypto'
import { data, html, Markup } from './markup.js'
import { style } from './style.js'

interface Page {
  readonly title: string
  readonly body: Markup
  /** Functions that need nothing but the page; none where it only is read. */
  readonly script: (() => void) | readonly (() => void)[] | null
  /** What they read, as the element `data`. */
  readonly data?: unknown
  /** How it looks beside what all pages have. */
  readonly more?: string
  /** Whether it may ask the server that it comes from. */
  readonly connects?: boolean
}

/** The whole document. `script` runs by the hash of its text only. */
export function page({ title, body, script, data: given, more = '', connects = false }: Page): string {
  const look = style + more
  const code = [script ?? []]
    .flat()
    .map(run => `(${run.toString()})();`)
    .join('\n')
  const allowed = [
    "default-src 'none'",
    `style-src '${hashOf(look)}'`,
    ...(code === '' ? [] : [`script-src '${hashOf(code)}'`]),
    ...(connects ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${allowed.join('; ')}">
<style>${new Markup(look)}</style></head>
<body>${body}
${given === undefined ? null : html`<script type="application/json" id="data">${data(given)}</script>`}
${code === '' ? null : new Markup(`<script>${code}</script>`)}</body></html>
`.toString()
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
