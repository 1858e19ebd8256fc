// Checks and normalises the answer that a line expects. Only answers that can come are let through: otherwise a misspelt
// answer is reported as wrong behaviour, and looked for in the wrong place. The result is text in the form
// of `printOutcome` and `answer`, so that whoever runs a scenario compares strings.

import { match } from 'ts-pattern'
import { type AnswerKind, type CommandShape, protections } from '../../spec/interface.js'
import { entryKinds, letters, noRegions, outside } from './answer.js'
import { quote } from './error.js'
import { byteRead, type Form, forms, mappingCount } from './fields.js'
import { type Line, readAs, refuse, type Word } from './line.js'
import { nearest } from './nearest.js'
import { killed, printErrno, printFault } from './print.js'
import type { Query } from './scenario.js'

/** The answer expected of a command. It must be one that the command's shape lists. */
export function commandAnswer(line: Line, words: readonly Word[], shape: CommandShape): string {
  const failures = [...shape.errors.map(printErrno), ...shape.faults.map(printFault), killed]
  const success = successes[shape.answer]
  const text = join(words)
  if (failures.includes(text)) return text
  return success.read(line, words) ?? refuseAnswer(line, words, shape.word, [success.says, ...failures])
}

interface Success {
  readonly says: string
  read(line: Line, words: readonly Word[]): string | null
}

const successes: { readonly [K in AnswerKind]: Success } = {
  nothing: { says: 'ok', read: (_line, words) => (join(words) === 'ok' ? 'ok' : null) },
  page: {
    says: 'ok @PAGE',
    read: (line, [ok, page, more]) =>
      ok?.text !== 'ok' || page === undefined || more !== undefined
        ? null
        : `ok ${forms.page.print(readAs(line, page, forms.page))}`,
  },
  byte: { says: 'v:BYTE', read: (line, words) => prefixed(line, words, 'v:', byteRead) },
}

/** The answer expected of a question. */
export function queryAnswer(line: Line, words: readonly Word[], query: Query): string {
  const oneOf = (...possible: string[]) => {
    const text = join(words)
    return possible.includes(text) ? text : refuseAnswer(line, words, query.name, possible)
  }
  if (query.name !== 'vmas' && join(words) === outside) return outside
  return match(query)
    .with({ name: 'vmas' }, () => regions(line, words))
    .with({ name: 'state' }, () => oneOf(...entryKinds.map(kind => `st:${kind}`), outside))
    .with({ name: 'states' }, ({ first, last }) => states(line, words, last - first + 1))
    .with({ name: 'same' }, () => oneOf('yes', 'no', outside))
    .with({ name: 'count' }, () => prefixed(line, words, 'n:', mappingCount) ?? oneOf('n:COUNT', outside))
    .exhaustive()
}

/** The runs are text to compare; only their form is checked. `a,b`, `a ,b` and `a, b` are the same list. */
function regions(line: Line, words: readonly Word[]): string {
  const runs = join(words).split(/ ?, ?/)
  const run = new RegExp(`^@[0-9]+(?:-[0-9]+)? (?:${protections.join('|')}) anon$`)
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
