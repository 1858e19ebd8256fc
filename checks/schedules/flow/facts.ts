// What is known so far of a text, by its nodes. Each node has one scope, one function, one record, one call, made when the node
// is met first; what comes to be known only grows, so going over the text again and again comes to an end.

import { dirname, join } from 'node:path/posix'
import type { Syntax } from '../../mutants/compiled.js'
import { declareInside, declarePattern, nameOf, nodes, Scope } from './names.js'
import { type Call, type Cell, elements, type Fn, hook, hooks, type Mod, type Rec, type Value } from './values.js'

export class Facts {
  readonly calls = new Map<Syntax, Call>()
  readonly functions = new Map<Syntax, Fn>()
  /** Functions that somebody calls without brackets. */
  readonly getters = new Set<Fn>()
  /** Something has become known that was not known when this was last set to false. */
  changed = true
  readonly #records = new Map<Syntax, Rec>()
  readonly #scopes = new Map<Syntax, Scope>()
  readonly #modules = new Map<string, Mod>()
  readonly #exports: ReadonlyMap<string, Map<string, Cell>>

  constructor(files: readonly string[]) {
    this.#exports = new Map(files.map(file => [file, new Map()]))
  }

  /** Values come to a cell. */
  into(cell: Cell, values: Iterable<Value>): void {
    for (const value of values) {
      if (cell.has(value)) continue
      cell.add(value)
      this.changed = true
    }
  }

  /** The scope that a node opens, with what is declared right inside it. */
  scopeOf(node: Syntax, up: Scope | null, file: string): Scope {
    const known = this.#scopes.get(node)
    if (known !== undefined) return known
    const scope = new Scope(up, file)
    this.#scopes.set(node, scope)
    declareInside(scope, node)
    return scope
  }

  fn(node: Syntax, up: Scope, name: string): Fn {
    const known = this.functions.get(node)
    if (known !== undefined) return known
    const scope = new Scope(up, up.file)
    const fn: Fn = { is: 'function', node, file: up.file, name, scope, answers: new Set() }
    scope.owner = fn
    for (const param of nodes(node.params)) declarePattern(scope, param)
    this.functions.set(node, fn)
    this.changed = true
    return fn
  }

  record(node: Syntax): Rec {
    const record = this.#records.get(node) ?? { is: 'record', members: new Map() }
    this.#records.set(node, record)
    return record
  }

  call(node: Syntax, scope: Scope, asDefault: boolean): Call {
    const known = this.calls.get(node)
    if (known !== undefined) return known
    const { file, inside } = scope
    const call: Call = { node, file, inside, asDefault, callees: new Set(), hook: false, given: new Set() }
    this.calls.set(node, call)
    return call
  }

  /** What a member of some values may be; of any of them where the name is null. */
  member(values: Iterable<Value>, name: string | null): Cell {
    if (name !== null && hooks.has(name)) return new Set([hook])
    const found: Cell = new Set()
    for (const value of values) {
      if (value.is === 'record') {
        for (const [key, cell] of value.members)
          if (name === null || key === name || key === elements) for (const it of cell) found.add(it)
      } else if (value.is === 'module' && name !== null) {
        for (const it of this.#exports.get(value.file)?.get(name) ?? []) found.add(it)
      }
    }
    return found
  }

  /** The names that an import brings are what the other module exports. What is none of these texts brings nothing. */
  import(node: Syntax, scope: Scope): void {
    const source = join(dirname(scope.file), nameOf(node.source))
    const from = this.#exports.get(source)
    if (from === undefined) return
    for (const it of nodes(node.specifiers)) {
      const cell = scope.declare(nameOf(it.local))
      if (it.type === 'ImportNamespaceSpecifier') this.into(cell, [this.#module(source)])
      else this.into(cell, from.get(nameOf(it.imported)) ?? [])
    }
  }
  #module(file: string): Mod {
    const known: Mod = this.#modules.get(file) ?? { is: 'module', file }
    this.#modules.set(file, known)
    return known
  }

  /** What a module exports becomes known to who imports it; the declaration behind the word has been gone over. */
  export(node: Syntax, scope: Scope): void {
    for (const declaration of nodes(node.declaration)) {
      const ids = [...nodes(declaration.id), ...nodes(declaration.declarations).flatMap(it => nodes(it.id))]
      for (const id of ids) this.#exported(scope.file, nameOf(id), scope.find(nameOf(id)))
    }
    const source = node.source === null ? null : this.#exports.get(join(dirname(scope.file), nameOf(node.source)))
    for (const it of nodes(node.specifiers)) {
      const name = nameOf(it.local)
      this.#exported(scope.file, nameOf(it.exported), source === null ? scope.find(name) : source?.get(name))
    }
  }
  #exported(file: string, name: string, values: Iterable<Value> = []): void {
    const made = this.#exports.get(file)
    const cell = made?.get(name) ?? new Set()
    made?.set(name, cell)
    this.into(cell, values)
  }
}
