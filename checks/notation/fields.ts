// How one field of a command is written and read, by kind: `P0`, `@7`, `2`, `rw`. Both directions stand side by side, and
// a kind added to `spec/interface.ts` does not compile until it has a row here. Numbers are plain decimal: no sign, no
// leading zero (C would read octal), no exponent, and at most 2^31-1, so that they stay exact on every side.

import { type FieldKind, type Request, requests } from '../../spec/interface.js'
import { nearest } from './nearest.js'

export interface Form<V extends number | string> {
  /** With its article, for "… is not a page". */
  readonly noun: string
  readonly expected: readonly string[]
  /** The value that a word stands for, or null where it stands for none. */
  read(word: string): V | null
  /** The valid word that was probably meant by one that could not be read. */
  suggest(word: string): string | null
  print(value: number | string): string
}

const largest = 2 ** 31 - 1
const largestByte = 255

export const forms = {
  process: numbered('a process', 'P', largest),
  page: numbered('a page', '@', largest),
  count: numbered('a count', '', largest),
  request: protection(),
  byte: numbered('a byte', '', largestByte),
} as const satisfies { readonly [K in FieldKind]: Form<number | string> }

/** The second end of a range, `4` in `@0-4`. */
export const lastPage = numbered('the last page of a range', '', largest)

/** The one spelling of a range of pages: both ends belong to it, and a page alone has no dash. */
export function printRange(first: number, last: number): string {
  return first === last ? forms.page.print(first) : `${forms.page.print(first)}-${last}`
}

/** The answers that hold a number: the byte that was read, and how often a frame or slot is mapped. */
export const byteRead = numbered('a byte read', 'v:', largestByte)
export const mappingCount = numbered('a number of mappings', 'n:', largest)

/** A number after a prefix, from 0 to a limit. */
export function numbered(noun: string, prefix: string, limit: number): Form<number> {
  const decimal = /^(?:0|[1-9][0-9]*)$/
  const read = (word: string) => {
    const digits = word.slice(prefix.length)
    return word.startsWith(prefix) && decimal.test(digits) && Number(digits) <= limit ? Number(digits) : null
  }
  return {
    noun,
    expected: [`${prefix}0 to ${prefix}${limit}`],
    read,
    // A number with the prefix of another kind, or with none: `5` or `P5` where `@5` was meant.
    suggest: word => {
      const meant = prefix + word.replace(/^[A-Za-z@](?=[0-9])/, '')
      return read(meant) === null ? null : meant
    },
    print: value => `${prefix}${value}`,
  }
}

/** What a caller asks for. Recorded rows of a live kernel write `n`; it is read as `none`, and never printed. */
function protection(): Form<Request> {
  return {
    noun: 'a protection',
    expected: requests,
    read: word => (word === 'n' ? 'none' : (requests.find(request => request === word) ?? null)),
    suggest: word => nearest(word, requests),
    print: value => `${value}`,
  }
}
