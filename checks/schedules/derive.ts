// Generators from the shipped text. Every function that can reach a hook becomes `function*`, and calls of it `yield*`;
// a hook that answers true hands the CPU over. So all CPUs of a machine run in one thread, each stopped in mid-operation
// wherever a schedule says, and what runs is the compiled text itself, not a second one written for the purpose.
// A function that only hands on what it calls stays one: generators cost more than all else in a schedule.
// What cannot be derived is refused with its place: a function that reaches a hook and is called by something that
// nobody here has written (`map`, a getter), because that caller cannot wait.

import { parse } from 'acorn'
import { replaced, type Syntax, type Wrap, wrapped } from '../mutants/compiled.js'
import type { Facts } from './flow/facts.js'
import { flowOf } from './flow/flow.js'
import { nodes } from './flow/names.js'
import { answersNothing, tailsOf } from './flow/tails.js'
import type { Call, Fn } from './flow/values.js'

/** A function reaches a hook and cannot become a generator. */
export class NotDerivable extends Error {
  override readonly name = 'NotDerivable'
}

export interface Derived {
  readonly texts: ReadonlyMap<string, string>
  /** `file name` of each function that has become a generator. */
  readonly generators: readonly string[]
}

/** Derives all files of an implementation, by their paths from dist/impl/ on. */
export function derive(texts: ReadonlyMap<string, string>): Derived {
  const flow = flowOf(texts)
  const reaching = reachingIn(flow)
  refuse(flow, reaching, texts)
  const wraps = new Map<string, Wrap[]>([...texts.keys()].map(file => [file, []]))
  const arrows = new Map<string, number[]>([...texts.keys()].map(file => [file, []]))
  const put = (file: string, wrap: Wrap) => wraps.get(file)?.push(wrap)
  const handing = handingOn(flow, reaching)
  for (const fn of reaching) {
    if (handing.has(fn)) continue
    const text = textIn(texts, fn.file)
    if (fn.node.type === 'ArrowFunctionExpression') arrows.get(fn.file)?.push(arrowOf(text, fn.node))
    for (const wrap of wrapsOf(text, fn.node)) put(fn.file, wrap)
  }
  for (const call of flow.calls.values()) {
    const { start, end } = call.node
    if (call.hook) put(call.file, { start, end, before: '(', after: ' && (yield))' })
    else if (!reaches(call, reaching)) continue
    else if (call.inside !== null && handing.has(call.inside)) {
      if (isDropped(call, call.inside)) put(call.file, { start, end, before: 'return ', after: '' })
    } else if ([...call.callees].some(it => handing.has(it))) put(call.file, { start, end, ...eitherWay })
    else put(call.file, { start, end, before: '(yield* ', after: ')' })
  }
  return {
    texts: new Map([...texts].map(([file, text]) => [file, rewritten(text, wraps.get(file), arrows.get(file))])),
    generators: [...reaching].flatMap(fn => (handing.has(fn) ? [] : `${fn.file} ${fn.name}`)).sort(),
  }
}

const textIn = (texts: ReadonlyMap<string, string>, file: string): string => texts.get(file) ?? ''

const reaches = (call: Call, reaching: ReadonlySet<Fn>): boolean =>
  call.hook || [...call.callees].some(it => reaching.has(it))

/** Functions that can reach a hook, and those that are called where such a one may be: a call waits or does not. */
function reachingIn({ calls }: Facts): ReadonlySet<Fn> {
  const reaching = new Set<Fn>()
  for (let size = -1; size !== reaching.size; ) {
    size = reaching.size
    for (const call of calls.values()) {
      if (!reaches(call, reaching)) continue
      if (call.inside !== null) reaching.add(call.inside)
      if (!call.hook) for (const callee of call.callees) reaching.add(callee)
    }
  }
  return reaching
}

/** What is called answers at once or with a generator. A name for either, in each file: nobody else runs in between. */
const answer = 'answer$'
const eitherWay = {
  before: `(${answer} = `,
  after: `, typeof ${answer} === 'object' && ${answer}?.next !== undefined ? yield* ${answer} : ${answer})`,
}

/** Functions that reach hooks only through calls at their end. */
function handingOn({ calls }: Facts, reaching: ReadonlySet<Fn>): ReadonlySet<Fn> {
  const handing = new Set(reaching)
  for (const call of calls.values()) {
    const { inside } = call
    if (inside !== null && reaches(call, reaching) && !isHandedOn(call, inside)) handing.delete(inside)
  }
  return handing
}

function isHandedOn(call: Call, inside: Fn): boolean {
  if (call.hook) return false
  if (tailsOf(inside.node).returned.has(call.node)) return true
  return isDropped(call, inside) && [inside, ...call.callees].every(({ node }) => answersNothing(node))
}
const isDropped = ({ node }: Call, inside: Fn): boolean => tailsOf(inside.node).dropped.has(node)

function refuse(flow: Facts, reaching: ReadonlySet<Fn>, texts: ReadonlyMap<string, string>): void {
  const names = new Set([...reaching].filter(({ node }) => node.type === 'FunctionDeclaration').map(({ name }) => name))
  for (const call of flow.calls.values()) {
    const at = placeOf(texts, call.file, call.node)
    const [given] = [...call.given].filter(it => reaching.has(it))
    if (given !== undefined)
      throw new NotDerivable(`${at}: ${given.name} reaches a hook and is given to something that cannot wait for it`)
    if (reaches(call, reaching)) {
      if (call.inside === null) throw new NotDerivable(`${at}: a hook is reached while the module is loaded`)
      if (call.asDefault) throw new NotDerivable(`${at}: a hook is reached by the default of a parameter`)
      if (call.node.type === 'NewExpression') throw new NotDerivable(`${at}: a hook is reached by a constructor`)
      if (call.node.optional === true) throw new NotDerivable(`${at}: a hook is reached by a call that may not happen`)
    } else if (call.callees.size === 0 && names.has(calledName(call.node))) {
      throw new NotDerivable(`${at}: nothing says which ${calledName(call.node)} is called, and one reaches a hook`)
    }
  }
  for (const { node, file, name } of reaching) {
    const at = placeOf(texts, file, node)
    if (node.async === true || node.generator === true)
      throw new NotDerivable(`${at}: ${name} reaches a hook and is async or a generator already`)
    if (node.type === 'ArrowFunctionExpression' && hasThis(node))
      throw new NotDerivable(`${at}: ${name} reaches a hook and is an arrow function with 'this'`)
  }
  for (const fn of flow.getters)
    if (reaching.has(fn))
      throw new NotDerivable(`${placeOf(texts, fn.file, fn.node)}: ${fn.name} is a getter that reaches a hook`)
}

/** What a call names, where that is a plain name: a built-in function may have the name of one of ours as a member. */
function calledName(node: Syntax): string {
  const [callee] = nodes(node.callee)
  return callee.type === 'Identifier' ? String(callee.name) : ''
}

function placeOf(texts: ReadonlyMap<string, string>, file: string, { start }: Syntax): string {
  const lines = textIn(texts, file).slice(0, start).split('\n')
  return `${file}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`
}

const hasThis = (node: Syntax): boolean =>
  node.type === 'ThisExpression' ||
  Object.values(node).some(value => nodes(value).some(it => it.type !== 'FunctionExpression' && hasThis(it)))

/** What makes a generator of a function: a star, and for an arrow function the words that it does without. */
function wrapsOf(text: string, node: Syntax): readonly Wrap[] {
  const { start, end } = node
  if (node.type !== 'ArrowFunctionExpression') {
    const word = 'function'
    if (text.startsWith(word, start)) return [{ start: start + word.length, end, before: '*', after: '' }]
    // A method of a record: its function begins at the bracket behind the name.
    const name = /[\w$]+\s*$/.exec(text.slice(0, start))
    return [{ start: start - (name?.[0].length ?? 0), end, before: '*', after: '' }]
  }
  const params = { start, end: arrowOf(text, node) }
  const [body] = nodes(node.body)
  const whole: Wrap = { start, end, before: '(function* ', after: ')' }
  const bare = text[start] !== '(' ? [{ ...params, before: '(', after: ')' }] : []
  if (body.type === 'BlockStatement') return [whole, ...bare]
  return [whole, ...bare, { start: params.end + 2, end, before: '{ return (', after: '); }' }]
}

/** Where the arrow of an arrow function stands. */
function arrowOf(text: string, node: Syntax): number {
  const [body] = nodes(node.body)
  return text.lastIndexOf('=>', body.start)
}

function rewritten(text: string, wraps: readonly Wrap[] = [], arrows: readonly number[] = []): string {
  if (wraps.length === 0) return text
  const without = replaced(
    text,
    arrows.map(start => ({ start, end: start + 2, replacement: '  ' })),
  )
  const bare = wrapped(without, wraps)
  const made = bare.includes(answer) ? `${bare}\nvar ${answer};\n` : bare
  parse(made, { ecmaVersion: 2023, sourceType: 'module' })
  return made
}
