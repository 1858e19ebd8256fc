// Finds scope files and reads them: by name from this package, by path from anywhere, so that users keep theirs in
// their own repository.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemSays, UserError, unknownWord } from '../errors.js'
import { judgeScope } from './judge.js'
import { type ScopeFile, type ScopeTag, scopeSchema } from './schema.js'
import { parseLocated, refusal } from './yaml.js'

/** Compiled code lies in `dist/checks/scope/`, scopes stay where they are written. */
const folder = fileURLToPath(new URL('../../../checks/scopes/', import.meta.url))

const isPath = (asked: string): boolean => /[/\\]|\.ya?ml$/.test(asked)

export const scopeNames = (): readonly string[] =>
  readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .map(file => file.slice(0, -'.yaml'.length))
    .sort()

/** By name, or by path where the text has a slash or ends in `.yaml` or `.yml`. */
export function loadScope(asked: string): ScopeFile {
  if (isPath(asked)) return read(asked, asked, asked)
  if (!scopeNames().includes(asked)) {
    throw unknownWord('scope', asked, scopeNames(), {
      next: "'mmspec list scopes' lists them; a scope of your own is given by path",
    })
  }
  return read(asked, `${folder}${asked}.yaml`, `checks/scopes/${asked}.yaml`)
}

/** The scopes of this package, by name; with a tag, those that have it. They are read once: there are many, and many ask. */
export function allScopes(...tags: readonly ScopeTag[]): readonly ScopeFile[] {
  known ??= scopeNames().map(loadScope)
  return known.filter(scope => tags.length === 0 || scope.tags.some(tag => tags.includes(tag)))
}
let known: readonly ScopeFile[] | null = null

function read(asked: string, path: string, shown: string): ScopeFile {
  const located = parseLocated(shown, textOf(path))
  const parsed = scopeSchema.safeParse(located.data)
  if (!parsed.success) throw refusal(parsed.error, located, Object.keys(scopeSchema.shape))
  const scope = parsed.data
  const named = basename(path).replace(/\.ya?ml$/, '')
  if (scope.name !== named) {
    const message = `the scope is named '${scope.name}', but its file '${named}'`
    throw new UserError({ code: 'broken-scope', message, place: located.place(['name']) })
  }
  judgeScope(scope, located.place)
  return { ...scope, asked, place: located.place }
}

/** A scope is a page of text. Parsing YAML takes time that grows faster than its size. */
const mostBytes = 64 * 1024

function textOf(path: string): string {
  try {
    const found = statSync(path)
    if (found.size > mostBytes || !(found.isFile() || found.isDirectory())) throw noScope(path, found.size)
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError({
      code: 'unreadable-scope',
      message: `cannot read the scope file '${path}': ${systemSays(error)}`,
      next: "'mmspec list scopes' lists those of the package",
    })
  }
}

const noScope = (path: string, size: number): UserError =>
  new UserError({
    code: 'unreadable-scope',
    message: `'${path}' is no scope file: a scope is a plain file of at most ${mostBytes} bytes, and this has ${size}`,
  })
