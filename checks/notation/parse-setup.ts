// From the words after `with` to settings: `processes=2 tables=separate`. Names and values are not judged here, only their
// form: which bounds and switches exist is for whoever opens the scenario, who gets the place of each name and value.

import { quote } from './error.js'
import { numbered } from './fields.js'
import { type Line, readAs, refuse, type Word } from './line.js'
import type { Setting, Setup } from './scenario.js'

const number = numbered('a number', '', 2 ** 31 - 1)
const shape = 'NAME=VALUE such as frames=4 or tables=separate'

export function parseSetup(line: Line): Setup {
  if (line.answer !== null) refuse(line, line.stepEnd, 'the settings have no answer')
  const words = line.step.slice(1)
  if (words.length === 0) refuse(line, line.stepEnd, 'a setting is missing', { expected: [shape] })
  const settings = new Map<string, Setting>()
  for (const word of words) {
    const [name, setting] = parseSetting(line, word)
    if (settings.has(name)) refuse(line, word.column, `${quote(name)} is set twice`)
    settings.set(name, setting)
  }
  return Object.fromEntries(settings)
}

function parseSetting(line: Line, { text, column }: Word): [string, Setting] {
  const equals = text.indexOf('=')
  if (equals < 0) refuse(line, column, `${quote(text)} is not a setting`, { expected: [shape] })
  const name = text.slice(0, equals)
  if (!isWord(name)) refuse(line, column, `${quote(name)} is not a name`, { expected: [shape] })
  const written = { text: text.slice(equals + 1), column: column + equals + 1 }
  return [name, { line: line.number, column, value: valueFrom(line, written), valueColumn: written.column }]
}

function valueFrom(line: Line, word: Word): number | string {
  return isWord(word.text) ? word.text : readAs(line, word, number)
}

function isWord(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(text)
}
