// Values of the Informal Trace Format, from leaves as they read: `present(frame 1, rights rw)` is a variant, `7` a number,
// `{0, 2}` a set, `none` the empty option. A leaf must have one type in the whole trace, or readers that infer types stop:
// so all that leaves of one shape (`spaces[].pages[].entry`) ever hold decides together how each of them is written.

/** What the format can say, as JSON. */
export type ItfValue =
  | string
  | boolean
  | { readonly '#bigint': string }
  | { readonly '#set': readonly ItfValue[] }
  | { readonly '#map': readonly (readonly [ItfValue, ItfValue])[] }
  | { readonly '#tup': readonly ItfValue[] }
  | { readonly [field: string]: ItfValue }

/** Writes a leaf of one shape. */
export type Writer = (text: string) => ItfValue

export interface Leaf {
  readonly path: string
  readonly value: string
}

/** `spaces[0].pages[1].entry` is of the shape `spaces[].pages[].entry`. */
export const shapeOf = (path: string): string => path.replace(/\[\d+\]/g, '[]')

/** The writer of each shape, from everything that leaves of that shape hold. */
export function writersOf(leaves: Iterable<Leaf>): (path: string) => Writer {
  const held = new Map<string, Set<string>>()
  for (const { path, value } of leaves) {
    const shape = shapeOf(path)
    const texts = held.get(shape) ?? new Set()
    held.set(shape, texts.add(value))
  }
  const writers = new Map([...held].map(([shape, texts]) => [shape, writerOf(texts)]))
  return path => writers.get(shapeOf(path)) ?? word
}

const word: Writer = text => text
const nothing: ItfValue = { '#tup': [] }

/** An option, as Quint writes it. */
export const some = (value: ItfValue): ItfValue => ({ tag: 'Some', value })
export const none: ItfValue = { tag: 'None', value: nothing }
export const integer = (digits: string | number): ItfValue => ({ '#bigint': String(digits) })

const isInteger = (text: string): boolean => /^-?\d+$/.test(text)
const isBoolean = (text: string): boolean => text === 'true' || text === 'false'
const isSet = (text: string): boolean => text.startsWith('{') && text.endsWith('}')
const isVariant = (text: string): boolean => /^[^\s(){}]+\(.*\)$/s.test(text)

function writerOf(texts: ReadonlySet<string>): Writer {
  const given = [...texts].filter(text => text !== 'none')
  const inner = innerOf(given)
  return given.length === texts.size ? inner : text => (text === 'none' ? none : some(inner(text)))
}

function innerOf(texts: readonly string[]): Writer {
  if (texts.some(isVariant)) return variant
  if (texts.length === 0) return word
  if (texts.every(isInteger)) return integer
  if (texts.every(isBoolean)) return text => text === 'true'
  if (texts.every(isSet)) return set
  return word
}

/** A part of a set or a variant, where no other value of its kind is at hand. */
const part: Writer = text => (isSet(text) ? set(text) : innerOf([text])(text))

const set: Writer = text => ({ '#set': split(text.slice(1, -1)).map(part) })

/** `present(frame 1, rights rw)`, and the plain words of the same union. */
function variant(text: string): ItfValue {
  if (!isVariant(text)) return { tag: text, value: nothing }
  const open = text.indexOf('(')
  const fields = split(text.slice(open + 1, -1)).map((field): readonly [string, ItfValue] => {
    const space = field.indexOf(' ')
    return space < 0 ? [field, nothing] : [field.slice(0, space), part(field.slice(space + 1))]
  })
  return { tag: text.slice(0, open), value: fields.length === 0 ? nothing : recordOf(fields) }
}

/**
 * A record. A reader takes a field `tag` for the label of a variant, and one that begins with `#` or `__` for its own: these
 * get another name.
 */
export function recordOf(fields: Iterable<readonly [string, ItfValue]>): ItfValue {
  return Object.fromEntries([...fields].map(([name, value]) => [fieldName(name), value]))
}
export const fieldName = (name: string): string =>
  name === 'tag' ? 'tag_' : /^(#|__)/.test(name) ? `field_${name}` : name

/** Splits at commas that stand in no bracket. */
function split(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if ('({'.includes(text[at])) depth++
    if (')}'.includes(text[at])) depth--
    if (depth === 0 && text.startsWith(', ', at)) {
      parts.push(text.slice(from, at))
      from = at + 2
    }
  }
  const last = text.slice(from)
  return last === '' ? parts : [...parts, last]
}
