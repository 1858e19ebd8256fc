// A mutant of the implementation written by hand: what to replace in the compiled text, which must stand there exactly
// once, and the claim that must notice it.

import { type TextEdit, textOf } from '../compiled.js'

export interface WrittenText {
  readonly edit: TextEdit
  readonly kills: string
}
export interface Text {
  readonly kills: string
  readonly title: string
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** The compiled text has changed and a mutant no longer finds its place. */
export class LostMutant extends Error {
  override readonly name = 'LostMutant'
}

/** A mutant with the place of what it replaces. */
export function placed({ kills, title, file, find, replace }: Text): WrittenText {
  const text = textOf(file)
  const start = text.indexOf(find)
  if (start < 0 || text.includes(find, start + 1)) {
    throw new LostMutant(`mutant '${title}': '${find}' does not stand exactly once in ${file}`)
  }
  return { kills, edit: { title, file, start, end: start + find.length, replacement: replace } }
}
