// The compiled text of the implementation, as syntax: where it lies, how its nodes are visited, and how parts of it are
// replaced. Mutants edit this text, because it is what users run.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Node, parse } from 'acorn'

/** Compiled code: this file lies in dist/checks/mutants/. */
export const dist = fileURLToPath(new URL('../../', import.meta.url))

/** Files of a folder of the compiled implementation, tests left out, in one order everywhere. */
export const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(dist, 'impl', folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.js') && !file.endsWith('.test.js'))
    .sort()
    .map(file => join(folder, file))

export const textOf = (file: string): string => readFileSync(join(dist, 'impl', file), 'utf8')

/** A part of a text and what stands there instead; an empty part is a place where something is put in. */
export interface Replacement {
  readonly start: number
  readonly end: number
  readonly replacement: string
}
export interface TextEdit extends Replacement {
  readonly title: string
  /** The file, from dist/impl/ on. */
  readonly file: string
}

/** A node of any kind, as acorn makes them. */
export interface Syntax extends Node {
  readonly [key: string]: unknown
}
export const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value

/** Visits every node of a text, with the name of the function around it, empty outside of all. */
export function visit(text: string, found: (node: Syntax, inside: string) => void): void {
  const program = parse(text, { ecmaVersion: 2023, sourceType: 'module' })
  if (isSyntax(program)) visitNode(program, '', found)
}

function visitNode(node: Syntax, around: string, found: (node: Syntax, inside: string) => void): void {
  const inside = nameOf(node) ?? around
  found(node, inside)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isSyntax(child)) visitNode(child, inside, found)
  }
}

/** The name of a function that is declared, or of a constant that an arrow function is. */
function nameOf({ type, id, init }: Syntax): string | null {
  const isArrow = type === 'VariableDeclarator' && isSyntax(init) && init.type === 'ArrowFunctionExpression'
  return (type === 'FunctionDeclaration' || isArrow) && isSyntax(id) ? String(id.name) : null
}

/** A text with parts replaced; what is put in at the start of a replaced part stands before it. */
export function replaced(text: string, parts: readonly Replacement[]): string {
  const fromTheEnd = [...parts].sort((a, b) => b.start - a.start || b.end - a.end)
  return fromTheEnd.reduce(
    (now, { start, end, replacement }) => now.slice(0, start) + replacement + now.slice(end),
    text,
  )
}

/** Text to put around a part of a text. */
export interface Wrap {
  readonly start: number
  readonly end: number
  readonly before: string
  readonly after: string
}

/** A text with parts of it wrapped. Parts lie inside each other or apart; of two that are the same, the first is outside. */
export function wrapped(text: string, wraps: readonly Wrap[]): string {
  const at = new Map<number, string[]>()
  const put = (place: number, piece: string) => at.set(place, [...(at.get(place) ?? []), piece])
  // What ends at a place stands before what starts there: inner ends first, outer starts first.
  const inwards = [...wraps].sort((a, b) => a.start - b.start || b.end - a.end)
  for (const { end, after } of [...inwards].reverse()) put(end, after)
  for (const { start, before } of inwards) put(start, before)
  const places = [...at.keys()].sort((a, b) => a - b)
  const pieces = places.map((place, i) => (at.get(place) ?? []).join('') + text.slice(place, places[i + 1]))
  return text.slice(0, places[0]) + pieces.join('')
}
