// A page is mapped, kept by every CPU, and unmapped with a shootdown, on 2 and on 8 simulated CPUs, against the same protocol
// in C. In one thread on both sides: what is compared is what the protocol costs, not how fast one core reaches another.

import { fileURLToPath } from 'node:url'
import { type Figure, most, type Section } from './figures.js'
import { measure } from './implementation.js'
import type { Size } from './options.js'
import { inFolder, missingOf, sourceFile, talk, withFolder } from './programs.js'

const title = 'Page map, flush and shootdown, x86 geometry, against the same in C -O2 (ns an operation, user CPU time)'
const notes = ['One thread plays all CPUs; both sides came to the same checksum in every round.']
/** Beyond 2^32, and in the middle of a table. */
const firstPage = 0x7f0000000

const rows = [
  { cpus: 2, count: 200_000, bar: most(5) },
  { cpus: 8, count: 60_000, bar: most(5) },
] as const

export async function shootdowns(size: Size): Promise<Section> {
  const missing = missingOf('shootdown.c', { cc: '--version' })
  if (missing.length > 0)
    return { title, figures: [], notes: [], skipped: `the comparison with C: ${missing.join(', ')}` }
  return withFolder(async folder => {
    const figures: Figure[] = []
    for (const { cpus, count, bar } of rows) {
      const flags = [`-DCPUS=${cpus}`, '-DTRANSLATIONS=16', `-DFIRST_PAGE=${firstPage}ll`]
      inFolder(folder, 'cc', '-O2', ...flags, '-o', `shootdown-${cpus}`, sourceFile('shootdown.c'))
      const child = fileURLToPath(new URL('shootdown-child.js', import.meta.url))
      const ours = talk(process.execPath, child, String(cpus), String(firstPage))
      const theirs = talk(`${folder}/shootdown-${cpus}`)
      try {
        const row = { round: 'shootdowns', name: `map, ${cpus} CPUs look, unmap`, count, bar }
        figures.push(await measure(row, ours, theirs, size))
      } finally {
        ours.end()
        theirs.end()
      }
    }
    return { title, figures, notes, skipped: null }
  })
}
