// How text is measured, padded and broken into lines. Every screen goes through here, so that colour never moves a
// column and no line passes the width. Width counts code points without escape sequences; characters that take two
// cells count as one, because nothing in the notation needs them.

import { stripVTControlCharacters } from 'node:util'

export const visibleWidth = (text: string) => [...stripVTControlCharacters(text)].length

export const padEnd = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - visibleWidth(text)))
export const padStart = (text: string, width: number) => ' '.repeat(Math.max(0, width - visibleWidth(text))) + text

/** Thousands apart by a plain space: `1 234 567`. A comma or a point would read as a fraction somewhere. */
export const grouped = (count: number | string) =>
  String(count).replace(/^\d+$/, digits => digits.replace(/\B(?=(\d{3})+$)/g, ' '))

/** `1 state`, `2 states`. */
export const counted = (count: number, noun: string) => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`

/**
 * One line, whatever it holds. Names and contents come from files, and a newline, an escape sequence or a mark that
 * turns the direction of writing must not draw on a reader's screen: each is written out as `\u{1b}`.
 */
export const oneLine = (text: string) =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, mark => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`)

/** `oneLine` for every string of a value, done once at the door so that no screen can forget it. */
export function withPlainText<V extends object>(value: V): V {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === 'string' ? oneLine(part) : part))
}

export interface Flow {
  /** What the first line starts with; the others are indented as far. */
  readonly lead: string
  readonly separator: string
  readonly width: number
}

/** Fills lines with parts. A line breaks between parts, and inside one only where it is too long for a line of its own. */
export function flow(parts: readonly string[], { lead, separator, width }: Flow): readonly string[] {
  const indent = ' '.repeat(visibleWidth(lead))
  const lines: string[] = []
  let line = lead
  let bare = true
  for (const piece of parts.flatMap(part => broken(part, width - indent.length))) {
    if (!bare && visibleWidth(line + separator + piece) > width) {
      lines.push(line.trimEnd())
      line = indent
      bare = true
    }
    line += bare ? piece : separator + piece
    bare = false
  }
  return [...lines, line.trimEnd()]
}

/** A part in pieces of at most `width`, broken between words; a longer word stays whole, so that it can be copied. */
function broken(part: string, width: number): readonly string[] {
  if (visibleWidth(part) <= width) return [part]
  const pieces: string[] = []
  let piece = ''
  for (const word of part.split(' ')) {
    const longer = piece === '' ? word : `${piece} ${word}`
    if (piece !== '' && visibleWidth(longer) > width) pieces.push(piece)
    piece = piece !== '' && visibleWidth(longer) > width ? word : longer
  }
  return [...pieces, piece]
}
