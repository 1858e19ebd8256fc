// The language in which the state is declared, once. From a declaration derive the TypeScript type (here), the packed
// layout, the printer, the relabelling, the recounts and the domains. Only leaves are assignable in the derived type,
// so a model that compiles can also be packed. Sizes are bound by the scope: a set of size 0 removes its cells and its
// union variants. See spec/decisions/0001-one-text.md.

import type { UnionSpec } from './union.js'

/** What a scope binds: the sizes of sets and named numbers, and the switches that are words. */
export interface Bounds {
  readonly sizes: { readonly [name: string]: number }
  readonly switches: { readonly [name: string]: string }
}

/** A number that a declaration leaves to the scope. */
export type Bound = number | ((bounds: Bounds) => number)
export const size = (bounds: Bounds, name: string): number => bounds.sizes[name] ?? 0
export const bindNumber = (bound: Bound, bounds: Bounds): number => (typeof bound === 'number' ? bound : bound(bounds))

export type LeafSpec =
  | { readonly kind: 'bool' }
  | { readonly kind: 'range'; readonly low: Bound; readonly high: Bound }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'id'; readonly set: string; readonly counts: boolean }
  | { readonly kind: 'members'; readonly set: string; readonly counts: boolean }
  | { readonly kind: 'references'; readonly set: string }
  | { readonly kind: 'optional'; readonly of: LeafSpec }
  | { readonly kind: 'when'; readonly condition: (bounds: Bounds) => boolean; readonly of: LeafSpec }
  | { readonly kind: 'union'; readonly union: UnionSpec }

declare const member: unique symbol
/** A member of a set. Tagged, so that a frame does not index spaces. */
export type Id<S extends string> = number & { readonly [member]: S }
declare const several: unique symbol
/** A set of members, as the bits of a number. */
export type Members<S extends string> = number & { readonly [several]: S }

declare const type: unique symbol
export interface Leaf<T> {
  readonly leaf: LeafSpec
  readonly [type]?: T
}
export interface SetOf<S extends string> extends Leaf<Id<S>> {
  readonly set: S
}
/** A value that the scope fixes: it takes no cell and cannot be assigned. */
export interface Constant<T> {
  readonly constant: (bounds: Bounds, index: readonly number[]) => T
}
export interface RecordOf<F extends Fields> {
  readonly record: F
}
export interface ListOf<S extends string, E extends Shape> {
  readonly list: S
  readonly of: E
}
export type Shape = Leaf<unknown> | Constant<unknown> | RecordOf<Fields> | ListOf<string, Shape>
export type Fields = { readonly [name: string]: Shape }
/** Leaves by name: arguments and locals of an operation, inputs of a decision. */
export type Leaves = { readonly [name: string]: Leaf<unknown> }

declare const by: unique symbol
export type List<S extends string, T> = { readonly [K in Id<S>]: T } & Iterable<T> & {
    readonly length: number
    readonly [by]?: S
  }
type Assignable<F> = { [K in keyof F]: F[K] extends Leaf<unknown> ? K : never }[keyof F]
export type Of<S> =
  S extends Leaf<infer T>
    ? T
    : S extends Constant<infer T>
      ? T
      : S extends RecordOf<infer F>
        ? { -readonly [K in Assignable<F>]: Of<F[K]> } & { readonly [K in Exclude<keyof F, Assignable<F>>]: Of<F[K]> }
        : S extends ListOf<infer N, infer E>
          ? List<N, Of<E>>
          : never
/** The values of named leaves, all readonly. */
export type Values<L extends Leaves> = { readonly [K in keyof L]: Of<L[K]> }

const leaf = <T>(spec: LeafSpec): Leaf<T> => ({ leaf: spec })

export const bool: Leaf<boolean> = leaf({ kind: 'bool' })
/** A whole number from `low` to `high`, both included. */
export const range = (low: Bound, high: Bound): Leaf<number> => leaf({ kind: 'range', low, high })
export const oneOf = <const V extends string>(...values: V[]): Leaf<V> => leaf({ kind: 'oneOf', values })
/** A set whose size the scope gives; as a leaf, one of its members, which counts as a reference to it. */
export const set = <const S extends string>(name: S): SetOf<S> => ({
  set: name,
  leaf: { kind: 'id', set: name, counts: true },
})
/** Names a member without holding a reference: a TLB entry, an argument. */
export const weak = <S extends string>(of: SetOf<S>): Leaf<Id<S>> => leaf({ kind: 'id', set: of.set, counts: false })
/** Any set of members of a set. */
export const members = <S extends string>(of: SetOf<S>): Leaf<Members<S>> =>
  leaf({ kind: 'members', set: of.set, counts: false })
/** Members that an operation holds, each with one counted reference. */
export const ownedSet = <S extends string>(of: SetOf<S>): Leaf<Members<S>> =>
  leaf({ kind: 'members', set: of.set, counts: true })
export const optional = <T>(of: Leaf<T>): Leaf<T | null> => leaf({ kind: 'optional', of: of.leaf })
/** A local that holds one counted reference across steps, or none. */
export const owned = <S extends string>(of: SetOf<S>): Leaf<Id<S> | null> => optional(of)
/**
 * How often the member whose record this is in is named by counting leaves. Stored, as a kernel stores it; a claim
 * recounts it. Its domain follows from the number of leaves that can name a member.
 */
export const references = <S extends string>(of: SetOf<S>): Leaf<number> => leaf({ kind: 'references', set: of.set })
/** A leaf that shrinks to the first value of its domain, and takes no cell, unless the scope's condition holds. */
export const when = <T>(condition: (bounds: Bounds) => boolean, of: Leaf<T>): Leaf<T> =>
  leaf({ kind: 'when', condition, of: of.leaf })
/** A value fixed by the scope; `index` holds the members on the way to it. */
export const constant = <T>(value: (bounds: Bounds, index: readonly number[]) => T): Constant<T> => ({
  constant: value,
})

export const record = <F extends Fields>(fields: F): RecordOf<F> => ({ record: fields })
export const list = <S extends string, E extends Shape>(over: SetOf<S>, of: E): ListOf<S, E> => ({ list: over.set, of })

const ascending = new Map<number, readonly number[]>()
const upTo = (count: number): readonly number[] => {
  let known = ascending.get(count)
  if (known === undefined) {
    known = Object.freeze(Array.from({ length: count }, (_, i) => i))
    ascending.set(count, known)
  }
  return known
}
/** The members by which a list is indexed, in ascending order. */
export const ids = <S extends string>(of: { readonly length: number; readonly [by]?: S }): readonly Id<S>[] =>
  upTo(of.length) as readonly Id<S>[]

/** A reference that the step before has made sure of; anything else is a mistake in the model. */
export function need<T>(value: T | null): T {
  if (value === null) throw new ModelError('a local is empty where the step needs it')
  return value
}

/** The model broke a rule of its own language: not a violated claim, but nothing that may be believed either. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}

/** Sets of members are bits: whether a member is in one, and the set with it and without it. */
export const has = <S extends string>(set: Members<S>, item: Id<S>): boolean => (set & (1 << item)) !== 0
export const withMember = <S extends string>(set: Members<S>, item: Id<S>): Members<S> =>
  (set | (1 << item)) as Members<S>
export const withoutMember = <S extends string>(set: Members<S>, item: Id<S>): Members<S> =>
  (set & ~(1 << item)) as Members<S>
