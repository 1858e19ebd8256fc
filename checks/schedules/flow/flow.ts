// Which functions a call of the implementation may reach. Chapters are factories that hand each other records of
// functions, so a call cannot be looked up by its name: values are followed instead, through constants, arguments,
// records and modules, from every place to every place where they may come to be (flow-insensitive, one context). The text is
// what the compiler made of the sources.

import { parse } from 'acorn'
import type { Syntax } from '../../mutants/compiled.js'
import { Facts } from './facts.js'
import { isFunction, nameOf, nodes, type Scope } from './names.js'
import { type Call, type Cell, elements, type Fn, memberCell, type Rec, type Value } from './values.js'

type Values = ReadonlySet<Value>
const nothing: Values = new Set()

/** Follows values through all texts, by their files, and answers what calls may reach. */
export function flowOf(texts: ReadonlyMap<string, string>): Facts {
  const facts = new Facts([...texts.keys()])
  const flow = new Flow(facts)
  const programs = [...texts].map(([file, text]) => {
    const program = parse(text, { ecmaVersion: 2023, sourceType: 'module' }) as unknown as Syntax
    return { program, scope: facts.scopeOf(program, null, file) }
  })
  while (facts.changed) {
    facts.changed = false
    for (const { program, scope } of programs) flow.run(program, scope)
  }
  return facts
}

/** Goes over syntax once, with what is known by then. */
class Flow {
  /** How many lists of parameters it is in. */
  #inParams = 0

  constructor(readonly facts: Facts) {}

  run(program: Syntax, scope: Scope): void {
    for (const node of nodes(program.body)) this.#eval(node, scope)
  }

  /** What an expression may be. A statement is nothing. */
  #eval(node: Syntax, scope: Scope): Values {
    if (isFunction(node)) return this.#function(node, scope)
    const evaluated = (part: unknown): Values => {
      const [it] = nodes(part)
      return it === undefined ? nothing : this.#eval(it, scope)
    }
    switch (node.type) {
      case 'Identifier':
        return scope.find(String(node.name)) ?? nothing
      case 'ObjectExpression':
        return new Set([this.#object(node, scope)])
      case 'ArrayExpression':
        return new Set([this.#array(node, scope)])
      case 'MemberExpression': {
        const of = evaluated(node.object)
        if (node.computed === true) evaluated(node.property)
        return this.facts.member(of, node.computed === true ? null : nameOf(node.property))
      }
      case 'CallExpression':
      case 'NewExpression':
        return this.#call(node, scope)
      case 'ConditionalExpression':
        evaluated(node.test)
        return new Set([...evaluated(node.consequent), ...evaluated(node.alternate)])
      case 'LogicalExpression':
        return new Set([...evaluated(node.left), ...evaluated(node.right)])
      case 'SequenceExpression':
        return (
          nodes(node.expressions)
            .map(it => this.#eval(it, scope))
            .at(-1) ?? nothing
        )
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return evaluated(node.expression)
      case 'AssignmentExpression': {
        const values = evaluated(node.right)
        this.#bind(nodes(node.left)[0], values, scope)
        evaluated(node.left)
        return values
      }
      default:
        this.#statement(node, scope)
        return nothing
    }
  }

  #statement(node: Syntax, scope: Scope): void {
    const { facts } = this
    switch (node.type) {
      case 'VariableDeclarator':
        this.#declarator(node, scope)
        return
      case 'ReturnStatement': {
        const values = nodes(node.argument).flatMap(it => [...this.#eval(it, scope)])
        if (scope.inside !== null) facts.into(scope.inside.answers, values)
        return
      }
      case 'ForOfStatement': {
        const inner = facts.scopeOf(node, scope, scope.file)
        const values = facts.member(this.#eval(nodes(node.right)[0], inner), elements)
        const [left] = nodes(node.left)
        const target = left.type === 'VariableDeclaration' ? nodes(nodes(left.declarations)[0].id)[0] : left
        this.#bind(target, values, inner)
        this.#eval(nodes(node.body)[0], inner)
        return
      }
      case 'BlockStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'SwitchStatement':
        this.#children(node, facts.scopeOf(node, scope, scope.file))
        return
      case 'ImportDeclaration':
        facts.import(node, scope)
        return
      case 'ExportNamedDeclaration':
        for (const declaration of nodes(node.declaration)) this.#eval(declaration, scope)
        facts.export(node, scope)
        return
      default:
        this.#children(node, scope)
    }
  }

  #children(node: Syntax, scope: Scope): void {
    for (const value of Object.values(node)) for (const child of nodes(value)) this.#eval(child, scope)
  }

  #declarator(node: Syntax, scope: Scope): void {
    const [id] = nodes(node.id)
    const [init] = nodes(node.init)
    if (init === undefined) return
    if (isFunction(init)) this.facts.fn(init, scope, nameOf(id))
    this.#bind(id, this.#eval(init, scope), scope)
  }

  /** A function is gone through whether or not anybody calls it. */
  #function(node: Syntax, scope: Scope): Values {
    const fn = this.facts.fn(node, scope, nameOf(node.id) || 'a function without a name')
    if (node.type === 'FunctionDeclaration') this.facts.into(scope.declare(fn.name), [fn])
    this.#inParams++
    for (const param of nodes(node.params)) this.#bind(param, [], fn.scope)
    this.#inParams--
    const [body] = nodes(node.body)
    const values = this.#eval(body, fn.scope)
    if (body.type !== 'BlockStatement') this.facts.into(fn.answers, values)
    return new Set([fn])
  }

  #object(node: Syntax, scope: Scope): Rec {
    const { facts } = this
    const record = facts.record(node)
    for (const property of nodes(node.properties)) {
      const [value] = nodes(property.value ?? property.argument)
      const name = property.computed === true ? elements : nameOf(property.key)
      if (isFunction(value)) facts.fn(value, scope, name)
      const values = this.#eval(value, scope)
      if (property.type === 'SpreadElement') {
        for (const from of values)
          if (from.is === 'record') for (const [key, cell] of from.members) facts.into(memberCell(record, key), cell)
        continue
      }
      facts.into(memberCell(record, name), values)
      if (property.kind !== 'init') for (const it of values) if (it.is === 'function') facts.getters.add(it)
    }
    return record
  }

  #array(node: Syntax, scope: Scope): Rec {
    const record = this.facts.record(node)
    for (const item of nodes(node.elements)) this.facts.into(memberCell(record, elements), this.#item(item, scope))
    return record
  }
  /** What an element of an array may be, or an argument: all that a list has which is spread there. */
  #item(node: Syntax, scope: Scope): Values {
    if (node.type !== 'SpreadElement') return this.#eval(node, scope)
    return this.facts.member(this.#eval(nodes(node.argument)[0], scope), elements)
  }

  /** Values come to what a pattern names. */
  #bind(pattern: Syntax, values: Iterable<Value>, scope: Scope): void {
    const { facts } = this
    switch (pattern.type) {
      case 'Identifier': {
        const cell = scope.find(String(pattern.name))
        if (cell !== undefined) facts.into(cell, values)
        return
      }
      case 'ObjectPattern':
        for (const property of nodes(pattern.properties)) {
          if (property.type === 'RestElement') this.#bind(nodes(property.argument)[0], values, scope)
          else this.#bind(nodes(property.value)[0], facts.member(values, nameOf(property.key)), scope)
        }
        return
      case 'ArrayPattern':
        for (const item of nodes(pattern.elements)) this.#bind(item, facts.member(values, elements), scope)
        return
      case 'AssignmentPattern': {
        const usual = this.#eval(nodes(pattern.right)[0], scope)
        this.#bind(nodes(pattern.left)[0], [...values, ...usual], scope)
        return
      }
      case 'RestElement':
        this.#bind(nodes(pattern.argument)[0], values, scope)
        return
      case 'MemberExpression': {
        const name = pattern.computed === true ? elements : nameOf(pattern.property)
        for (const value of this.#eval(nodes(pattern.object)[0], scope))
          if (value.is === 'record') facts.into(memberCell(value, name), values)
        return
      }
    }
  }

  #call(node: Syntax, scope: Scope): Values {
    const [callee] = nodes(node.callee)
    const of = callee.type === 'MemberExpression' ? this.#eval(nodes(callee.object)[0], scope) : nothing
    const targets = this.#eval(callee, scope)
    const args = nodes(node.arguments).map(it => this.#item(it, scope))
    // A function that is bound to its record is the same function.
    if (callee.type === 'MemberExpression' && nameOf(callee.property) === 'bind') return of
    const call = this.facts.call(node, scope, this.#inParams > 0)
    // Known better in this round, perhaps, than in the last.
    call.given.clear()
    const found: Cell = new Set()
    for (const target of targets) {
      if (target.is === 'hook') call.hook = true
      if (target.is !== 'function') continue
      call.callees.add(target)
      this.#hand(args, node, target)
      for (const it of target.answers) found.add(it)
    }
    return call.hook || call.callees.size > 0 ? found : new Set([...given(call, args), ...of])
  }
  /** Arguments come to the parameters of a function that a call may reach. */
  #hand(args: readonly Values[], call: Syntax, { node, scope }: Fn): void {
    const isSpread = nodes(call.arguments).some(it => it.type === 'SpreadElement')
    nodes(node.params).forEach((param, i) => {
      const values = isSpread || param.type === 'RestElement' ? args.flatMap(it => [...it]) : [...(args[i] ?? [])]
      this.#bind(param, values, scope)
    })
  }
}

/** Nobody here has written what is called: what it is given may come back, and may be called by it. */
function given(call: Call, args: readonly Values[]): readonly Value[] {
  const values = args.flatMap(it => [...it])
  for (const it of values) if (it.is === 'function') call.given.add(it)
  return values
}
