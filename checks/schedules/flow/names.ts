// Which declaration a name means: scopes of the text, one inside the other, and what is declared in each.

import { isSyntax, type Syntax } from '../../mutants/compiled.js'
import type { Cell, Fn } from './values.js'

/** Those of some children of a node that are nodes: a child may be missing, one, or several. */
export const nodes = (value: unknown): readonly Syntax[] => (Array.isArray(value) ? value : [value]).filter(isSyntax)

/** The name that an identifier or a key is, or ''. */
export const nameOf = (node: unknown): string => (isSyntax(node) ? String(node.name ?? node.value ?? '') : '')

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])
export const isFunction = ({ type }: Syntax): boolean => functions.has(type)

export class Scope {
  /** The function whose parameters are declared here. */
  owner: Fn | null = null
  readonly #names = new Map<string, Cell>()

  constructor(
    readonly up: Scope | null,
    readonly file: string,
  ) {}

  declare(name: string): Cell {
    const cell = this.#names.get(name) ?? new Set()
    this.#names.set(name, cell)
    return cell
  }
  find(name: string): Cell | undefined {
    return this.#names.get(name) ?? this.up?.find(name)
  }
  /** The function around it; null at the top of a module. */
  get inside(): Fn | null {
    return this.owner ?? this.up?.inside ?? null
  }
}

/** Declares what is declared right inside a node, and not in a block of its own there. */
export function declareInside(scope: Scope, node: Syntax): void {
  const statements = [...nodes(node.body), ...nodes(node.init), ...nodes(node.left), ...nodes(node.cases)]
  for (const statement of statements.flatMap(it => (it.type === 'SwitchCase' ? nodes(it.consequent) : [it])))
    declareStatement(scope, statement)
}

function declareStatement(scope: Scope, node: Syntax): void {
  const inner = node.type === 'ExportNamedDeclaration' ? nodes(node.declaration) : [node]
  for (const it of inner) {
    if (it.type === 'FunctionDeclaration') scope.declare(nameOf(it.id))
    if (it.type === 'VariableDeclaration')
      for (const one of nodes(it.declarations)) declarePattern(scope, nodes(one.id)[0])
  }
}

export function declarePattern(scope: Scope, pattern: Syntax): void {
  if (pattern.type === 'Identifier') scope.declare(String(pattern.name))
  const inner = [
    ...nodes(pattern.properties).flatMap(it => nodes(it.value ?? it.argument)),
    ...nodes(pattern.elements),
    ...nodes(pattern.left),
    ...nodes(pattern.type === 'RestElement' ? pattern.argument : null),
  ]
  for (const it of inner) declarePattern(scope, it)
}
