// A page as one file: its style and its script inside, nothing from anywhere else. The content-security policy forbids
// what the page does not have, so that a string that escaped its place could still load nothing and run nothing.

import { createHash } from 'node:crypto'
import { html, Markup } from './markup.js'
import { style } from './style.js'

interface Page {
  readonly title: string
  readonly body: Markup
  /** A function that needs nothing but the page. */
  readonly script: (() => void) | null
  /** How it looks beside what all pages have. */
  readonly more?: string
}

/** The whole document. `script` runs by the hash of its text only. */
export function page({ title, body, script, more = '' }: Page): string {
  const look = style + more
  const code = script === null ? '' : `(${script.toString()})()`
  const allowed = [
    "default-src 'none'",
    `style-src '${hashOf(look)}'`,
    ...(code === '' ? [] : [`script-src '${hashOf(code)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${allowed.join('; ')}">
<style>${new Markup(look)}</style></head>
<body>${body}
${code === '' ? null : new Markup(`<script>${code}</script>`)}</body></html>
`.toString()
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
