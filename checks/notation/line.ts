// One line of the notation, cut into words that remember their columns, and the reader that walks over them.
// A comment runs from `#` to the end, an arrow `->` separates the step from its answer and needs no space around it.
// All failures of the parser start here, so that none can be without a place.

import { NotationError, quote } from './error.js'
import type { Form } from './fields.js'

export interface Word {
  readonly text: string
  readonly column: number
}

export interface Line {
  readonly file: string | null
  readonly number: number
  readonly step: readonly Word[]
  /** The words after the arrow, or null where there is no arrow. */
  readonly answer: readonly Word[] | null
  /** Where a word that is missing from the step would stand. */
  readonly stepEnd: number
  /** Where the answer begins, or would. */
  readonly answerColumn: number
}

/** Cuts a line. Any white space that Unicode knows separates words, as it looks the same to whoever wrote it. */
export function cut(file: string | null, number: number, text: string): Line {
  const [code = ''] = text.split('#', 1)
  const words = [...code.matchAll(/->|(?:(?!->)\S)+/g)].map(match => ({ text: match[0], column: match.index + 1 }))
  const arrow = words.findIndex(word => word.text === '->')
  const [step, answer] = arrow < 0 ? [words, null] : [words.slice(0, arrow), words.slice(arrow + 1)]
  return { file, number, step, answer, stepEnd: after(step), answerColumn: answer?.[0]?.column ?? after(words) }
}

function after(words: readonly Word[]): number {
  const last = words.at(-1)
  return last === undefined ? 1 : last.column + last.text.length
}

export interface Wanted {
  readonly expected?: readonly string[]
  readonly nearest?: string | null
}

export function refuse(line: Line, column: number, says: string, wanted: Wanted = {}): never {
  throw new NotationError({ file: line.file, line: line.number, column, says, ...wanted })
}

/** Reads words in order. Whatever is missing, wrong or left over is refused at its column. */
export class Reader {
  #next = 0
  readonly #line: Line
  readonly #words: readonly Word[]

  constructor(line: Line, words: readonly Word[] = line.step) {
    this.#line = line
    this.#words = words
  }

  /** The next word, whatever it is. */
  word(noun: string, expected: readonly string[]): Word {
    const word = this.#words[this.#next]
    if (word === undefined) return refuse(this.#line, this.#line.stepEnd, `${noun} is missing`, { expected })
    this.#next += 1
    return word
  }

  /** Whether any word is left. */
  get more(): boolean {
    return this.#next < this.#words.length
  }

  value<V extends number | string>(form: Form<V>): V {
    return readAs(this.#line, this.word(form.noun, form.expected), form)
  }

  end(): void {
    const extra = this.#words[this.#next]
    if (extra !== undefined) refuse(this.#line, extra.column, `${quote(extra.text)} is one word too many`)
  }
}

/** The value of a word that has to be of a given form. */
export function readAs<V extends number | string>(line: Line, word: Word, form: Form<V>): V {
  const value = form.read(word.text)
  if (value !== null) return value
  if (word.text === '') refuse(line, word.column, `${form.noun} is missing`, { expected: form.expected })
  const wanted = { expected: form.expected, nearest: form.suggest(word.text) }
  return refuse(line, word.column, `${quote(word.text)} is not ${form.noun}`, wanted)
}
