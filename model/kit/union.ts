// Finite unions whose every value exists once: `===` compares them on every engine. Values are frozen instances of a
// small class, because immer drafts plain objects (even frozen ones) and two drafts of one value would differ, while
// it hands class instances out as they are.

import type { Leaf, LeafSpec } from './schema.js'

export interface UnionSpec {
  readonly variants: readonly (readonly [tag: string, fields: readonly (readonly [name: string, leaf: LeafSpec])[]])[]
  make(tag: string, fields: Readonly<Record<string, unknown>>): UnionValue
}
export interface UnionValue {
  readonly is: string
}

type Variants = { readonly [tag: string]: { readonly [field: string]: Leaf<unknown> } }
type Value<K, F> = { readonly is: K } & { readonly [N in keyof F]: F[N] extends Leaf<infer T> ? T : never }
export type UnionType<V extends Variants> = { [K in keyof V]: Value<K, V[K]> }[keyof V]
type Constructors<V extends Variants> = {
  readonly [K in keyof V]: keyof V[K] extends never
    ? Value<K, V[K]>
    : (fields: { readonly [N in keyof V[K]]: V[K][N] extends Leaf<infer T> ? T : never }) => Value<K, V[K]>
}
export type Union<V extends Variants> = Leaf<UnionType<V>> & Constructors<V>

class Interned implements UnionValue {
  declare readonly is: string
  /** Numbers all values of all unions, so that an engine finds a value's code by an index. */
  declare readonly serial: number
}
let serials = 0
export const mostSerials = (): number => serials
export const isUnionValue = (value: unknown): value is UnionValue => value instanceof Interned
/** Undefined for anything that is no union value. No `instanceof`: this is on every write of a union. */
export const serialOf = (value: unknown): number | undefined => (value as { readonly serial?: number } | null)?.serial

type Fields = UnionSpec['variants'][number][1]
type Maker = (fields: Readonly<Record<string, unknown>>) => Interned

/** Source that turns a field's value into a small index; ranges and ids are their own. */
function indexOf(spec: LeafSpec, value: string): string {
  switch (spec.kind) {
    case 'bool':
      return `(${value} ? 1 : 0)`
    case 'oneOf':
      return `(${spec.values.map((v, i) => `${value} === ${JSON.stringify(v)} ? ${i}`).join(' : ')} : -1)`
    case 'optional':
      return `(${value} === null ? 0 : 1 + ${indexOf(spec.of, value)})`
    case 'when':
      return indexOf(spec.of, value)
    case 'union':
      return `${value}.serial`
    case 'id':
    case 'members':
    case 'range':
    case 'references':
      return value
  }
}

/**
 * The constructor of one variant, generated: fields are assigned in one order, so that all its values have one shape
 * for V8, and a value that exists is found through nested arrays, one level a field.
 */
function makerOf(tag: string, fields: Fields): Maker {
  const names = fields.map(([name]) => name)
  const build = (value: Interned): Interned => {
    Object.defineProperty(value, 'serial', { value: serials++ })
    return Object.freeze(value)
  }
  const assign = names.map(name => `this.${name} = fields.${name}`).join('; ')
  const descend = fields
    .slice(0, -1)
    .map(([name, leaf]) => `at = at[${indexOf(leaf, `fields.${name}`)}] ??= [];`)
    .join(' ')
  const last = fields.at(-1)
  const index = last === undefined ? '0' : indexOf(last[1], `fields.${last[0]}`)
  const source = `
    class Value extends Interned { constructor(fields) { super(); this.is = ${JSON.stringify(tag)}; ${assign} } }
    const root = []
    return fields => { let at = root; ${descend} return at[${index}] ??= build(new Value(fields)) }`
  const made: unknown = new Function('Interned', 'build', source)(Interned, build)
  return made as Maker
}

/**
 * A finite union: `union({ absent: {}, present: { frame, writable: bool } })`. Variants without fields are values,
 * the others are constructors; both are the only way to make a value.
 */
export function union<const V extends Variants>(variants: V): Union<V> {
  const makers = new Map<string, Maker>()
  const spec: UnionSpec = {
    variants: Object.entries(variants).map(([tag, fields]) => [
      tag,
      Object.entries(fields).map(([name, leaf]) => [name, leaf.leaf] as const),
    ]),
    make: (tag, fields) => {
      const maker = makers.get(tag)
      if (maker === undefined) throw new TypeError(`this union has no variant ${tag}`)
      return maker(fields)
    },
  }
  const made: Record<string, unknown> = { leaf: { kind: 'union', union: spec } }
  for (const [tag, fields] of spec.variants) {
    const maker = makerOf(tag, fields)
    makers.set(tag, maker)
    made[tag] = fields.length === 0 ? maker({}) : maker
  }
  return made as Union<V>
}
