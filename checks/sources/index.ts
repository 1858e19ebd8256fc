// Lines of the sources for what a report names: the step that decided, the claim, the scope's file. Annotations and SARIF
// point there. Only what is asked for is read, because it is asked only when something is wrong.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Source } from '../../reports/result.js'
import { dist, isSyntax } from '../mutants/compiled.js'
import type { ScopeFile } from '../scope/index.js'
import { moduleOf, nodesIn, visit } from './module.js'
import { operationsIn, type WrittenOperation } from './steps.js'

/** Where the text of a system lies in dist/: the memory system is the model, the others are a file each. */
const filesOf = (system: string): readonly Text[] =>
  system === 'memory' ? compiledIn('model') : [textOf(`checks/toys/${system}.js`)]

interface Text {
  readonly file: string
  readonly text: string
}
const textOf = (file: string): Text => ({ file, text: readFileSync(join(dist, file), 'utf8') })

const folders = new Map<string, readonly Text[]>()
function compiledIn(folder: string): readonly Text[] {
  const known = folders.get(folder) ?? readFolder(folder)
  folders.set(folder, known)
  return known
}
const readFolder = (folder: string): readonly Text[] =>
  readdirSync(join(dist, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.js') && !file.endsWith('.test.js'))
    .sort()
    .map(file => textOf(join(folder, file)))

/** Files that have a word in quotes; the others need not be parsed. */
const naming = (texts: readonly Text[], word: string): readonly string[] =>
  texts.filter(({ text }) => text.includes(`'${word}'`)).map(({ file }) => file)

const operations = new Map<string, WrittenOperation | null>()

function writtenOperation(system: string, name: string): WrittenOperation | null {
  const key = `${system} ${name}`
  let known = operations.get(key)
  if (known === undefined) {
    const found = naming(filesOf(system), name).flatMap(operationsIn)
    known = found.find(operation => operation.name === name) ?? null
    operations.set(key, known)
  }
  return known
}

/** Where a step is written; where it has none of its own (a rule of the hardware, a step that a mutant adds), its operation. */
export function stepSource(system: string, operation: string, step: string): Source | null {
  const written = writtenOperation(system, operation)
  return written?.steps.get(step) ?? written?.source ?? null
}

/** As a field of a result, which has none where nothing was found. */
export const located = (source: Source | null): { readonly source?: Source } => (source === null ? {} : { source })

const claims = new Map<string, Source | null>()

/** Where a claim is stated: `claim('frames/no-double-mapping', …)`, or the record whose id it is. */
export function claimSource(system: string, id: string): Source | null {
  const key = `${system} ${id}`
  let known = claims.get(key)
  if (known === undefined) {
    const files =
      system === 'memory' ? [...compiledIn('checks/claims'), textOf('checks/memory/system.js')] : filesOf(system)
    const [found] = naming(files, id).flatMap(file => statementsOf(file, id))
    known = found ?? null
    claims.set(key, known)
  }
  return known
}

function statementsOf(file: string, id: string): readonly Source[] {
  const module = moduleOf(file)
  const found: Source[] = []
  visit(module.program, ({ type, key, value, arguments: given }) => {
    const isId = type === 'Property' && isSyntax(key) && key.name === 'id' && isSyntax(value)
    const said = isId ? value : type === 'CallExpression' ? nodesIn(given)[0] : undefined
    if (said?.type === 'Literal' && said.value === id) found.push(module.source(said.start))
  })
  return found
}

/** Where a scope's file says what is expected, or its first line. */
export function scopeSource({ place }: ScopeFile): Source {
  const [, file, line] = /^(.*):(\d+):\d+$/s.exec(place(['expect'], 'name')) ?? ['', '', '1']
  return { file, line: Number(line) }
}
