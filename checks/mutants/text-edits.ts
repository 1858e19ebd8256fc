// Mutants of the implementation made by rule from its compiled text, one at a time: each statement with an effect left
// out, each check taken away, each condition of effects turned round, each operand of a condition and each arm of a
// choice left out. Lockstep must notice every one that equivalent.ts does not list.
//
// An edit is written as a switch around what it edits, so that one copy of the implementation has them all: `keep(n)` is
// true unless edit n is in force, and notes that the edit would have made a difference here.

import { filesOf, isSyntax, type Syntax, textOf, visit, type Wrap } from './compiled.js'

export interface SwitchedEdit extends Wrap {
  readonly title: string
  /** The file, from dist/impl/ on. */
  readonly file: string
}

/** Files whose text no command runs: what only looks, judges the boot values, or lays out the buffer. */
const passive = /^(inspect|page-tables\/dump|answers|api|boot|core|geometry|index|layout|machine\.js)/

/** Files, functions and conditions of machines with several CPUs, which schedules and stress run. */
const ofSeveral =
  /^(concurrency|tlb)\/|^(faults\/(overtaken|way)|regions\/guarded|shared-memory\/records|swap\/(leaving|emptying))\.js/
const inSeveral = new RegExp(
  `^(${[
    'page-tables/(tables point|page-tables (missing|hang)|leaves (takeAway|moveHidden)|protect protectAmongOthers)',
    'copy-on-write/fork (copyAmongOthers|loseWrite)',
    'frames/frames putOfSeveral',
    'regions/(pages (removeFromAll|reveal)|mprotect changeAmongOthers)',
    'swap/(reclaim chooseAmongOthers|evict isEvictableAmongOthers|areas (close|reopen))',
    'shared-memory/objects chooseAlone',
    'frames/frames takeFreePage',
    'faults/faults (makeBesides|bringIn)',
    'processes/processes (spaceAmongOthers|settledSpaceOf|settle|beginAmongOthers|leave)',
    'shared-memory/objects forgo',
  ].join('|')})$`,
)

/** Functions that no command runs: the gate for benchmarks, and what explains entries to readers. */
const unused =
  /^(page-tables\/entry (decode|encode|rightsOf)|page-tables\/page-tables (map|unmap)|page-tables\/tables fill|gate (handlePageFault|dumpPageTable))$/

/** Every edit, in the order of files and places; its place in this list is its number. */
export const textEdits = (): readonly SwitchedEdit[] => {
  let number = 0
  return filesOf('')
    .filter(file => !passive.test(file) && !ofSeveral.test(file))
    .flatMap(file => editsOf(file, () => number++))
}

const effects = new Set(['AssignmentExpression', 'UpdateExpression', 'CallExpression'])

/** Telling a checker what happens is no effect of the machine. */
const tellsHooks = /^\s*(preempt|chose)\(/

/** An effect: an assignment, an increment or a call that stands alone. */
const isEffect = ({ type, expression }: Syntax): boolean =>
  type === 'ExpressionStatement' && isSyntax(expression) && effects.has(expression.type)

/** An edit as the rules below find it: what is wrapped, how, and what its title says. */
interface Found {
  readonly of: Syntax
  readonly says: string
  readonly wrap: (keep: string) => readonly [before: string, after: string]
}
const without = (of: Syntax, says: string, before: string, after: string): Found => ({
  of,
  says,
  wrap: keep => [before.replace('keep', keep), after.replace('keep', keep)],
})

function editsOf(file: string, number: () => number): readonly SwitchedEdit[] {
  const text = textOf(file)
  const titles = new Map<string, number>()
  const edits: SwitchedEdit[] = []
  const apart = partsOfSeveral(text)
  visit(text, (node, inside) => {
    const place = `${file.replace(/\.js$/, '')} ${inside}`
    if (inside === '' || unused.test(place) || inSeveral.test(place)) return
    const quote = (it: Syntax) => short(text.slice(it.start, it.end))
    for (const { of, says, wrap } of foundIn(node, quote)) {
      const { start, end } = of
      if (tellsHooks.test(text.slice(start, end)) || apart.some(it => it.start <= start && end <= it.end)) continue
      const title = `${place}: ${says}`
      const times = (titles.get(title) ?? 0) + 1
      titles.set(title, times)
      const [before, after] = wrap(`mmspecKeep(${number()})`)
      edits.push({ title: times === 1 ? title : `${title}, ${times}`, file, start, end, before, after })
    }
  })
  return edits
}

/** What is asked and done only where several CPUs run: `if (SEVERAL) …` and `SEVERAL ? … : …`, up to the other arm. */
function partsOfSeveral(text: string): readonly { readonly start: number; readonly end: number }[] {
  const parts: { readonly start: number; readonly end: number }[] = []
  visit(text, ({ type, test, consequent }) => {
    if (type !== 'IfStatement' && type !== 'ConditionalExpression') return
    if (
      !isSyntax(test) ||
      !isSyntax(consequent) ||
      !/\bSEVERAL\b|\bboot\.cpus\b/.test(text.slice(test.start, test.end))
    )
      return
    parts.push({ start: test.start, end: consequent.end })
  })
  return parts
}

type Quote = (node: Syntax) => string

function foundIn(node: Syntax, quote: Quote): readonly Found[] {
  if (isEffect(node)) return [without(node, `without ${quote(node)}`, '{if(keep){', '}}')]
  switch (node.type) {
    case 'IfStatement':
      return ofIf(node, quote)
    case 'LogicalExpression':
      return ofOperands(node, quote)
    case 'ConditionalExpression':
      return ofArms(node, quote)
    case 'ArrowFunctionExpression':
      return ofArrow(node, quote)
    default:
      return []
  }
}

/** A whole `if` without `else` left out, unless it is one effect; and turned round where it has effects. */
function ofIf(node: Syntax, quote: Quote): readonly Found[] {
  const { test, consequent, alternate } = node
  if (!isSyntax(test) || !isSyntax(consequent)) return []
  const turned = without(test, `if not (${quote(test)})`, '(keep===!!(', '))')
  if (isSyntax(alternate)) return [turned]
  const left = without(test, `without ${quote(node)}`, '((', ')&&keep)')
  return isEffect(consequent) ? [turned] : consequent.type === 'ReturnStatement' ? [left] : [left, turned]
}

/** Either operand of a condition left out; it matters only where that operand decides. */
function ofOperands({ operator, left, right }: Syntax, quote: Quote): readonly Found[] {
  if (!isSyntax(left) || !isSyntax(right) || operator === '??') return []
  const [before, after] = operator === '&&' ? ['((', ')||!keep)'] : ['((', ')&&keep)']
  return [left, right]
    .filter(operand => operand.type !== 'LogicalExpression' || operand.operator !== operator)
    .map(operand => without(operand, `without operand ${quote(operand)}`, before, after))
}

/** Either arm of a choice left out. */
function ofArms({ test, consequent, alternate }: Syntax, quote: Quote): readonly Found[] {
  if (!isSyntax(test) || !isSyntax(consequent) || !isSyntax(alternate)) return []
  return [
    without(test, `never ${quote(consequent)} by ${quote(test)}`, '((', ')&&keep)'),
    without(test, `never ${quote(alternate)} by ${quote(test)}`, '((', ')||!keep)'),
  ]
}

/** An arrow function that is one assignment. */
function ofArrow({ body }: Syntax, quote: Quote): readonly Found[] {
  if (!isSyntax(body) || (body.type !== 'AssignmentExpression' && body.type !== 'UpdateExpression')) return []
  return [without(body, `without ${quote(body)}`, '(keep?(', '):undefined)')]
}

const longest = 70
function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/;$/, '').replaceAll('${', '{')
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
