// The specification as one value, from which the pages are made: chapters in reading order, rules with who follows and who
// guards them, claims with the mutants that they notice, and every source that one of these refers to.

import { existsSync, readFileSync } from 'node:fs'
import { operations } from '../../model/index.js'
import type { GuardedRule, SpecClaim, SpecDocument, SpecSource, TracedCode } from '../../reports/index.js'
import { builtInClaims } from '../scope/index.js'
import { knownOf } from '../trace/known.js'
import { trace } from '../trace/trace.js'
import { version } from '../version.js'
import { chapterBlocks } from './blocks.js'
import { type Chapter, chapters, root } from './chapters.js'
import { shaped } from './check.js'
import { type Citation, citations } from './citations.js'
import { linksOf } from './links.js'
import { rulesOf } from './rules.js'
import { claimsOfMachine, claimsOfModel } from './tabulate.js'

/** What is read first; chapters that are not named come behind, then decisions. */
const readFirst = ['README', 'glossary', 'regions', 'faults', 'copy-on-write', 'swap', 'frames', 'page-tables']
const readNext = ['shared-memory', 'locking', 'protection', 'processes', 'tlb', 'concurrency', 'files', 'pins']
const readLast = ['profiles', 'kit', 'limits', 'catalogue']
const order = [...readFirst, ...readNext, ...readLast]

export function specDocument(): SpecDocument {
  const all = chapters().toSorted((a, b) => placeOf(a) - placeOf(b))
  const known = knownOf(all)
  const traced = trace()
  const rules = guardedRules(all, traced.rows)
  return {
    version,
    chapters: all.map(chapterBlocks),
    rules,
    claims: claims(known.mutants),
    trace: traced,
    sources: sources(
      [...rules, ...traced.rows].flatMap(({ code }) => code),
      all,
    ),
  }
}

function placeOf({ file }: Chapter): number {
  const at = order.findIndex(name => file === `spec/${name}.md`)
  return at >= 0 ? at : file.startsWith('spec/decisions/') ? order.length + 1 : order.length
}

function guardedRules(all: readonly Chapter[], rows: SpecDocument['trace']['rows']): readonly GuardedRule[] {
  const cited = citations().filter(({ file }) => /^(model|impl)\//.test(file))
  return shaped(all)
    .flatMap(rulesOf)
    .map(({ id }) => ({
      id,
      operations: operations.filter(({ about }) => about.rule === id).map(({ name }) => name),
      claims: [...new Set([...claimsOfModel, ...claimsOfMachine].filter(({ rule }) => rule === id).map(one => one.id))],
      code: uniqueFiles([
        ...cited.filter(one => `${one.chapter}#${one.anchor}` === id).map(codeOf),
        ...rows.filter(row => row.rules.includes(id)).flatMap(row => row.code),
      ]),
      rows: rows.filter(row => row.rules.includes(id)).map(row => row.id),
    }))
}
/** One place a file, and each function that has a name. */
const uniqueFiles = (code: readonly TracedCode[]): readonly TracedCode[] =>
  code.filter(({ file, name }, at) => code.findIndex(one => one.file === file && one.name === name) === at)
const codeOf = ({ file, line }: Citation): TracedCode => ({ file, line })

function claims(mutants: ReadonlyMap<string, readonly string[]>): readonly SpecClaim[] {
  const all = [
    ...claimsOfModel.map(claim => ({ ...claim, home: 'model' })),
    ...claimsOfMachine.map(claim => ({ ...claim, home: 'implementation' })),
    ...Object.entries(builtInClaims).map(([id, it]) => ({ ...it, id, home: 'model' })),
  ]
  return [...new Set(all.map(({ id }) => id))].toSorted().map(id => {
    const same = all.filter(claim => claim.id === id)
    const also = same.flatMap(claim => ('also' in claim ? (claim.also as readonly string[]) : []))
    const { says, rule } = same[0]
    return {
      id,
      homes: same.map(({ home }) => home),
      says,
      rule,
      also: [...new Set(also)],
      mutants: mutants.get(id) ?? [],
    }
  })
}

/** The files that rules, rows and chapters refer to, of what is modelled, implemented and claimed. */
function sources(code: readonly TracedCode[], all: readonly Chapter[]): readonly SpecSource[] {
  const linked = all.flatMap(linksOf).filter(file => file.endsWith('.ts'))
  const files = new Set([...code.map(({ file }) => file), ...linked].filter(file => existsSync(`${root}${file}`)))
  return [...files].toSorted().map(file => ({ file, text: readFileSync(`${root}${file}`, 'utf8') }))
}
