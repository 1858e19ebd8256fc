// From the words of a line to a command, driven by the table of commands: the subject, the word, then the other fields in
// the table's order, then constant flags. The table is an argument, because the promise is that a command added to
// `spec/interface.ts` needs no change here, and the tests keep it by growing the table.

import type { CommandShape } from '../../spec/interface.js'
import { quote } from './error.js'
import { forms } from './fields.js'
import { type Line, Reader, readAs, refuse, type Word } from './line.js'
import { nearest } from './nearest.js'
import { flagsOf, hasSubject, laterCommands, laterFlags, type Vocabulary } from './words.js'

/** A command of any table: its name and its fields. */
export type Filled = { readonly name: string; readonly [field: string]: number | string }

export function parseCommand(line: Line, table: Vocabulary): Filled {
  const reader = new Reader(line)
  const words = Object.values(table).map(shape => shape.word)
  const first = reader.word('a command', words)
  const alone = find(table, first.text, false)
  if (alone !== undefined) return fill(line, reader, alone, [])
  if (words.includes(first.text)) {
    refuse(line, first.column, `${quote(first.text)} comes after its process`, { expected: [`P0 ${first.text}`] })
  }
  const subject = readAs(line, first, forms.process)
  const word = reader.word('a command', words)
  return fill(line, reader, find(table, word.text, true) ?? refuseCommand(line, word, words), [subject])
}

/** Does a line that begins with this word hold a command? A process that is written wrongly counts as one. */
export function beginsCommand(word: string, table: Vocabulary): boolean {
  return /^P|^p?[0-9]/.test(word) || Object.values(table).some(shape => shape.word === word)
}

type Entry = readonly [name: string, shape: CommandShape]

function find(table: Vocabulary, word: string, subject: boolean): Entry | undefined {
  return Object.entries(table).find(([, shape]) => shape.word === word && hasSubject(shape) === subject)
}

function refuseCommand(line: Line, word: Word, words: readonly string[]): never {
  if (laterCommands.has(word.text)) return refuse(line, word.column, `${quote(word.text)} is not in this version`)
  const wanted = { expected: words, nearest: nearest(word.text, words) }
  return refuse(line, word.column, `${quote(word.text)} is not a command`, wanted)
}

/** Reads the fields that are not given yet, and the flags. */
function fill(line: Line, reader: Reader, [name, shape]: Entry, given: readonly number[]): Filled {
  const fields = Object.entries(shape.fields)
  const values = fields.map(([field, kind], at) => [field, given[at] ?? reader.value<number | string>(forms[kind])])
  const flags = flagsOf(name)
  if (flags.length > 0) checkFlags(line, reader.word('a list of flags', [flags.join('|')]), flags)
  reader.end()
  return { ...Object.fromEntries(values), name }
}

/** Flags are joined by a bar, in any order, each of the given ones once. */
function checkFlags(line: Line, word: Word, given: readonly string[]): void {
  const seen = new Set<string>()
  let column = word.column
  for (const flag of word.text.split('|')) {
    if (laterFlags.has(flag)) refuse(line, column, `${quote(flag)} is not in this version`, { expected: given })
    if (!given.includes(flag)) {
      refuse(line, column, `${quote(flag)} is not a flag`, { expected: given, nearest: nearest(flag, given) })
    }
    if (seen.has(flag)) refuse(line, column, `${quote(flag)} is given twice`)
    seen.add(flag)
    column += flag.length + 1
  }
  const missing = given.filter(flag => !seen.has(flag))
  if (missing.length > 0) refuse(line, word.column, `${missing.join('|')} is missing`, { expected: [given.join('|')] })
}
