// What the code knows and a chapter shows: tables, and whole source files. They stand between markers, so that the
// chapter and the code cannot say different things.
//
//   <!-- table: access -->        <!-- source: model/regions/munmap.ts -->
//   …                             …
//   <!-- end -->                  <!-- end -->
//
// <!-- steps: munmap --> is a picture of the steps of an operation.

import { existsSync, readFileSync } from 'node:fs'
import { decisions, operations } from '../../model/index.js'
import { type Chapter, type Finding, root } from './chapters.js'
import { runsAlone, stepPicture } from './steps.js'
import {
  claimedChapters,
  claimTable,
  commandTable,
  decisionTable,
  granularityTable,
  sequencesTable,
  stepsTable,
} from './tabulate.js'

/** Every table by the name in its marker. Made when asked for: some read every scope there is. */
export const tables: ReadonlyMap<string, () => string> = new Map([
  ['commands', commandTable],
  ['steps-of-cpus', stepsTable],
  ['sequences', sequencesTable],
  ['granularities', granularityTable],
  ...decisions.map(decision => [decision.name, () => decisionTable(decision)] as const),
  ...claimedChapters.map(chapter => [`claims-${chapter}`, () => claimTable(chapter)] as const),
])

const markers = /<!-- (table|source|steps): (\S+) -->\n[\s\S]*?<!-- end -->/g

/** What belongs between the markers, or null where there is no such thing. */
function shown(kind: string, name: string): string | null {
  if (kind === 'table') return tables.get(name)?.() ?? null
  if (kind === 'steps') return stepPicture(name)
  const path = `${root}${name}`
  return existsSync(path) ? `\`\`\`ts\n${readFileSync(path, 'utf8').trimEnd()}\n\`\`\`` : null
}

/** The text with everything between markers as the code has it now. */
export function refreshed(text: string): string {
  return text.replaceAll(markers, (whole, kind: string, name: string) => {
    const now = shown(kind, name)
    return now === null ? whole : `<!-- ${kind}: ${name} -->\n\n${now}\n\n<!-- end -->`
  })
}

export function staleTables(file: string, text: string): readonly Finding[] {
  return [...text.matchAll(markers)].flatMap(({ 0: whole, 1: kind, 2: name, index }): Finding[] => {
    const line = text.slice(0, index).split('\n').length
    if (shown(kind, name) === null) {
      const next = kind === 'source' ? 'name a file' : `name one of ${[...tables.keys()].join(', ')}`
      return [{ file, line, says: `there is no ${kind} ${name}`, next }]
    }
    if (refreshed(whole) === whole) return []
    const says = `the ${kind} ${name} is not what the code has`
    return [{ file, line, says, next: 'run mmspec spec check --update, and read what it changed' }]
  })
}

/** Operations whose steps no text draws. */
export const undrawnSteps = (texts: readonly Pick<Chapter, 'text'>[]): readonly Finding[] =>
  operations
    .filter(runsAlone)
    .filter(({ name }) => !texts.some(({ text }) => text.includes(`<!-- steps: ${name} -->`)))
    .map(({ name, about }) => ({
      file: `spec/${about.rule.split('#')[0]}`,
      line: 1,
      says: `does not draw the steps of ${name}`,
      next: `put <!-- steps: ${name} --> and <!-- end --> into its section, and run mmspec spec check --update`,
    }))

/** Tables that no text shows. */
export const unshownTables = (texts: readonly Pick<Chapter, 'text'>[]): readonly Finding[] =>
  [...tables.keys()]
    .filter(name => !texts.some(({ text }) => text.includes(`<!-- table: ${name} -->`)))
    .map(name => ({
      file: 'spec/README.md',
      line: 1,
      says: `no chapter shows the table ${name}`,
      next: `put <!-- table: ${name} --> and <!-- end --> where it belongs, and run mmspec spec check --update`,
    }))
