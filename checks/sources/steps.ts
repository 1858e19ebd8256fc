// Where the steps of an operation are written. An operation's steps are an object whose parts come from other files, some
// under names that are put together: `...shootdownSteps('forget', …)` has `[`${name}Send`]`. So the text is followed as
// far as names go: spread parts, calls of functions that return an object, their parameters. Nothing is run.

import type { Source } from '../../reports/result.js'
import { isSyntax, type Syntax } from '../mutants/compiled.js'
import { type Module, moduleOf, nodesIn, visit } from './module.js'

/** A piece of text with what its names mean there: its file, and the arguments of the call that it is in. */
interface Placed {
  readonly node: Syntax
  readonly module: Module
  readonly bound: ReadonlyMap<string, Placed>
}

/** An operation as it is written: its own line, and that of each step. */
export interface WrittenOperation {
  readonly name: string
  readonly source: Source
  readonly steps: ReadonlyMap<string, Source>
}

/** All operations and rules of a compiled file. */
export function operationsIn(file: string): readonly WrittenOperation[] {
  const module = moduleOf(file)
  const found: WrittenOperation[] = []
  visit(module.program, node => {
    const written = operationAt({ node, module, bound: new Map() })
    if (written !== null) found.push(written)
  })
  return found
}

/** `operation('fork', …).steps({ … })`, or `rule('acknowledge', …)`. */
function operationAt({ node, module, bound }: Placed): WrittenOperation | null {
  const { callee } = node
  if (node.type !== 'CallExpression' || !isSyntax(callee)) return null
  const isRule = callee.type === 'Identifier' && callee.name === 'rule'
  const isSteps = callee.type === 'MemberExpression' && isSyntax(callee.property) && callee.property.name === 'steps'
  const head = isRule ? node : isSteps && isSyntax(callee.object) ? callee.object : null
  const [first] = nodesIn(head?.arguments)
  if (head?.type !== 'CallExpression' || first === undefined) return null
  const name = textAt({ node: first, module, bound })
  const [given] = nodesIn(node.arguments)
  const steps = isRule || given === undefined ? [] : stepsAt({ node: given, module, bound })
  return { name: name ?? '', source: module.source(head.start), steps: new Map(steps) }
}

type Steps = readonly (readonly [string, Source])[]

/** The names of the object that a piece of text stands for; a later one of the same name takes the place of an earlier one. */
function stepsAt(placed: Placed): Steps {
  const { node, module, bound } = placed
  switch (node.type) {
    case 'ObjectExpression':
      return nodesIn(node.properties).flatMap(property => propertyAt({ node: property, module, bound }))
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].filter(isSyntax).flatMap(part => stepsAt({ node: part, module, bound }))
    case 'Identifier': {
      const meant = resolve(placed)
      return meant === null ? [] : stepsAt(meant)
    }
    case 'CallExpression':
      return called(placed)
    default:
      return []
  }
}

function propertyAt({ node, module, bound }: Placed): Steps {
  if (node.type === 'SpreadElement')
    return isSyntax(node.argument) ? stepsAt({ node: node.argument, module, bound }) : []
  const { key } = node
  if (!isSyntax(key)) return []
  const name = node.computed === true ? textAt({ node: key, module, bound }) : String(key.name ?? key.value)
  return name === null ? [] : [[name, module.source(key.start)]]
}

/** What a function returns, with its parameters bound to the arguments of the call. */
function called({ node, module, bound }: Placed): Steps {
  const { callee } = node
  const made = isSyntax(callee) && callee.type === 'Identifier' ? resolve({ node: callee, module, bound }) : null
  if (made === null || !('params' in made.node) || !isSyntax(made.node.body)) return []
  const given = nodesIn(node.arguments).map((argument): Placed => ({ node: argument, module, bound }))
  const inside = new Map([...made.bound, ...bind(nodesIn(made.node.params), given, made)])
  const { body } = made.node
  if (body.type !== 'BlockStatement') return stepsAt({ node: body, module: made.module, bound: inside })
  for (const { id, init } of nodesIn(body.body).flatMap(({ declarations }) => nodesIn(declarations)))
    if (isSyntax(id) && isSyntax(init)) inside.set(String(id.name), { node: init, module: made.module, bound: inside })
  return nodesIn(body.body).flatMap(({ type, argument }) =>
    type === 'ReturnStatement' && isSyntax(argument)
      ? stepsAt({ node: argument, module: made.module, bound: inside })
      : [],
  )
}

function bind(
  params: readonly Syntax[],
  given: readonly Placed[],
  made: Placed,
): readonly (readonly [string, Placed])[] {
  return params.flatMap((param, i): readonly (readonly [string, Placed])[] => {
    // `(...given) => …`: its names are those of its parts, of which none is a name of a step.
    if (param.type === 'RestElement') return []
    const { left, right } = param
    const name = param.type === 'AssignmentPattern' && isSyntax(left) ? left : param
    const value = given[i] ?? (isSyntax(right) ? { ...made, node: right } : undefined)
    return value === undefined ? [] : [[String(name.name), value]]
  })
}

/** What a name stands for: an argument, a constant of the file, or of the file that it is imported from. */
function resolve({ node, module, bound }: Placed): Placed | null {
  const name = String(node.name)
  const given = bound.get(name)
  if (given !== undefined) return given
  const declared = module.declared.get(name)
  if (declared !== undefined) return { node: declared, module, bound: new Map() }
  const imported = module.imported.get(name)
  if (imported === undefined) return null
  const from = moduleOf(imported.file)
  const there = from.declared.get(imported.name)
  return there === undefined ? null : { node: there, module: from, bound: new Map() }
}

/** A text that can be known without running anything. */
function textAt(placed: Placed): string | null {
  const { node, module, bound } = placed
  if (node.type === 'Literal') return String(node.value)
  if (node.type === 'Identifier') {
    const meant = resolve(placed)
    return meant === null ? null : textAt(meant)
  }
  if (node.type !== 'TemplateLiteral') return null
  const parts = nodesIn(node.expressions).map(part => textAt({ node: part, module, bound }))
  const between = nodesIn(node.quasis).map(({ value }) => String((value as { cooked: string }).cooked))
  if (parts.includes(null)) return null
  return between.map((text, i) => text + (parts[i] ?? '')).join('')
}
