// The implementation with the widths of x86-64 against the same structures and algorithms in C: rounds.ts against
// rounds.c, operation by operation. Both sides must come to the same checksums, and in the end hold the same words in
// every frame and slot; a difference is an error and no figure.

import { fileURLToPath } from 'node:url'
import { createMachine } from '../../impl/index.js'
import { nodeWords } from '../../impl/layout.js'
import { type Bar, compared, type Figure, most, type Section } from './figures.js'
import type { Size } from './options.js'
import { inFolder, missingOf, sourceFile, type Talk, talk, withFolder } from './programs.js'
import { benchBoot } from './rounds.js'

/** What is measured. A count is chosen for about 50 ms in JavaScript. */
const rows = [
  { round: 'frames', name: 'allocate and free a frame', count: 4_000_000, bar: most(3) },
  { round: 'walks', name: 'walk four levels', count: 8_000_000, bar: most(3) },
  { round: 'maps', name: 'map and unmap a page', count: 2_500_000, bar: most(3) },
  { round: 'mappings', name: 'mmap and munmap, untouched', count: 300_000, bar: most(3) },
  { round: 'faults', name: 'demand-zero fault, access, drop', count: 400_000, bar: most(4) },
  { round: 'swaps', name: 'swap out, swap in, load', count: 250_000, bar: most(4) },
  { round: 'copies', name: 'copy-on-write fault, 64 a fork', count: 200_000, bar: most(4) },
  { round: 'forks', name: 'fork of 64 pages, exit', count: 4000, bar: most(4) },
  { round: 'touches', name: 'mmap, touch a page, munmap', count: 150_000, bar: most(4) },
  { round: 'loads', name: 'load from a resident page', count: 3_000_000, bar: null },
  { round: 'stores', name: 'store to a resident page', count: 3_000_000, bar: null },
  { round: 'generator', name: '(the random generator in each)', count: 30_000_000, bar: null },
] as const

const title = 'Implementation, x86 geometry, against the same in C -O2 (ns an operation, user CPU time)'
const notes = [
  'Each ratio is the median of pairs of rounds that ran in turns; spread is the lowest and the highest of them.',
  'Both sides came to the same checksum in every round and hold the same words in every frame and slot.',
]
const unmeasured = (why: string): Section => ({ title, figures: [], notes: [], skipped: why })

/** Sizes and places that the C text takes from the implementation's own boot values. */
function definitions(): readonly string[] {
  const { boot, layout } = createMachine(benchBoot)
  const values = {
    FRAMES: boot.frames,
    SLOTS: boot.slots,
    SPACES: boot.spaces,
    PROCESSES: boot.processes,
    REGION_LIMIT: boot.regionLimit,
    STACK_GAP: boot.stackGap,
    SHARERS: boot.sharers,
    AREAS: boot.areas.length,
    NODES: layout.nodeCount,
    FIRST_NODE: layout.nodes,
    NODE_WORDS: nodeWords,
  }
  return Object.entries(values).map(([name, value]) => `-D${name}=${value}`)
}

export async function implementation(size: Size): Promise<Section> {
  const missing = missingOf('rounds.c', { cc: '--version' })
  if (missing.length > 0) return unmeasured(`the comparison with C: ${missing.join(', ')}`)
  return withFolder(async folder => {
    inFolder(folder, 'cc', '-O2', ...definitions(), '-o', 'rounds', sourceFile('rounds.c'))
    const ours = talk(process.execPath, fileURLToPath(new URL('contestant.js', import.meta.url)))
    const theirs = talk(`${folder}/rounds`)
    try {
      const figures: Figure[] = []
      for (const row of rows) figures.push(await measure(row, ours, theirs, size))
      await round('memory', 1, 0, ours, theirs)
      return { title, figures, notes, skipped: null }
    } finally {
      ours.end()
      theirs.end()
    }
  })
}

/** What is measured on both sides: a round by its name, so many times. */
export interface Row {
  readonly round: string
  readonly name: string
  readonly count: number
  readonly bar: Bar | null
}

export async function measure(row: Row, ours: Talk, theirs: Talk, size: Size): Promise<Figure> {
  const count = Math.ceil(row.count * size.work)
  const rounds: { ours: number; theirs: number }[] = []
  // The first rounds are for the compiler and the caches, and count for nothing.
  for (let i = -size.warmUps; i < size.rounds; i++) {
    const times = await round(row.round, count, i + 1000, ours, theirs)
    if (i >= 0) rounds.push(times)
  }
  return compared({ name: row.name, unit: 'ns', bar: row.bar }, rounds)
}

/** One round on each side: nanoseconds an operation. */
async function round(name: string, count: number, seed: number, ours: Talk, theirs: Talk) {
  const line = `${name} ${count} ${seed}`
  const [our, their] = [answerOf(await ours.ask(line)), answerOf(await theirs.ask(line))]
  if (our.checksum !== their.checksum) {
    throw new Error(`the two sides did different things in "${line}": ${our.checksum} here, ${their.checksum} in C`)
  }
  // A round too short for the clock counts as one microsecond.
  const each = (microseconds: number) => (Math.max(1, microseconds) * 1000) / count
  return { ours: each(our.microseconds), theirs: each(their.microseconds) }
}

function answerOf(line: string) {
  const [microseconds, checksum] = line.split(' ').map(Number)
  return { microseconds, checksum }
}
