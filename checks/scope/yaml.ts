// YAML to plain data, with the place of every part kept: a refusal names file, line and column.

import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { ZodError } from 'zod'
import { meant, UserError } from '../errors.js'

/** Where a part stands: its value, or the name that the value has in the map around it. */
export type Place = (path: readonly PropertyKey[], part?: 'name' | 'value') => string

export interface Located {
  readonly data: unknown
  readonly place: Place
}

/** `what` the file is names the refusals: `broken-scope`. */
export function parseLocated(file: string, text: string, what = 'scope'): Located {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`
  }
  const [broken] = [...document.errors, ...document.warnings]
  if (broken !== undefined) {
    const message = `not valid YAML: ${broken.message}`
    throw new UserError({ code: 'broken-yaml', message, place: at(broken.pos[0]) })
  }
  return {
    data: plain(unfolded(document, file), file, what),
    place: (path, part = 'value') => at(offsetOf(document.contents, path, part)),
  }
}

/** Aliases that unfold without end are refused only here, by an exception. */
function unfolded(document: { toJS(options: { maxAliasCount: number }): unknown }, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UserError({ code: 'broken-yaml', message: `not valid YAML: ${why}`, place: `${file}:1:1` })
  }
}

function plain(data: unknown, file: string, what: string): unknown {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data
  throw new UserError({ code: `broken-${what}`, message: `a ${what} is a map of fields`, place: `${file}:1:1` })
}

/** Where a part starts; of a part that is not there, where the nearest part around it starts. */
function offsetOf(root: Node | null, path: readonly PropertyKey[], part: 'name' | 'value'): number {
  let node = root
  let offset = startOf(node)
  for (const key of path) {
    if (isSeq(node)) {
      const item: unknown = node.items[Number(key)]
      node = isNode(item) ? item : null
      offset = startOf(node) || offset
    } else if (isMap(node)) {
      const pair = node.items.find(it => isPair(it) && isScalar(it.key) && String(it.key.value) === String(key))
      if (pair === undefined) return offset
      node = isNode(pair.value) ? pair.value : null
      offset = isNode(pair.key) ? startOf(pair.key) : offset
      if (part === 'value' && isScalar(node)) offset = startOf(node)
    } else return offset
  }
  return offset
}
const startOf = (node: Node | null): number => node?.range?.[0] ?? 0

/** The first thing that a schema refuses, as an error with its place and the valid word that was probably meant. */
export function refusal(
  error: ZodError,
  { data, place }: Located,
  fields: readonly string[],
  what = 'scope',
): UserError {
  const [issue] = error.issues
  const code = `broken-${what}`
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys
    const valid = issue.path.length === 0 ? fields : expectFields
    const next = `valid: ${valid.join(', ')}`
    const message = `unknown field '${key}'`
    return new UserError({
      code,
      message,
      place: place([...issue.path, key], 'name'),
      nearest: meant(key, valid),
      next,
    })
  }
  const where = issue.path.map(String).join('.')
  const value = issue.path.reduce<unknown>((at, key) => (isIndexable(at) ? at[String(key)] : undefined), data)
  const found = value === undefined ? 'nothing' : JSON.stringify(value)
  const wanted = 'values' in issue ? issue.values.map(String) : []
  const message =
    issue.code === 'invalid_type' && value === undefined
      ? `field '${where}' is missing`
      : `${where}: ${issue.message.replace(/^Invalid \w+: /, '')}, found ${found}`
  const nearest = typeof value === 'string' ? meant(value, wanted) : undefined
  return new UserError({ code, message, place: place(issue.path), nearest })
}
const isIndexable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const expectFields = ['verdict', 'claim', 'states', 'transitions', 'unchanged', 'depth']
