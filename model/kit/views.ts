// Accessor classes generated from a layout: `m.frames[f].refs` reads and writes bytes of a packed state, so that the
// same recipe text that runs on immer drafts runs here a hundred times faster. A class is generated for each record
// of the declaration and shared by its instances; the bytes are a constant of the class, which V8 folds.

import { type Cell, DomainError, type Layout, type Node, type RecordNode } from './layout.js'
import { ModelError } from './schema.js'
import { isUnionValue, mostSerials, serialOf } from './union.js'

/** Where generated accessors read and write. `noted` adds a call for each access: the recorder, and the purity check. */
export interface Access {
  readonly bytes: Uint8Array
  readonly read?: (at: number) => void
  readonly write?: (at: number) => void
}

type Instance = Record<string, unknown>
type ViewClass = new (base: number, bytes: Uint8Array) => Instance

/** Also whole: a byte would cut 1.5 to 1 without a word. */
const isBelow = (count: number, value: unknown): value is number =>
  typeof value === 'number' && value >>> 0 === value && value < count

/** Outside values throw; the code of a value is found by the cheapest test its domain allows. */
function encoder(cell: Cell): (value: unknown) => number {
  const { domain, path } = cell
  const { values } = domain
  const outside = (value: unknown): never => {
    throw new DomainError(path.replace(/\[\d+\]/g, '[]'), value, domain)
  }
  if (values.every((value, i) => value === i)) {
    const count = values.length
    return value => (isBelow(count, value) ? value : outside(value))
  }
  if (values.length === 2 && values[0] === false)
    return value => (value === true ? 1 : value === false ? 0 : outside(value))
  if (values[0] === null && values.every((value, i) => i === 0 || value === i - 1)) {
    const count = values.length
    return value => (value === null ? 0 : isBelow(count - 1, value) ? value + 1 : outside(value))
  }
  if (values.every(isUnionValue)) {
    const codes = new Int32Array(mostSerials()).fill(-1)
    values.forEach((value, code) => {
      codes[serialOf(value) ?? -1] = code
    })
    return value => {
      const code = codes[serialOf(value) ?? -1]
      return code >= 0 ? code : outside(value)
    }
  }
  return value => {
    const code = values.indexOf(value)
    return code < 0 ? outside(value) : code
  }
}

/** Source of the getter's value: numbers, booleans and optional ids are computed, everything else is looked up. */
function decoder(cell: Cell, code: string, table: string): string {
  const { values } = cell.domain
  if (values.every((value, i) => value === i)) return code
  if (values.length === 2 && values[0] === false) return `${code} === 1`
  return `${table}[${code}]`
}

function classOf(node: RecordNode, { read, write }: Omit<Access, 'bytes'>): ViewClass {
  const leaves = node.fields.flatMap(([name, field]) => (field.kind === 'leaf' ? [[name, field.cell] as const] : []))
  const tables = leaves.map(([, cell]) => cell.domain.values)
  const encoders = leaves.map(([, cell]) => encoder(cell))
  const members = leaves.map(([name, cell], i) => {
    if (cell.bytes === 0) {
      return `get ${name}() { return table${i}[0] }\nset ${name}(value) { code${i}(value) }`
    }
    const at = `this.base$ + ${cell.at - node.base}`
    const wide = cell.bytes === 2
    const noteRead = read === undefined ? '' : `read(${at});`
    const noteWrite = write === undefined ? '' : `write(${at});`
    const code = wide ? `(this.bytes$[${at}] | (this.bytes$[${at} + 1] << 8))` : `this.bytes$[${at}]`
    const put = wide ? `this.bytes$[${at}] = c & 255; this.bytes$[${at} + 1] = c >> 8` : `this.bytes$[${at}] = c`
    return (
      `get ${name}() { ${noteRead} return ${decoder(cell, code, `table${i}`)} }\n` +
      `set ${name}(value) { const c = code${i}(value); ${noteWrite} ${put} }`
    )
  })
  const parts = node.fields.filter(([, field]) => field.kind !== 'leaf').map(([name]) => `this.${name} = null`)
  const parameters = ['read', 'write', ...leaves.map((_, i) => `table${i}`), ...leaves.map((_, i) => `code${i}`)]
  const source = `return class View { constructor(base, bytes) { this.base$ = base; this.bytes$ = bytes; ${parts.join('; ')} }\n${members.join('\n')} }`
  const made: unknown = new Function(...parameters, source)(read, write, ...tables, ...encoders)
  return made as ViewClass
}

/** The classes of views that note nothing, by layout. */
const plainClasses = new WeakMap<Layout, Map<unknown, ViewClass>>()
function classesOf(layout: Layout, access: Access): Map<unknown, ViewClass> {
  if (access.read !== undefined || access.write !== undefined) return new Map()
  const known = plainClasses.get(layout) ?? new Map<unknown, ViewClass>()
  plainClasses.set(layout, known)
  return known
}

/** Views of a whole state; `m` in recipes. */
export function viewOf(layout: Layout, access: Access): unknown {
  const classes = classesOf(layout, access)
  const make = (node: Node): unknown => {
    switch (node.kind) {
      case 'leaf':
        throw new ModelError('a list holds records, not bare leaves')
      case 'constant':
        return node.value
      case 'list':
        return node.items.map(make)
      case 'record': {
        let View = classes.get(node.shape)
        if (View === undefined) {
          View = classOf(node, access)
          classes.set(node.shape, View)
        }
        const view = new View(node.base, access.bytes)
        for (const [name, field] of node.fields) if (field.kind !== 'leaf') view[name] = make(field)
        return view
      }
    }
  }
  return make(layout.root)
}

/** A view of a few cells that belong to no record of the state: the locals of an operation in flight on a CPU. */
export function viewOfCells(fields: readonly (readonly [name: string, cell: Cell])[], access: Access): Instance {
  const node: RecordNode = {
    kind: 'record',
    shape: { record: {} },
    base: 0,
    fields: fields.map(([name, cell]) => [name, { kind: 'leaf', cell }] as const),
  }
  const View = classOf(node, access)
  return new View(0, access.bytes)
}
