// Mutants of the implementation, made from its shipped text: each statement that has an effect left out, each check
// that returns early left out, one at a time. A copy with one edit is written to a temporary folder and loaded as
// modules of its own; lockstep must part. Loops count their rounds, so that an edit that never ends is noticed too.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Node, parse } from 'acorn'
import type * as Impl from '../../impl/index.js'

/** Compiled code: this file lies in dist/checks/mutants/. */
export const dist = fileURLToPath(new URL('../../', import.meta.url))

export interface TextEdit {
  readonly title: string
  /** The file, from dist/impl/ on. */
  readonly file: string
  readonly start: number
  readonly end: number
  /** What stands there instead; nothing where it is left out. */
  readonly replacement: string
}

/** Files whose statements are edited: what the commands run, not what only looks (inspect, descriptions). */
const chapters = ['faults', 'frames', 'page-tables', 'processes', 'regions', 'swap']

/** Functions that no command runs: the gate for benchmarks, and what explains entries to readers. */
const unused = new Set(['format', 'map', 'unmap', 'decode', 'encode', 'rightsOf'])

const listed = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.js') && !file.endsWith('.test.js'))
    .sort()

interface Any extends Node {
  readonly [key: string]: unknown
}
const isNode = (value: unknown): value is Any => typeof value === 'object' && value !== null && 'type' in value

/** Visits every node, with the name of the function around it. */
function visit(node: Any, inside: string, found: (node: Any, inside: string) => void): void {
  const name = nameOf(node) ?? inside
  found(node, name)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, name, found)
  }
}
function nameOf(node: Any): string | null {
  if (node.type === 'FunctionDeclaration' && isNode(node.id)) return String(node.id.name)
  if (
    node.type === 'VariableDeclarator' &&
    isNode(node.init) &&
    node.init.type === 'ArrowFunctionExpression' &&
    isNode(node.id)
  ) {
    return String(node.id.name)
  }
  return null
}

/** An effect: an assignment, an increment or a call that stands alone. */
const isEffect = (node: Any): boolean =>
  node.type === 'ExpressionStatement' &&
  isNode(node.expression) &&
  ['AssignmentExpression', 'UpdateExpression', 'CallExpression'].includes(node.expression.type)
/** A check: an `if` without `else` that only returns. */
const isCheck = (node: Any): boolean =>
  node.type === 'IfStatement' &&
  (node.alternate ?? null) === null &&
  isNode(node.consequent) &&
  node.consequent.type === 'ReturnStatement'

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').replace(/;$/, '')
  return line.length > 70 ? `${line.slice(0, 69)}…` : line
}

export function textEdits(): readonly TextEdit[] {
  return chapters.flatMap(chapter =>
    listed(join(dist, 'impl', chapter)).flatMap(name => {
      const file = join(chapter, name)
      const text = readFileSync(join(dist, 'impl', file), 'utf8')
      const edits: TextEdit[] = []
      visit(parse(text, { ecmaVersion: 2023, sourceType: 'module' }) as unknown as Any, '', (node, inside) => {
        if (inside === '' || unused.has(inside) || !(isEffect(node) || isCheck(node))) return
        if (/preempt\(|chose\(/.test(text.slice(node.start, node.end)) && !isCheck(node)) return
        edits.push({
          title: `${file.replace(/\.js$/, '')} ${inside}: without ${short(text.slice(node.start, node.end))}`,
          file,
          start: node.start,
          end: node.end,
          replacement: ';',
        })
      })
      return edits
    }),
  )
}

/** Rounds that all loops together may make in one call from outside. */
const mostRounds = 200_000

/** The text with one part replaced. */
type Cut = (start: number, end: number, replacement: string) => string

/** Text with a call at the start of every loop body, so that a loop that never ends throws. */
function withCountedLoops(text: string): Cut {
  const places: { at: number; insert: string }[] = []
  visit(parse(text, { ecmaVersion: 2023, sourceType: 'module' }) as unknown as Any, '', node => {
    if (
      !['ForStatement', 'WhileStatement', 'DoWhileStatement', 'ForOfStatement'].includes(node.type) ||
      !isNode(node.body)
    )
      return
    const block = node.body.type === 'BlockStatement'
    places.push(
      block
        ? { at: node.body.start + 1, insert: 'globalThis.mmspecRound();' }
        : { at: node.body.start, insert: '{globalThis.mmspecRound();' },
    )
    if (!block) places.push({ at: node.body.end, insert: '}' })
  })
  places.sort((a, b) => b.at - a.at)
  return (start, end, replacement) => {
    let out = text
    let removed = end <= start
    for (const { at, insert } of places) {
      if (!removed && at <= start) {
        out = `${out.slice(0, start)}${replacement}${out.slice(end)}`
        removed = true
      }
      if (at > start && at < end) continue
      out = `${out.slice(0, at)}${insert}${out.slice(at)}`
    }
    return removed ? out : `${out.slice(0, start)}${replacement}${out.slice(end)}`
  }
}

type Create = typeof Impl.createMachine

/** Loads edited copies of the implementation; `close` removes them. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mmspec-'))
  readonly #base: string
  readonly #counted = new Map<string, Cut>()
  #made = 0
  #rounds = 0

  constructor() {
    this.#base = join(this.#folder, 'base')
    mkdirSync(join(this.#base, 'spec'), { recursive: true })
    writeFileSync(join(this.#base, 'package.json'), '{ "type": "module" }')
    cpSync(join(dist, 'spec/interface.js'), join(this.#base, 'spec/interface.js'))
    for (const file of listed(join(dist, 'impl'))) {
      const counted = withCountedLoops(readFileSync(join(dist, 'impl', file), 'utf8'))
      this.#counted.set(file, counted)
      mkdirSync(dirname(join(this.#base, 'impl', file)), { recursive: true })
      writeFileSync(join(this.#base, 'impl', file), counted(0, 0, ''))
    }
    Object.assign(globalThis, {
      mmspecRound: () => {
        if (++this.#rounds > mostRounds) throw new Error('a loop does not end')
      },
    })
  }

  async load(edit: TextEdit): Promise<Create> {
    const folder = join(this.#folder, String(this.#made++))
    cpSync(this.#base, folder, { recursive: true })
    const counted = this.#counted.get(edit.file)
    if (counted === undefined) throw new Error(`the implementation has no file ${relative(dist, edit.file)}`)
    writeFileSync(join(folder, 'impl', edit.file), counted(edit.start, edit.end, edit.replacement))
    const made = (await import(pathToFileURL(join(folder, 'impl/index.js')).href)) as typeof Impl
    rmSync(folder, { recursive: true })
    return (boot, hooks) => {
      this.#rounds = 0
      return this.#watched(made.createMachine(boot, hooks))
    }
  }

  /** The same machine; every call from outside starts the count of rounds anew. */
  #watched(machine: Impl.Machine): Impl.Machine {
    const fresh = <T extends object>(of: T): T =>
      Object.fromEntries(
        Object.entries(of).map(([name, value]) => [
          name,
          typeof value !== 'function'
            ? value
            : (...args: readonly unknown[]) => {
                this.#rounds = 0
                return value(...args)
              },
        ]),
      ) as T
    return { ...fresh(machine), inspect: fresh(machine.inspect) }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
    Reflect.deleteProperty(globalThis, 'mmspecRound')
  }
}
