// What rows of the table may refer to, and who kills what: rules, operations, claims, and the written mutants by the
// claim that notices them.

import { readFileSync } from 'node:fs'
import { operations } from '../../model/index.js'
import { entries } from '../museum/index.js'
import { written } from '../mutants/written.js'
import { texts } from '../mutants/written-machine.js'
import { builtInClaims } from '../scope/index.js'
import { type Chapter, root } from '../spec/chapters.js'
import { claimsOfMachine, claimsOfModel } from '../spec/tabulate.js'

export interface Known {
  readonly rules: ReadonlySet<string>
  readonly operations: ReadonlySet<string>
  readonly claims: ReadonlySet<string>
  /** Titles of mutants by claim. */
  readonly mutants: ReadonlyMap<string, readonly string[]>
  /** The line of `file` or `file:name`, from 1; null where it is not there. */
  lineOf(code: string): number | null
}

export const knownOf = (chapters: readonly Chapter[]): Known => ({
  rules: new Set(
    chapters.flatMap(({ file, anchors }) => {
      const name = file.replace('spec/', '')
      return [name, ...[...anchors].map(anchor => `${name}#${anchor}`)]
    }),
  ),
  operations: new Set(operations.map(({ name }) => name)),
  claims: new Set([...claimsOfModel, ...claimsOfMachine].map(({ id }) => id).concat(Object.keys(builtInClaims))),
  mutants: mutantsByClaim(),
  lineOf: lineIn(file => readFileSync(`${root}${file}`, 'utf8')),
})

function mutantsByClaim(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const note = (claim: string, title: string) => {
    const titles = found.get(claim)
    if (titles === undefined) found.set(claim, [title])
    else if (!titles.includes(title)) titles.push(title)
  }
  for (const { kills, mutant } of written) note(kills, mutant.title)
  for (const { kills, title } of texts) note(kills, title)
  for (const { breaks, title } of entries) note(breaks, title)
  return found
}

/** Declared as a function, a constant, a class, or a function of a record. */
export const lineIn =
  (read: (file: string) => string) =>
  (code: string): number | null => {
    const [file, name] = code.split(':')
    const text = contentOf(read, file)
    if (text === null) return null
    if (name === undefined) return 1
    const at = text.search(new RegExp(`^ *(?:export )?(?:async )?(?:function\\*?|const|class) ${name}\\b`, 'm'))
    return at < 0 ? null : text.slice(0, at).split('\n').length
  }

function contentOf(read: (file: string) => string, file: string): string | null {
  try {
    return read(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
