// How one field of a command is written and read, by kind: `P0`, `@7`, `2`, `rw`, and the flags that stand together in one
// word, `private|anon|fixed`. Both directions stand side by side, and a kind added to `spec/interface.ts` does not
// compile until it has a row here. Numbers are plain decimal: no sign, no leading zero (C would read octal), no exponent,
// and at most 2^31-1, so that they stay exact on every side; only modes are octal, as everybody writes them.

import { type FieldKind, type FieldValue, type NumberKind, type WordKind, words } from '../../spec/interface.js'
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
const largestMode = 0o777
const largestPriority = 32767
const largestSegment = 4095

const numberForms = {
  process: numbered('a process', 'P', largest),
  page: numbered('a page', '@', largest),
  count: numbered('a count', '', largest),
  byte: numbered('a byte', '', largestByte),
  frame: numbered('a frame', 'F', largest),
  area: numbered('a swap area', 'A', largest),
  priority: numbered('a priority', '', largestPriority),
  user: numbered('a user', '', largest),
  key: numbered('a key', '', largest),
  mode: octal('a mode', largestMode),
  segment: numbered('a segment', 's', largestSegment),
  sequence: numbered('a sequence', '', largest),
  short: numbered('a number of bytes', '', 4095),
} as const satisfies { readonly [K in NumberKind]: Form<number> }

/** Kinds whose word stands for itself, and cannot be left out. */
const wordForms = {
  request: request(),
  capability: oneOf('a capability', words.capability),
  resource: oneOf('a resource', words.resource),
} as const satisfies { readonly [K in WordKind]?: Form<string> }

/** Kinds whose words are flags, each with the flags that say it; several kinds share one word of a line. */
export type FlagKind = Exclude<WordKind, keyof typeof wordForms | 'skew' | 'reach'>
type Spelling<K extends WordKind> = { readonly [V in FieldValue<K>]: readonly string[] }

export const flagForms = {
  sharing: { private: ['private'], shared: ['shared'] },
  backing: { anon: ['anon'], file: ['file'] },
  // Of two that are written alike, the address tells which is meant: `null` is anywhere.
  placement: { fixed: ['fixed'], noreplace: ['noreplace'], hint: [], anywhere: [] },
  filling: { lazy: [], populate: ['populate'], locked: ['locked'] },
  growth: { steady: [], growsdown: ['growsdown'] },
  reserve: { reserve: [], noreserve: ['noreserve'] },
  moving: apart(words.moving),
  creation: apart(words.creation),
  attaching: apart(words.attaching),
  replacing: { keep: [], remap: ['remap'] },
  lockFlag: { now: [], onfault: ['onfault'], unknown: ['unknown'] },
  lockAll: { ...apart(words.lockAll), none: ['none'] },
} as const satisfies { readonly [K in FlagKind]: Spelling<K> }

/** A segment goes to an address unless it is told to round it down, as System V has it. */
export const segmentPlacement: Spelling<'placement'> = {
  fixed: [],
  noreplace: ['noreplace'],
  hint: ['rnd'],
  anywhere: [],
}

export const forms = { ...numberForms, ...wordForms }

export type FormKind = keyof typeof forms
export const isFlagKind = (kind: FieldKind): kind is FlagKind => Object.hasOwn(flagForms, kind)
export const hasForm = (kind: FieldKind): kind is FormKind => Object.hasOwn(forms, kind)

/** The second end of a range, `4` in `@0-4`. */
export const lastPage = numbered('the last page of a range', '', largest)

/** The one spelling of a range of pages: both ends belong to it, and a page alone has no dash. */
export function printRange(first: number, last: number): string {
  return first === last ? forms.page.print(first) : `${forms.page.print(first)}-${last}`
}

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

/** Octal digits, at most as many as the limit has. */
export function octal(noun: string, limit: number): Form<number> {
  return {
    noun,
    expected: [`0 to ${limit.toString(8)}, in octal digits`],
    read: word => (/^(?:0|[1-7][0-7]{0,2})$/.test(word) ? Number.parseInt(word, 8) : null),
    suggest: word => (/^0[0-7]{3}$/.test(word) ? word.slice(1) : null),
    print: value => Number(value).toString(8),
  }
}

/** Recorded rows of a live kernel write `n` for `none`; it is read, and never printed. */
function request(): Form<FieldValue<'request'>> {
  const plain = oneOf('a protection', words.request)
  return { ...plain, read: word => (word === 'n' ? 'none' : plain.read(word)) }
}

export function oneOf<V extends string>(noun: string, values: readonly V[]): Form<V> {
  return {
    noun,
    expected: values,
    read: word => values.find(value => value === word) ?? null,
    suggest: word => nearest(word, values),
    print: value => `${value}`,
  }
}

/** Words that are flags joined by bars already; `none` is no flag at all. */
function apart<V extends string>(values: readonly V[]): Record<V, readonly string[]> {
  const rows = values.map(value => [value, value === 'none' ? [] : value.split('|')] as const)
  // Made of these very values, which the type of an object made of pairs cannot say.
  return Object.fromEntries(rows) as Record<string, readonly string[]> as Record<V, readonly string[]>
}
