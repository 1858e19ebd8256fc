// From a declaration and the bounds of a scope to cells: where each leaf lives in a packed state, in one byte or two.
// A leaf whose domain has one value takes no cell. The tree keeps the shape of the declaration, for views, printing
// and relabelling.

import { canCount, type Domain, domainOf, type Name, namesIn } from './domain.js'
import { type Bounds, type Leaf, type LeafSpec, ModelError, type Shape, size } from './schema.js'

/** One leaf of the state: `at` is its first byte in the packed state, -1 where it takes none. */
export interface Cell {
  readonly at: number
  readonly bytes: 0 | 1 | 2
  readonly path: string
  readonly domain: Domain
  /** For each code, the members that the value names. */
  readonly names: readonly (readonly Name[])[]
}
export interface RecordNode {
  readonly kind: 'record'
  readonly shape: Shape
  readonly fields: readonly (readonly [name: string, node: Node])[]
  /** The first byte of this record; its leaves lie at fixed distances from it. */
  readonly base: number
}
export interface ListNode {
  readonly kind: 'list'
  readonly set: string
  readonly base: number
  readonly stride: number
  readonly items: readonly Node[]
}
export interface LeafNode {
  readonly kind: 'leaf'
  readonly cell: Cell
}
export interface ConstantNode {
  readonly kind: 'constant'
  readonly value: unknown
}
export type Node = RecordNode | ListNode | LeafNode | ConstantNode

export interface Layout {
  readonly root: Node
  readonly bounds: Bounds
  /** The cells that take bytes, in order. */
  readonly cells: readonly Cell[]
  /** Every leaf, also those without a byte. */
  readonly leaves: readonly Cell[]
  readonly bytes: number
  readonly lists: readonly ListNode[]
}

/** Domains are shared: two leaves of one declaration under the same bounds have one table of values. */
export class Domains {
  readonly #known = new Map<LeafSpec, { domain: Domain; names: readonly (readonly Name[])[] }>()
  constructor(
    readonly bounds: Bounds,
    readonly naming: (set: string) => number,
  ) {}

  of(spec: LeafSpec): { domain: Domain; names: readonly (readonly Name[])[] } {
    let known = this.#known.get(spec)
    if (known === undefined) {
      const domain = domainOf(spec, this.bounds, this.naming)
      known = { domain, names: domain.values.map(value => namesIn(spec, value)) }
      this.#known.set(spec, known)
    }
    return known
  }
}

export const bytesFor = (values: number): 0 | 1 | 2 => (values <= 1 ? 0 : values <= 256 ? 1 : 2)

/** How many leaves of a declaration can hold a counted reference to a member of the set. */
export function namingLeaves(shape: Shape, bounds: Bounds, set: string): number {
  if ('leaf' in shape) return canCount(shape.leaf, set) ? 1 : 0
  if ('record' in shape) return Object.values(shape.record).reduce((sum, f) => sum + namingLeaves(f, bounds, set), 0)
  if ('list' in shape) return size(bounds, shape.list) * namingLeaves(shape.of, bounds, set)
  return 0
}

export function layoutOf(shape: Shape, bounds: Bounds, domains: Domains): Layout {
  const leaves: Cell[] = []
  const lists: ListNode[] = []
  let bytes = 0

  const leafNode = (leaf: Leaf<unknown>, path: string): LeafNode => {
    const { domain, names } = domains.of(leaf.leaf)
    if (domain.values.length === 0) throw new ModelError(`${path} has no value at these bounds`)
    const width = bytesFor(domain.values.length)
    const cell: Cell = { at: width === 0 ? -1 : bytes, bytes: width, path, domain, names }
    bytes += width
    leaves.push(cell)
    return { kind: 'leaf', cell }
  }
  const build = (of: Shape, path: string, index: readonly number[]): Node => {
    if ('leaf' in of) return leafNode(of, path)
    if ('constant' in of) return { kind: 'constant', value: of.constant(bounds, index) }
    const base = bytes
    if ('record' in of) {
      const fields = Object.entries(of.record).map(
        ([name, field]) => [name, build(field, path === '' ? name : `${path}.${name}`, index)] as const,
      )
      return { kind: 'record', shape: of, fields, base }
    }
    const count = size(bounds, of.list)
    const items = Array.from({ length: count }, (_, i) => build(of.of, `${path}[${i}]`, [...index, i]))
    const node: ListNode = { kind: 'list', set: of.list, base, stride: count === 0 ? 0 : (bytes - base) / count, items }
    lists.push(node)
    return node
  }

  const root = build(shape, '', [])
  return { root, bounds, cells: leaves.filter(cell => cell.bytes > 0), leaves, bytes, lists }
}

/** A write outside the domain of a leaf: every engine answers it with this. */
export class DomainError extends ModelError {
  constructor(path: string, value: unknown, domain: Domain) {
    const some = domain.values.slice(0, 8).map(v => (typeof v === 'object' && v !== null ? '{…}' : String(v)))
    super(
      `${path} cannot hold ${String(value)}: its values are ${some.join(', ')}${domain.values.length > 8 ? ', …' : ''}`,
    )
  }
}

const readCode = (bytes: Uint8Array, cell: Cell): number =>
  cell.bytes === 0 ? 0 : cell.bytes === 1 ? bytes[cell.at] : bytes[cell.at] | (bytes[cell.at + 1] << 8)

export function writeCode(bytes: Uint8Array, cell: Cell, code: number): void {
  if (cell.bytes === 0) return
  bytes[cell.at] = code & 255
  if (cell.bytes === 2) bytes[cell.at + 1] = code >> 8
}
export const readCell = readCode

/** The plain, deeply frozen value of a packed state. */
export function decode(layout: Layout, bytes: Uint8Array): unknown {
  const value = (node: Node): unknown => {
    switch (node.kind) {
      case 'leaf':
        return node.cell.domain.values[readCode(bytes, node.cell)]
      case 'constant':
        return node.value
      case 'list':
        return Object.freeze(node.items.map(value))
      case 'record':
        return Object.freeze(Object.fromEntries(node.fields.map(([name, field]) => [name, value(field)])))
    }
  }
  return value(layout.root)
}

/** Packs a plain state; throws DomainError where a leaf holds a value outside its domain. */
export function encode(layout: Layout, state: unknown, bytes: Uint8Array): void {
  const put = (node: Node, value: unknown): void => {
    switch (node.kind) {
      case 'leaf': {
        const code = node.cell.domain.code(value)
        if (code < 0) throw new DomainError(node.cell.path, value, node.cell.domain)
        writeCode(bytes, node.cell, code)
        return
      }
      case 'constant':
        return
      case 'list':
        node.items.forEach((item, i) => {
          put(item, (value as readonly unknown[])[i])
        })
        return
      case 'record':
        for (const [name, field] of node.fields) put(field, (value as Readonly<Record<string, unknown>>)[name])
    }
  }
  put(layout.root, state)
}
