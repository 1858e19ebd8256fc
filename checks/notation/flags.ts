// The word of a command that holds its flags, joined by bars in any order: `private|anon|fixed|populate`. Each kind of
// flags takes those that are its own; what is left over, missing, given twice or in conflict is refused at its place.

import type { FieldKind } from '../../spec/interface.js'
import { quote } from './error.js'
import { type FlagKind, flagForms, isFlagKind, segmentPlacement } from './fields.js'
import { type Line, type Reader, refuse, type Word } from './line.js'
import { nearest } from './nearest.js'
import type { Part, Values } from './parts.js'
import { laterFlags } from './words.js'

/** The field of a kind, and its values with the flags that say each. */
interface Choice {
  readonly field: string
  readonly kind: FlagKind
  readonly values: readonly (readonly [value: string, flags: readonly string[]])[]
}

/** What is written where a command that could have flags has none, and words follow. */
const noFlags = 'none'

export function flagWord(fields: readonly (readonly [string, FieldKind])[]): Part {
  const choices = fields.flatMap(([field, kind]) => (isFlagKind(kind) ? [choiceOf(field, kind, fields)] : []))
  const known = [...new Set(choices.flatMap(({ values }) => values.flatMap(([, flags]) => flags)))]
  const take = (line: Line, word: Word, values: Values) => {
    const given = flagsIn(line, word, known)
    for (const choice of choices) values.set(choice.field, chosen(line, word, choice, given, values))
  }
  return {
    read: (line, reader: Reader, values) => take(line, reader.word('a list of flags', known), values),
    print: values => {
      const flags = choices.flatMap(choice => spelt(choice, values))
      return flags.length === 0 ? noFlags : flags.join('|')
    },
    assume: values => {
      const meant = choices.map(choice => meaning(choice, [], values))
      if (meant.includes(undefined)) return false
      for (const [at, { field }] of choices.entries()) values.set(field, meant[at] ?? '')
      return true
    },
  }
}

function choiceOf(field: string, kind: FlagKind, fields: readonly (readonly [string, FieldKind])[]): Choice {
  const segment = kind === 'placement' && fields.some(([, other]) => other === 'segment')
  return { field, kind, values: Object.entries(segment ? segmentPlacement : flagForms[kind]) }
}

const spelt = ({ field, values }: Choice, given: Values): readonly string[] =>
  values.find(([value]) => value === given.get(field))?.[1] ?? []

/** The value that exactly these flags say; where the address was `null`, the placement is known already. */
function meaning({ kind, field, values }: Choice, given: readonly string[], known: Values): string | undefined {
  const anywhere = kind === 'placement' && known.get(field) === 'anywhere'
  const open = values.filter(([value]) => kind !== 'placement' || (value === 'anywhere') === anywhere)
  return open.find(([, flags]) => flags.length === given.length && flags.every(flag => given.includes(flag)))?.[0]
}

function chosen(line: Line, word: Word, choice: Choice, given: readonly string[], known: Values): string {
  const own = given.filter(flag => choice.values.some(([, flags]) => flags.includes(flag)))
  const value = meaning(choice, own, known)
  if (value !== undefined) return value
  const expected = choice.values.filter(([, flags]) => flags.length > 0).map(([, flags]) => flags.join('|'))
  if (own.length === 0) return refuse(line, word.column, `${expected.join(' or ')} is missing`, { expected })
  if (known.get(choice.field) === 'anywhere') {
    return refuse(line, word.column, `${own.join('|')} needs an address, not null`, {})
  }
  const says = own.length === 1 ? 'does not stand alone' : 'do not go together'
  return refuse(line, word.column, `${own.join('|')} ${says}`, { expected })
}

/** The flags of a word, each known and given once. */
function flagsIn(line: Line, word: Word, known: readonly string[]): readonly string[] {
  if (word.text === noFlags && !known.includes(noFlags)) return []
  const seen: string[] = []
  let column = word.column
  for (const flag of word.text.split('|')) {
    if (!known.includes(flag)) {
      if (laterFlags.has(flag)) refuse(line, column, `${quote(flag)} is not in this version`, { expected: known })
      refuse(line, column, `${quote(flag)} is not a flag`, { expected: known, nearest: nearest(flag, known) })
    }
    if (seen.includes(flag)) refuse(line, column, `${quote(flag)} is given twice`)
    seen.push(flag)
    column += flag.length + 1
  }
  return seen
}
