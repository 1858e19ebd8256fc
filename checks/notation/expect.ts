// Checks and normalises the answer that a line expects. Only answers that can come are let through: otherwise a misspelt
// answer is reported as wrong behaviour, and looked for in the wrong place. The result is text in the form
// of `printOutcome` and `answer`, so that whoever runs a scenario compares strings.

import { match } from 'ts-pattern'
import { type CommandShape, protections } from '../../spec/interface.js'
import { entryKinds, letters, noRegions, outside } from './answer.js'
import { quote } from './error.js'
import { type Form, numbered } from './fields.js'
import { type Line, readAs, refuse, type Word } from './line.js'
import { nearest } from './nearest.js'
import { successes } from './outcomes.js'
import { killed, printErrno, printFailure, printFault } from './print.js'
import type { Query } from './scenario.js'

/** The answer expected of a command. It must be one that the command's shape lists. */
export function commandAnswer(line: Line, words: readonly Word[], shape: CommandShape): string {
  const errors = [...shape.errors.map(printErrno), ...shape.errors.map(printFailure)]
  const failures = [...errors, ...shape.faults.map(printFault), killed]
  const text = join(words)
  if (failures.includes(text)) return text
  const { says } = successes[shape.answer]
  return success(line, words, shape) ?? refuseAnswer(line, words, shape.word, [says, ...failures])
}

/** The answer of a command that succeeds, or null where it does not look like one. */
function success(line: Line, words: readonly Word[], { answer }: CommandShape): string | null {
  const { after, form } = successes[answer]
  const [value, more] = words.slice(after.length)
  if (!after.every((word, at) => words[at]?.text === word) || more !== undefined) return null
  if (form === null || value === undefined) return form === null && value === undefined ? after.join(' ') : null
  // Without a word before it, the value's own prefix tells it from other answers.
  if (after.length === 0 && !value.text.startsWith(prefixOf(form.print(0)))) return null
  return [...after, form.print(readAs(line, value, form))].join(' ')
}

const prefixOf = (text: string): string => text.slice(0, text.indexOf(':') + 1)

const mappingCount = numbered('a number of mappings', 'n:', 2 ** 31 - 1)
const pageCount = numbered('a number of pages', 'n:', 2 ** 31 - 1)

/** The answer expected of a question. */
export function queryAnswer(line: Line, words: readonly Word[], query: Query): string {
  const oneOf = (...possible: string[]) => {
    const text = join(words)
    return possible.includes(text) ? text : refuseAnswer(line, words, query.name, possible)
  }
  if (query.name !== 'vmas' && query.name !== 'locked' && join(words) === outside) return outside
  return match(query)
    .with({ name: 'vmas' }, () => regions(line, words))
    .with({ name: 'state' }, () => oneOf(...entryKinds.map(kind => `st:${kind}`), outside))
    .with({ name: 'states' }, ({ first, last }) => states(line, words, last - first + 1))
    .with({ name: 'same' }, () => oneOf('yes', 'no', outside))
    .with({ name: 'count' }, () => prefixed(line, words, 'n:', mappingCount) ?? oneOf('n:COUNT', outside))
    .with({ name: 'flag' }, () => oneOf('yes', 'no', outside))
    .with({ name: 'smap' }, () => prefixed(line, words, 'n:', pageCount) ?? oneOf('n:COUNT', outside))
    .with({ name: 'locked' }, () => prefixed(line, words, 'n:', pageCount) ?? oneOf('n:COUNT'))
    .exhaustive()
}

/** The runs are text to compare; only their form is checked. `a,b`, `a ,b` and `a, b` are the same list. */
function regions(line: Line, words: readonly Word[]): string {
  const runs = join(words).split(/ ?, ?/)
  const what = '(?:anon|sh?[0-9]+\\+[0-9]+)(?: locked| onfault)?(?: grows)?'
  const run = new RegExp(`^@[0-9]+(?:-[0-9]+)? (?:${protections.join('|')}|guard) ${what}$`)
  if (runs.every(text => run.test(text)) || join(words) === noRegions) return runs.join(', ')
  return refuseAnswer(line, words, 'vmas', ['runs such as "@0-1 rw anon, @3 r anon"', noRegions])
}

function states(line: Line, words: readonly Word[], pages: number): string {
  const text = join(words)
  const known: readonly string[] = Object.values(letters)
  const strange = [...text].some(letter => !known.includes(letter))
  if (strange || text === '') return refuseAnswer(line, words, 'states', [...known, outside])
  if (text.length === pages) return text
  const expected = [`a word of length ${pages}`]
  return refuse(line, line.answerColumn, `${quote(text)} does not have one letter for each page`, { expected })
}

/** A number after its prefix, or null where the answer is none such at all. */
function prefixed(line: Line, words: readonly Word[], prefix: string, form: Form<number>): string | null {
  const [word, more] = words
  if (word === undefined || more !== undefined || !word.text.startsWith(prefix)) return null
  return form.print(readAs(line, word, form))
}

function join(words: readonly { readonly text: string }[]): string {
  return words.map(word => word.text).join(' ')
}

function refuseAnswer(line: Line, words: readonly Word[], asked: string, expected: readonly string[]): never {
  if (words.length === 0) return refuse(line, line.answerColumn, 'an answer is missing', { expected })
  const text = join(words)
  const wanted = { expected, nearest: nearest(text, expected) }
  return refuse(line, line.answerColumn, `${quote(text)} is not an answer to ${asked}`, wanted)
}
