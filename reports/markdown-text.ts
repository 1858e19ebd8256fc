// Strings of a result made safe for Markdown. Claim names, mutants and contents may hold anything; a pipe must not open
// a column, a backtick must not end a code span, and an angle bracket must not become a tag in somebody's browser.
// Everything that a report writes goes through `text` or `code`.

import { isFigure } from './list.js'
import { oneLine } from './text.js'

const entity = (mark: string) => `&#${mark.codePointAt(0)};`

/** Plain text. Entities, not backslashes: inside a table a backslash before a pipe is read in two ways. */
export const text = (raw: string) => oneLine(raw).replace(/[&<>|\\`*_~[\]#]/g, entity)

/**
 * A code span, which keeps `frames[1].references` readable in the source. A pipe is escaped as tables want it, so this is for
 * cells; what a span cannot hold in every reader (a backtick, a backslash, nothing at all) becomes a `<code>` element.
 */
export function code(raw: string): string {
  const line = oneLine(raw)
  const spanned = /^[^\s`\\]([^`\\]*[^\s`\\])?$/.test(line)
  return spanned ? `\`${line.replaceAll('|', '\\|')}\`` : `<code>${text(line)}</code>`
}

/** Outside of tables the backslash before a pipe would be shown. */
export const codeInText = (raw: string) => (raw.includes('|') ? `<code>${text(raw)}</code>` : code(raw))

/** Cells are Markdown already. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const rule = headers.map((_, i) => (rows.every(row => isFigure(row[i] ?? '')) ? '--:' : '---'))
  return [headers, rule, ...rows].map(cells => `| ${cells.join(' | ')} |`)
}

/** A line to copy. Fenced, because here a reader wants the bare characters. */
export const copied = (command: string) => ['```sh', oneLine(command), '```']
