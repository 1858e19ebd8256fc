// The one way in which a text can be refused: an error that says where, what was found, what was expected instead,
// and the word that was probably meant. The parts are fields, so that an editor or a CI annotation needs no parsing.
// Consumers throw it too, for what only they can judge (an unknown setting, a process beyond the bounds).

export interface Problem {
  readonly file: string | null
  readonly line: number
  readonly column: number
  /** What is wrong, as a sentence without its full stop. */
  readonly says: string
  /** What would have been right; nothing where no list helps. */
  readonly expected?: readonly string[]
  /** The valid word that was probably meant. */
  readonly nearest?: string | null
}

export class NotationError extends Error {
  override readonly name = 'NotationError'
  readonly file: string | null
  readonly line: number
  readonly column: number
  readonly expected: readonly string[]
  readonly nearest: string | null

  constructor(problem: Problem) {
    super(message(problem))
    this.file = problem.file
    this.line = problem.line
    this.column = problem.column
    this.expected = problem.expected ?? []
    this.nearest = problem.nearest ?? null
  }
}

/** Where a message stops repeating what it found: one word can be as long as a file. */
const longestQuote = 40

/** Quotes a word found in a text. What a terminal would not print as itself is escaped: a message stays one plain line. */
export function quote(word: string): string {
  const shown = JSON.stringify(word.length > longestQuote ? `${word.slice(0, longestQuote)}…` : word)
  return shown.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, character => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

function message({ file, line, column, says, expected = [], nearest = null }: Problem): string {
  const place = file === null ? `${line}:${column}` : `${file}:${line}:${column}`
  const list = expected.join(', ')
  const wanted = expected.length === 0 ? '' : expected.length === 1 ? `; expected ${list}` : `; expected one of ${list}`
  const hint = nearest === null ? '' : `; did you mean ${quote(nearest)}?`
  return `${place}: ${says}${wanted}${hint}`
}
