// A command as the notation lays it out: which words follow each other, and which fields each word holds. Most words hold
// one field; an address holds a page, whether it lies inside (`@1+`), where the system may choose (`null`) and what else
// it may reach (`kernel`); a word of flags holds all kinds that are flags. Derived from the command's row in
// `spec/interface.ts`, so that a command added there needs no change here.

import { type CommandShape, type FieldKind, segmentRecords, words } from '../../spec/interface.js'
import { type Form, forms, hasForm, isFlagKind } from './fields.js'
import { flagWord } from './flags.js'
import { type Line, type Reader, readAs, type Word } from './line.js'

/** Fields of one command by name, as far as they are known. */
export type Values = Map<string, number | string>

export interface Part {
  /** Reads a word into its fields. */
  read(line: Line, reader: Reader, values: Values): void
  /** The word, or null where none stands. */
  print(values: Values): string | null
  /** Sets the fields to what a line means that ends before this word; false where it may not end there. */
  assume(values: Values): boolean
}

/** The words after the command's own, in order. The subject is not among them. */
export function partsOf(shape: CommandShape, subject: boolean): readonly Part[] {
  const fields = Object.entries(shape.fields).slice(subject ? 1 : 0)
  const kinds = fields.map(([, kind]) => kind)
  const flags = fields.filter(([, kind]) => isFlagKind(kind))
  let addressed = false
  return fields.flatMap(([field, kind]): readonly Part[] => {
    if (kind === 'skew' || kind === 'reach' || kind === 'sequence' || kind === 'short') return []
    if (isFlagKind(kind)) return flags[0]?.[0] === field ? [flagWord(fields)] : []
    if (kind === 'segment') return [segmentWord(field)]
    if (kind === 'count' && kinds.includes('short')) return [bytesWord(field)]
    if (kind !== 'page') return [plainWord(field, kind)]
    if (addressed && kinds.includes('moving')) return [targetWord(field)]
    addressed = true
    return [addressWord(field, kinds)]
  })
}

/** What a line means that does not say. The system chooses a priority; a segment is its owner's alone. */
const assumed: { readonly [K in FieldKind]?: number } = { mode: 0o600, priority: -1 }

function plainWord(field: string, kind: FieldKind): Part {
  if (!hasForm(kind)) throw new TypeError(`a field of kind ${kind} cannot stand alone`)
  const form: Form<number | string> = forms[kind]
  const usual = assumed[kind]
  return {
    read: (_line, reader, values) => values.set(field, reader.value(form)),
    print: values => form.print(values.get(field) ?? 0),
    assume: values => usual !== undefined && Boolean(values.set(field, usual)),
  }
}

/** `s0`, and `s0.1` for the second segment that uses the record. */
export const segmentForm: Form<number> = {
  noun: 'a segment',
  expected: ['s0 to s4095, s0.1 for the second segment of a record'],
  read: word => {
    const [record, sequence, ...more] = word.split('.')
    const at = forms.segment.read(record ?? '')
    const times = sequence === undefined ? 0 : forms.sequence.read(sequence)
    return at === null || times === null || more.length > 0 ? null : at + times * segmentRecords
  },
  suggest: word => forms.segment.suggest(word),
  print: value => {
    const times = Math.floor(Number(value) / segmentRecords)
    return forms.segment.print(Number(value) % segmentRecords) + (times === 0 ? '' : `.${times}`)
  },
}

function segmentWord(field: string): Part {
  return {
    read: (_line, reader, values) => {
      const id = reader.value(segmentForm)
      values.set(field, id % segmentRecords).set('sequence', Math.floor(id / segmentRecords))
    },
    print: values => segmentForm.print(Number(values.get(field)) + Number(values.get('sequence')) * segmentRecords),
    assume: () => false,
  }
}

/** Pages, and by how many bytes the last one is cut short: `1-100b`. */
function bytesWord(field: string): Part {
  return {
    read: (line, reader, values) => {
      const word = reader.word(forms.count.noun, forms.count.expected)
      const [count = '', cut] = /^(.*)-(.*)b$/.exec(word.text)?.slice(1) ?? [word.text]
      values.set(field, readAs(line, { text: count, column: word.column }, forms.count))
      const column = word.column + count.length + 1
      values.set('short', cut === undefined ? 0 : readAs(line, { text: cut, column }, forms.short))
    },
    print: values => `${values.get(field)}${values.get('short') === 0 ? '' : `-${values.get('short')}b`}`,
    assume: () => false,
  }
}

/** Where a mapping is moved to: written only where the flags say that it goes to a given place. */
function targetWord(field: string): Part {
  const wanted = (values: Values) => `${values.get('moving')}`.split('|').includes('fixed')
  return {
    read: (_line, reader, values) => values.set(field, wanted(values) ? reader.value(forms.page) : 0),
    print: values => (wanted(values) ? forms.page.print(values.get(field) ?? 0) : null),
    assume: values => !wanted(values) && Boolean(values.set(field, 0)),
  }
}

const anywhere = 'null'

function addressWord(field: string, kinds: readonly FieldKind[]): Part {
  const form = addressForm(kinds)
  const far = kinds.includes('reach') ? words.reach.slice(1) : []
  return {
    read: (line, reader, values) => {
      const word = reader.word(form.noun, form.expected)
      const page = far.some(reach => reach === word.text) ? 0 : addressed(line, word, form, values)
      if (kinds.includes('reach')) values.set('reach', far.find(reach => reach === word.text) ?? words.reach[0])
      if (kinds.includes('skew')) values.set('skew', word.text.includes('+') ? 'unaligned' : 'aligned')
      values.set(field, page)
    },
    print: values => {
      const reach = far.find(one => one === values.get('reach'))
      if (reach !== undefined) return reach
      if (values.get('placement') === 'anywhere') return anywhere
      return forms.page.print(values.get(field) ?? 0) + (values.get('skew') === 'unaligned' ? '+' : '')
    },
    assume: () => false,
  }
}

/** The page of an address; where the system chooses, the placement is known before its flags are read. */
function addressed(line: Line, word: Word, form: Form<number>, values: Values): number {
  const page = readAs(line, word, form)
  if (word.text === anywhere) values.set('placement', 'anywhere')
  return page
}

function addressForm(kinds: readonly FieldKind[]): Form<number> {
  const inside = kinds.includes('skew')
  const open = kinds.includes('placement')
  const more = [...(open ? [anywhere] : []), ...(kinds.includes('reach') ? words.reach.slice(1) : [])]
  return {
    ...forms.page,
    expected: [...forms.page.expected, ...more],
    read: word => {
      if (open && word === anywhere) return 0
      return forms.page.read(inside ? word.replace(/\+(?:[1-9][0-9]{0,3})?$/, '') : word)
    },
  }
}
