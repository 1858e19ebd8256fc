// Mutants of the implementation made by rule from its compiled text: each statement that has an effect left out, and
// each check that returns early, one at a time. Lockstep must notice every one that equivalent.ts does not list.

import { filesOf, isSyntax, type Syntax, type TextEdit, textOf, visit } from './compiled.js'

/** Folders whose statements are edited: what the commands run, not what only looks (inspect, descriptions). */
const chapters = ['faults', 'frames', 'page-tables', 'processes', 'regions', 'swap']

/** Functions that no command runs: the gate for benchmarks, and what explains entries to readers. */
const unused = new Set(['format', 'map', 'unmap', 'decode', 'encode', 'rightsOf'])

const effects = new Set(['AssignmentExpression', 'UpdateExpression', 'CallExpression'])

/** An effect: an assignment, an increment or a call that stands alone. */
const isEffect = ({ type, expression }: Syntax): boolean =>
  type === 'ExpressionStatement' && isSyntax(expression) && effects.has(expression.type)

/** A check: an `if` without `else` that only returns. */
const isCheck = ({ type, consequent, alternate }: Syntax): boolean =>
  type === 'IfStatement' && !isSyntax(alternate) && isSyntax(consequent) && consequent.type === 'ReturnStatement'

/** Telling a checker what happens is no effect of the machine. */
const tellsHooks = (text: string): boolean => /preempt\(|chose\(/.test(text)

/** Every edit, in the order of files and places. */
export const textEdits = (): readonly TextEdit[] => chapters.flatMap(chapter => filesOf(chapter).flatMap(editsOf))

function editsOf(file: string): readonly TextEdit[] {
  const text = textOf(file)
  const edits: TextEdit[] = []
  visit(text, (node, inside) => {
    if (inside === '' || unused.has(inside)) return
    const { start, end } = node
    const left = text.slice(start, end)
    if (!isCheck(node) && (!isEffect(node) || tellsHooks(left))) return
    const title = `${file.replace(/\.js$/, '')} ${inside}: without ${short(left)}`
    edits.push({ title, file, start, end, replacement: ';' })
  })
  return edits
}

const longest = 70
function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/;$/, '')
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
