// Which functions a call of the implementation may reach. Chapters are factories that hand each other records of
// functions, so a call cannot be looked up by its name: values are followed instead, through constants, arguments,
// records and modules, from every place to every place where they may come to be (flow-insensitive, one context). What
// is followed are functions, records and modules; numbers are not. The text is what the compiler made of the sources.

import { dirname, join } from 'node:path/posix'
import { parse } from 'acorn'
import { isSyntax, type Syntax } from '../mutants/compiled.js'

/** A function of the text. */
export interface Fn {
  readonly is: 'function'
  readonly node: Syntax
  readonly file: string
  readonly name: string
  readonly scope: Scope
  readonly answers: Cell
}
interface Rec {
  readonly is: 'record'
  readonly members: Map<string, Cell>
}
interface Mod {
  readonly is: 'module'
  readonly file: string
}
interface Hook {
  readonly is: 'hook'
}
type Value = Fn | Rec | Mod | Hook
type Cell = Set<Value>

/** A call, what it may reach, and what is handed over to whatever nobody here has written. */
export interface Call {
  readonly node: Syntax
  readonly file: string
  /** The function around it; null at the top of a module. */
  readonly inside: Fn | null
  readonly asDefault: boolean
  readonly callees: Set<Fn>
  hook: boolean
  readonly given: Set<Fn>
}

/** Through these a machine tells that another CPU may run: whatever has such a member has it from its caller. */
const hooks: ReadonlySet<string> = new Set(['preempt', 'pause'])
const hook: Hook = { is: 'hook' }
const elements = '[]'

class Scope {
  readonly #names = new Map<string, Cell>()
  constructor(
    readonly up: Scope | null,
    readonly inside: Fn | null,
  ) {}
  declare(name: string): Cell {
    const cell = this.#names.get(name) ?? new Set()
    this.#names.set(name, cell)
    return cell
  }
  find(name: string): Cell | undefined {
    return this.#names.get(name) ?? this.up?.find(name)
  }
}

export const nodes = (value: unknown): readonly Syntax[] => (Array.isArray(value) ? value : [value]).filter(isSyntax)
const nameOf = (node: unknown): string => (isSyntax(node) ? String(node.name ?? node.value ?? '') : '')
const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

export class Flow {
  readonly calls = new Map<Syntax, Call>()
  readonly functions = new Map<Syntax, Fn>()
  /** Functions that somebody calls without brackets. */
  readonly getters = new Set<Fn>()
  readonly #records = new Map<Syntax, Rec>()
  readonly #scopes = new Map<Syntax, Scope>()
  readonly #exports = new Map<string, Map<string, Cell>>()
  #inParams = 0
  #changed = true

  constructor(texts: ReadonlyMap<string, string>) {
    const programs = [...texts].map(([file, text]): readonly [string, Syntax] => {
      this.#exports.set(file, new Map())
      return [file, parse(text, { ecmaVersion: 2023, sourceType: 'module' }) as unknown as Syntax]
    })
    while (this.#changed) {
      this.#changed = false
      for (const [file, program] of programs) this.#program(file, program)
    }
  }

  #into(cell: Cell, values: Iterable<Value>): void {
    for (const value of values) {
      if (cell.has(value)) continue
      cell.add(value)
      this.#changed = true
    }
  }

  #program(file: string, program: Syntax): void {
    const scope = this.#scopeOf(program, null, null)
    for (const node of nodes(program.body)) this.#eval(node, scope, file)
  }

  /** The scope that a node opens, with what is declared right inside it. */
  #scopeOf(node: Syntax, up: Scope | null, inside: Fn | null): Scope {
    const known = this.#scopes.get(node)
    if (known !== undefined) return known
    const scope = new Scope(up, inside)
    this.#scopes.set(node, scope)
    const statements = [...nodes(node.body), ...nodes(node.init), ...nodes(node.left), ...nodes(node.cases)]
    for (const statement of statements.flatMap(it => (it.type === 'SwitchCase' ? nodes(it.consequent) : [it])))
      declareIn(scope, statement)
    return scope
  }

  #fn(node: Syntax, scope: Scope, file: string, name: string): Fn {
    const known = this.functions.get(node)
    if (known !== undefined) return known
    const inner = new Scope(scope, null)
    const fn: Fn = { is: 'function', node, file, name, scope: inner, answers: new Set() }
    Object.assign(inner, { inside: fn })
    for (const param of nodes(node.params)) declarePattern(inner, param)
    this.functions.set(node, fn)
    this.#changed = true
    return fn
  }

  /** What is inside a function, whether or not anybody calls it. */
  #body(fn: Fn): void {
    const { node, scope, file } = fn
    this.#inParams++
    for (const param of nodes(node.params)) this.#bind(param, new Set(), scope, file)
    this.#inParams--
    const [body] = nodes(node.body)
    if (body.type === 'BlockStatement') this.#eval(body, scope, file)
    else this.#into(fn.answers, this.#eval(body, scope, file))
  }

  #member(values: Iterable<Value>, name: string | null): Cell {
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

  #bind(pattern: Syntax, values: Iterable<Value>, scope: Scope, file: string): void {
    switch (pattern.type) {
      case 'Identifier': {
        const cell = scope.find(String(pattern.name))
        if (cell !== undefined) this.#into(cell, values)
        return
      }
      case 'ObjectPattern':
        for (const property of nodes(pattern.properties)) {
          if (property.type === 'RestElement') this.#bind(nodes(property.argument)[0], values, scope, file)
          else this.#bind(nodes(property.value)[0], this.#member(values, nameOf(property.key)), scope, file)
        }
        return
      case 'ArrayPattern':
        for (const item of nodes(pattern.elements)) this.#bind(item, this.#member(values, elements), scope, file)
        return
      case 'AssignmentPattern': {
        const usual = this.#eval(nodes(pattern.right)[0], scope, file)
        this.#bind(nodes(pattern.left)[0], [...values, ...usual], scope, file)
        return
      }
      case 'RestElement':
        this.#bind(nodes(pattern.argument)[0], values, scope, file)
        return
      case 'MemberExpression': {
        const name = pattern.computed === true ? elements : nameOf(pattern.property)
        for (const value of this.#eval(nodes(pattern.object)[0], scope, file))
          if (value.is === 'record') this.#into(memberCell(value, name), values)
        return
      }
    }
  }

  #eval(node: Syntax, scope: Scope, file: string): ReadonlySet<Value> {
    if (functions.has(node.type)) {
      const fn = this.#fn(node, scope, file, nameOf(node.id) || 'a function without a name')
      if (node.type === 'FunctionDeclaration') this.#into(scope.declare(fn.name), [fn])
      this.#body(fn)
      return new Set([fn])
    }
    const evaluated = (part: unknown): ReadonlySet<Value> => {
      const [it] = nodes(part)
      return it === undefined ? new Set() : this.#eval(it, scope, file)
    }
    switch (node.type) {
      case 'Identifier':
        return scope.find(String(node.name)) ?? new Set()
      case 'ObjectExpression':
        return new Set([this.#record(node, scope, file)])
      case 'ArrayExpression': {
        const record = this.#recordOf(node)
        for (const item of nodes(node.elements)) {
          const values = evaluated(item.type === 'SpreadElement' ? item.argument : item)
          const inner = item.type === 'SpreadElement' ? this.#member(values, elements) : values
          this.#into(memberCell(record, elements), inner)
        }
        return new Set([record])
      }
      case 'MemberExpression': {
        const of = evaluated(node.object)
        if (node.computed === true) evaluated(node.property)
        return this.#member(of, node.computed === true ? null : nameOf(node.property))
      }
      case 'CallExpression':
      case 'NewExpression':
        return this.#call(node, scope, file)
      case 'ConditionalExpression':
        evaluated(node.test)
        return new Set([...evaluated(node.consequent), ...evaluated(node.alternate)])
      case 'LogicalExpression':
        return new Set([...evaluated(node.left), ...evaluated(node.right)])
      case 'SequenceExpression':
        return (
          nodes(node.expressions)
            .map(it => this.#eval(it, scope, file))
            .at(-1) ?? new Set()
        )
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return evaluated(node.expression)
      case 'AssignmentExpression': {
        const values = evaluated(node.right)
        this.#bind(nodes(node.left)[0], values, scope, file)
        evaluated(node.left)
        return values
      }
      case 'VariableDeclarator': {
        const [id] = nodes(node.id)
        const [init] = nodes(node.init)
        if (init === undefined) return new Set()
        if (functions.has(init.type)) this.#fn(init, scope, file, nameOf(id))
        this.#bind(id, this.#eval(init, scope, file), scope, file)
        return new Set()
      }
      case 'ReturnStatement': {
        const values = evaluated(node.argument)
        const fn = insideOf(scope)
        if (fn !== null) this.#into(fn.answers, values)
        return new Set()
      }
      case 'ForOfStatement': {
        const inner = this.#scopeOf(node, scope, null)
        const values = this.#member(this.#eval(nodes(node.right)[0], inner, file), elements)
        const [left] = nodes(node.left)
        const target = left.type === 'VariableDeclaration' ? nodes(nodes(left.declarations)[0].id)[0] : left
        this.#bind(target, values, inner, file)
        this.#eval(nodes(node.body)[0], inner, file)
        return new Set()
      }
      case 'BlockStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'SwitchStatement':
        this.#children(node, this.#scopeOf(node, scope, null), file)
        return new Set()
      case 'ImportDeclaration':
        this.#import(node, scope, file)
        return new Set()
      case 'ExportNamedDeclaration':
        this.#export(node, scope, file)
        return new Set()
      default:
        this.#children(node, scope, file)
        return new Set()
    }
  }

  #children(node: Syntax, scope: Scope, file: string): void {
    for (const value of Object.values(node)) for (const child of nodes(value)) this.#eval(child, scope, file)
  }

  #recordOf(node: Syntax): Rec {
    const record = this.#records.get(node) ?? { is: 'record', members: new Map() }
    this.#records.set(node, record)
    return record
  }

  #record(node: Syntax, scope: Scope, file: string): Rec {
    const record = this.#recordOf(node)
    for (const property of nodes(node.properties)) {
      const [value] = nodes(property.value ?? property.argument)
      const name = property.computed === true ? elements : nameOf(property.key)
      if (functions.has(value.type)) this.#fn(value, scope, file, name)
      const values = this.#eval(value, scope, file)
      if (property.type === 'SpreadElement') {
        for (const from of values)
          if (from.is === 'record') for (const [key, cell] of from.members) this.#into(memberCell(record, key), cell)
        continue
      }
      this.#into(memberCell(record, name), values)
      if (property.kind !== 'init') for (const it of values) if (it.is === 'function') this.getters.add(it)
    }
    return record
  }

  #call(node: Syntax, scope: Scope, file: string): ReadonlySet<Value> {
    const [callee] = nodes(node.callee)
    const of = callee.type === 'MemberExpression' ? this.#eval(nodes(callee.object)[0], scope, file) : new Set<Value>()
    const targets = this.#eval(callee, scope, file)
    const args = nodes(node.arguments).map(it => {
      const values = this.#eval(it.type === 'SpreadElement' ? nodes(it.argument)[0] : it, scope, file)
      return it.type === 'SpreadElement' ? this.#member(values, elements) : values
    })
    // A function that is bound to its record is the same function.
    if (callee.type === 'MemberExpression' && nameOf(callee.property) === 'bind')
      return this.#eval(nodes(callee.object)[0], scope, file)
    const call = this.#callOf(node, scope, file)
    // Known better in this round, perhaps, than in the last.
    call.given.clear()
    const found: Cell = new Set()
    for (const target of targets) {
      if (target.is === 'hook') call.hook = true
      if (target.is !== 'function') continue
      call.callees.add(target)
      const spread = nodes(node.arguments).some(it => it.type === 'SpreadElement')
      const params = nodes(target.node.params)
      params.forEach((param, i) => {
        const values = spread || param.type === 'RestElement' ? args.flatMap(it => [...it]) : [...(args[i] ?? [])]
        this.#bind(param, values, target.scope, target.file)
      })
      for (const it of target.answers) found.add(it)
    }
    if (call.hook || call.callees.size > 0) return found
    // Nobody here has written it: what it is given may come back, and may be called by it.
    for (const values of args) {
      for (const it of values) {
        found.add(it)
        if (it.is === 'function') call.given.add(it)
      }
    }
    return new Set([...found, ...of])
  }

  #callOf(node: Syntax, scope: Scope, file: string): Call {
    const known = this.calls.get(node)
    if (known !== undefined) return known
    const inside = insideOf(scope)
    const asDefault = this.#inParams > 0
    const call: Call = { node, file, inside, asDefault, callees: new Set(), hook: false, given: new Set() }
    this.calls.set(node, call)
    return call
  }

  #import(node: Syntax, scope: Scope, file: string): void {
    const from = this.#exports.get(join(dirname(file), nameOf(node.source)))
    if (from === undefined) return
    for (const it of nodes(node.specifiers)) {
      const cell = scope.declare(nameOf(it.local))
      if (it.type === 'ImportNamespaceSpecifier')
        this.#into(cell, [this.#module(join(dirname(file), nameOf(node.source)))])
      else this.#into(cell, from.get(nameOf(it.imported)) ?? [])
    }
  }

  readonly #modules = new Map<string, Mod>()
  #module(file: string): Mod {
    const known: Mod = this.#modules.get(file) ?? { is: 'module', file }
    this.#modules.set(file, known)
    return known
  }

  #export(node: Syntax, scope: Scope, file: string): void {
    const made = this.#exports.get(file)
    if (made === undefined) return
    const put = (name: string, values: Iterable<Value>) => {
      const cell = made.get(name) ?? new Set()
      made.set(name, cell)
      this.#into(cell, values)
    }
    for (const declaration of nodes(node.declaration)) {
      this.#eval(declaration, scope, file)
      const ids = [...nodes(declaration.id), ...nodes(declaration.declarations).flatMap(it => nodes(it.id))]
      for (const id of ids) put(nameOf(id), scope.find(nameOf(id)) ?? [])
    }
    const source = node.source === null ? null : this.#exports.get(join(dirname(file), nameOf(node.source)))
    for (const it of nodes(node.specifiers)) {
      const name = nameOf(it.local)
      put(nameOf(it.exported), (source === null ? scope.find(name) : source?.get(name)) ?? [])
    }
  }
}

function memberCell(record: Rec, name: string): Cell {
  const cell = record.members.get(name) ?? new Set()
  record.members.set(name, cell)
  return cell
}

function insideOf(scope: Scope | null): Fn | null {
  for (let at = scope; at !== null; at = at.up) if (at.inside !== null) return at.inside
  return null
}

function declareIn(scope: Scope, node: Syntax): void {
  const inner = node.type === 'ExportNamedDeclaration' ? nodes(node.declaration) : [node]
  for (const it of inner) {
    if (it.type === 'FunctionDeclaration') scope.declare(nameOf(it.id))
    if (it.type === 'VariableDeclaration')
      for (const one of nodes(it.declarations)) declarePattern(scope, nodes(one.id)[0])
  }
}

function declarePattern(scope: Scope, pattern: Syntax): void {
  if (pattern.type === 'Identifier') scope.declare(String(pattern.name))
  const inner = [
    ...nodes(pattern.properties).flatMap(it => nodes(it.value ?? it.argument)),
    ...nodes(pattern.elements),
    ...nodes(pattern.left),
    ...nodes(pattern.type === 'RestElement' ? pattern.argument : null),
  ]
  for (const it of inner) declarePattern(scope, it)
}
