// Tables that the code knows and a chapter shows. They stand between markers, so that the chapter and the code cannot
// say different things.
//
//   <!-- table: access -->
//   …
//   <!-- end -->

import { decisions } from '../../model/index.js'
import type { Finding } from './chapters.js'
import { claimedChapters, claimTable, commandTable, decisionTable } from './tabulate.js'

/** Every table by the name in its marker. */
export const tables: ReadonlyMap<string, string> = new Map([
  ['commands', commandTable()],
  ...decisions.map(decision => [decision.name, decisionTable(decision)] as const),
  ...claimedChapters.map(chapter => [`claims-${chapter}`, claimTable(chapter)] as const),
])

const markers = /<!-- table: (\S+) -->\n[\s\S]*?<!-- end -->/g

/** The text with every table as the code has it now. */
export function refreshed(text: string): string {
  return text.replaceAll(markers, (whole, name: string) => {
    const table = tables.get(name)
    return table === undefined ? whole : `<!-- table: ${name} -->\n\n${table}\n\n<!-- end -->`
  })
}

export function staleTables(file: string, text: string): readonly Finding[] {
  return [...text.matchAll(markers)].flatMap(({ 0: whole, 1: name, index }): Finding[] => {
    const line = text.slice(0, index).split('\n').length
    if (!tables.has(name)) return [{ file, line, says: `there is no table ${name}` }]
    if (refreshed(whole) === whole) return []
    return [{ file, line, says: `the table ${name} is not what the code has; run the test with UPDATE_SPEC=1` }]
  })
}

/** Tables that no text shows. */
export const unshownTables = (texts: readonly string[]): readonly string[] =>
  [...tables.keys()].filter(name => !texts.some(text => text.includes(`<!-- table: ${name} -->`)))
