// From the words of a line to a command, driven by the table of commands: the subject, the word, then the other words as
// `parts.ts` lays them out. The table is an argument, because the promise is that a command added to
// `spec/interface.ts` needs no change here, and the tests keep it by growing the table.

import type { CommandShape } from '../../spec/interface.js'
import { quote } from './error.js'
import { forms } from './fields.js'
import { type Line, Reader, readAs, refuse, type Word } from './line.js'
import { nearest } from './nearest.js'
import { partsOf, type Values } from './parts.js'
import { hasSubject, laterCommands, type Vocabulary } from './words.js'

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
  if (find(table, word.text, true) === undefined && find(table, word.text, false) !== undefined) {
    refuse(line, word.column, `${quote(word.text)} is for no process`, { expected: [word.text] })
  }
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

/** Reads the words after the command's own. Those at the end may be left out where they would say what is usual. */
function fill(line: Line, reader: Reader, [name, shape]: Entry, given: readonly number[]): Filled {
  const [first] = Object.keys(shape.fields)
  const values: Values = new Map(first === undefined ? [] : given.map(subject => [first, subject] as const))
  for (const part of partsOf(shape, given.length > 0)) {
    if (reader.more || !part.assume(values)) part.read(line, reader, values)
  }
  reader.end()
  return { ...Object.fromEntries(values), name }
}
