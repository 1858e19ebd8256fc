// Which calls of a function stand at its end, so that its answer is theirs. A function of which all that reach a hook do
// need not become a generator: it hands on the one that it got, or an answer where it has not called.

import type { Syntax } from '../../mutants/compiled.js'
import { isFunction, nodes } from './names.js'

export interface Tails {
  /** Calls whose answer is returned. */
  readonly returned: ReadonlySet<Syntax>
  /** Calls in the last statement of a function, where nobody looks at their answer. */
  readonly dropped: ReadonlySet<Syntax>
}

export function tailsOf(fn: Syntax): Tails {
  const [returned, dropped] = [new Set<Syntax>(), new Set<Syntax>()]
  const [body] = nodes(fn.body)
  if (body.type === 'BlockStatement') statement(body, true, returned, dropped)
  else value(body, returned)
  return { returned, dropped }
}

/** Whether a function answers nothing, wherever it ends. */
export const answersNothing = (fn: Syntax): boolean => nodes(fn.body).every(hasNoAnswer)
const hasNoAnswer = (node: Syntax): boolean =>
  node.type === 'ReturnStatement'
    ? nodes(node.argument).length === 0
    : isStatement(node) &&
      Object.values(node).every(it => nodes(it).every(part => !isStatement(part) || hasNoAnswer(part)))
const isStatement = (node: Syntax): boolean =>
  !isFunction(node) && /Statement$|^SwitchCase$|^CatchClause$/.test(node.type)

function statement(node: Syntax, isLast: boolean, returned: Set<Syntax>, dropped: Set<Syntax>): void {
  const go = (parts: readonly Syntax[], last: boolean) => {
    for (const [i, part] of parts.entries()) statement(part, last && i === parts.length - 1, returned, dropped)
  }
  if (node.type === 'ReturnStatement') for (const it of nodes(node.argument)) value(it, returned)
  else if (node.type === 'ExpressionStatement' && isLast)
    for (const it of nodes(node.expression).filter(isCall)) dropped.add(it)
  else if (node.type === 'BlockStatement') go(nodes(node.body), isLast)
  else if (node.type === 'IfStatement') for (const it of [node.consequent, node.alternate]) go(nodes(it), isLast)
  else if (/^(For|While|DoWhile)/.test(node.type)) go(nodes(node.body), false)
}

const isCall = ({ type }: Syntax): boolean => type === 'CallExpression'

/** What is evaluated last of an expression, whichever way it goes. */
function value(node: Syntax, found: Set<Syntax>): void {
  if (isCall(node)) found.add(node)
  const last =
    node.type === 'ConditionalExpression'
      ? [node.consequent, node.alternate]
      : node.type === 'LogicalExpression'
        ? [node.right]
        : []
  for (const it of last) for (const part of nodes(it)) value(part, found)
}
