// What values a leaf can take under the bounds of a scope, and which members each value names. A domain is a plain
// list of values; the code of a value is its place in that list.

import { type Bounds, bindNumber, type LeafSpec, ModelError, size } from './schema.js'
import { isUnionValue, type UnionValue } from './union.js'

/** A member of a set that a value names; counting names are references, the others only mention it. */
export interface Name {
  readonly set: string
  readonly member: number
  readonly counts: boolean
}

export interface Domain {
  readonly spec: LeafSpec
  readonly values: readonly unknown[]
  /** The code of a value; -1 when it is outside the domain. */
  code(value: unknown): number
}

/** Codes fill at most two bytes: split a union before that. */
export const mostValues = 65_536

/** How many values `references` needs: one more than the number of leaves that can name a member. */
export type NamingLeaves = (set: string) => number

export function domainOf(spec: LeafSpec, bounds: Bounds, naming: NamingLeaves): Domain {
  const values = valuesOf(spec, bounds, naming)
  if (values.length > mostValues) {
    throw new ModelError(`a leaf has ${values.length} values and a cell holds ${mostValues}: split it into leaves`)
  }
  const codes = new Map(values.map((value, code) => [value, code]))
  return { spec, values, code: value => codes.get(value) ?? -1 }
}

function valuesOf(spec: LeafSpec, bounds: Bounds, naming: NamingLeaves): readonly unknown[] {
  const count = (n: number): number[] => Array.from({ length: Math.max(0, n) }, (_, i) => i)
  switch (spec.kind) {
    case 'bool':
      return [false, true]
    case 'range': {
      const low = bindNumber(spec.low, bounds)
      return count(bindNumber(spec.high, bounds) - low + 1).map(i => low + i)
    }
    case 'oneOf':
      return spec.values
    case 'id':
      return count(size(bounds, spec.set))
    case 'members':
      if (size(bounds, spec.set) > 16) throw new ModelError(`a set of members holds up to 16, ${spec.set} has more`)
      return count(2 ** size(bounds, spec.set))
    case 'references':
      return count(naming(spec.set) + 1)
    case 'optional':
      return [null, ...valuesOf(spec.of, bounds, naming)]
    case 'when':
      if (spec.condition(bounds)) return valuesOf(spec.of, bounds, naming)
      // However many members there are, no set of them is the first.
      return spec.of.kind === 'members' ? [0] : valuesOf(spec.of, bounds, naming).slice(0, 1)
    case 'union':
      return spec.union.variants.flatMap(([tag, fields]) => {
        let rows: Record<string, unknown>[] = [{}]
        for (const [name, leaf] of fields) {
          const each = valuesOf(leaf, bounds, naming)
          rows = rows.flatMap(row => each.map(value => ({ ...row, [name]: value })))
        }
        return rows.map(row => spec.union.make(tag, row))
      })
  }
}

const fieldsOf = (spec: LeafSpec & { kind: 'union' }, value: UnionValue) =>
  spec.union.variants.find(([tag]) => tag === value.is)?.[1] ?? []
const field = (value: UnionValue, name: string): unknown => (value as unknown as Record<string, unknown>)[name]

/** The members that a value of a leaf names. */
export function namesIn(spec: LeafSpec, value: unknown): Name[] {
  switch (spec.kind) {
    case 'id':
      return [{ set: spec.set, member: Number(value), counts: spec.counts }]
    case 'optional':
      return value === null ? [] : namesIn(spec.of, value)
    case 'when':
      return namesIn(spec.of, value)
    case 'union':
      return isUnionValue(value)
        ? fieldsOf(spec, value).flatMap(([name, leaf]) => namesIn(leaf, field(value, name)))
        : []
    case 'members':
      return Array.from({ length: 16 }, (_, i) => i)
        .filter(i => Number(value) & (1 << i))
        .map(member => ({ set: spec.set, member, counts: spec.counts }))
    case 'bool':
    case 'range':
    case 'oneOf':
    case 'references':
      return []
  }
}

/** Whether a leaf can hold a counted reference to a member of the set. */
export function canCount(spec: LeafSpec, set: string): boolean {
  switch (spec.kind) {
    case 'id':
      return spec.set === set && spec.counts
    case 'optional':
    case 'when':
      return canCount(spec.of, set)
    case 'union':
      return spec.union.variants.some(([, fields]) => fields.some(([, leaf]) => canCount(leaf, set)))
    case 'members':
      return spec.set === set && spec.counts
    case 'bool':
    case 'range':
    case 'oneOf':
    case 'references':
      return false
  }
}

/** A renaming of members: for each set, where member i goes. */
export type Renaming = { readonly [set: string]: readonly number[] }

/** The same value with its members renamed. */
export function renamed(spec: LeafSpec, value: unknown, to: Renaming): unknown {
  switch (spec.kind) {
    case 'id':
      return to[spec.set]?.[Number(value)] ?? value
    case 'members': {
      const map = to[spec.set]
      if (map === undefined) return value
      return map.reduce((bits, target, from) => (Number(value) & (1 << from) ? bits | (1 << target) : bits), 0)
    }
    case 'optional':
      return value === null ? null : renamed(spec.of, value, to)
    case 'when':
      return renamed(spec.of, value, to)
    case 'union': {
      if (!isUnionValue(value)) return value
      const fields = fieldsOf(spec, value)
      return fields.length === 0
        ? value
        : spec.union.make(
            value.is,
            Object.fromEntries(fields.map(([name, leaf]) => [name, renamed(leaf, field(value, name), to)])),
          )
    }
    case 'bool':
    case 'range':
    case 'oneOf':
    case 'references':
      return value
  }
}

/** How a value reads in a trace: `present(frame 1, writable true)`, `swapped(slot 0)`, `none`; of a set leaf, `{0, 2}`. */
export function show(value: unknown, spec?: LeafSpec): string {
  if (value === null) return 'none'
  const leaf = spec?.kind === 'when' ? spec.of : spec
  if (leaf?.kind === 'members')
    return `{${namesIn(leaf, value)
      .map(({ member }) => member)
      .join(', ')}}`
  if (!isUnionValue(value)) return String(value)
  const fields = Object.entries(value).filter(([name]) => name !== 'is')
  if (fields.length === 0) return value.is
  return `${value.is}(${fields.map(([name, v]) => `${name} ${show(v)}`).join(', ')})`
}
