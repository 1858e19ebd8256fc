// A compiled file as syntax: what it declares, what it imports, and where in the sources each place of it was written.
// The package ships compiled text and source maps, so this works where no source lies about.

import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { parse } from 'acorn'
import type { Source } from '../../reports/result.js'
import { dist, isSyntax, type Syntax } from '../mutants/compiled.js'

export interface Module {
  /** From dist/ on, `model/copy-on-write/fork.js`. */
  readonly file: string
  readonly program: Syntax
  /** Constants and functions at the top, by name: the initial value, or the function. */
  readonly declared: ReadonlyMap<string, Syntax>
  /** What a name is in the file that it comes from. */
  readonly imported: ReadonlyMap<string, { readonly file: string; readonly name: string }>
  /** Where the text at an offset was written. */
  source(offset: number): Source
}

const modules = new Map<string, Module>()

/** Reads a compiled file, once. */
export function moduleOf(file: string): Module {
  const known = modules.get(file) ?? parsed(file)
  modules.set(file, known)
  return known
}

/** The repository's root as seen from a source map, and from the compiled file: one above dist/. */
const root = join(dist, '..')

function parsed(file: string): Module {
  const path = join(dist, file)
  const text = readFileSync(path, 'utf8')
  const program = parse(text, { ecmaVersion: 2023, sourceType: 'module' })
  // Reading a map takes longer than reading the text; most files are only passed through.
  let read: SourceMap | null = null
  const map = (): SourceMap => {
    read ??= new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')))
    return read
  }
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const statements = isSyntax(program) ? nodesIn(program.body) : []
  return {
    file,
    program: program as unknown as Syntax,
    declared: new Map(statements.flatMap(declarations)),
    imported: new Map(statements.flatMap(statement => imports(statement, file))),
    source: offset => {
      const line = starts.findLastIndex(start => start <= offset)
      // Without a map, at least the compiled text.
      const compiled = { file: join('dist', file), line: line + 1 }
      if (!existsSync(`${path}.map`)) return compiled
      const entry = map().findEntry(line, offset - starts[line])
      if (!('originalSource' in entry)) return compiled
      return { file: relative(root, join(dirname(path), entry.originalSource)), line: entry.originalLine + 1 }
    },
  }
}

export const nodesIn = (value: unknown): readonly Syntax[] => (Array.isArray(value) ? value.filter(isSyntax) : [])

/** Every node of a text, outer ones first. */
export function visit(node: Syntax, found: (node: Syntax) => void): void {
  found(node)
  for (const value of Object.values(node))
    for (const child of isSyntax(value) ? [value] : nodesIn(value)) visit(child, found)
}

function declarations(statement: Syntax): readonly (readonly [string, Syntax])[] {
  const { declaration } = statement
  const inner = isSyntax(declaration) ? declaration : statement
  if (inner.type === 'FunctionDeclaration' && isSyntax(inner.id)) return [[String(inner.id.name), inner]]
  return nodesIn(inner.declarations).flatMap(({ id, init }) =>
    isSyntax(id) && id.type === 'Identifier' && isSyntax(init) ? [[String(id.name), init] as const] : [],
  )
}

function imports(statement: Syntax, file: string) {
  const { source } = statement
  if (statement.type !== 'ImportDeclaration' || !isSyntax(source)) return []
  const from = String(source.value)
  if (!from.startsWith('.')) return []
  return nodesIn(statement.specifiers).flatMap(({ local, imported }) =>
    isSyntax(local) && isSyntax(imported)
      ? [[String(local.name), { file: join(dirname(file), from), name: String(imported.name) }] as const]
      : [],
  )
}
