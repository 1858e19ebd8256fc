// The explorer against SPIN's breadth-first search, on the same model at the same bound with the same claims: both
// expand the same transitions, counted in seconds of user CPU time of a whole fresh process, start-up included.

import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alone, compared, least, most, type Section } from './figures.js'
import type { Size } from './options.js'
import { inFolder, missingOf, sourceFile, withFolder } from './programs.js'

interface Run {
  readonly states: number
  readonly transitions: number
  readonly seconds: number
  readonly bytes: number
  /** The most memory the process ever held, where it says so. */
  readonly peak: number
}

const titleFor = ({ bounds: { process: p, page, frame, slot } }: Size) =>
  `Explorer, MM-small at ${p} processes, ${page} pages, ${frame} frames, ${slot} slots, against SPIN breadth-first`

export async function explorer(size: Size): Promise<Section> {
  const missing = missingOf('mm-small.pml', { spin: '-V', cc: '--version' })
  return withFolder(async folder => {
    if (missing.length === 0) buildSpin(folder, size)
    const runs: { ours: Run; theirs: Run | null }[] = []
    for (let i = 0; i < size.explorations; i++) {
      runs.push({ ours: explore(size), theirs: missing.length === 0 ? runSpin(folder) : null })
    }
    return sectionOf(runs, missing, size)
  })
}

function sectionOf(
  runs: readonly { ours: Run; theirs: Run | null }[],
  missing: readonly string[],
  size: Size,
): Section {
  const rate = (run: Run) => run.transitions / run.seconds
  const pairs = runs.flatMap(({ ours, theirs }) => (theirs === null ? [] : [{ ours, theirs }]))
  for (const { ours, theirs } of pairs) refuseDifference(ours, theirs)
  const speed = { name: 'transitions', unit: 'per CPU second' }
  const [{ ours }] = runs
  return {
    title: titleFor(size),
    figures: [
      pairs.length > 0
        ? compared(
            { ...speed, bar: least(1) },
            pairs.map(p => ({ ours: rate(p.ours), theirs: rate(p.theirs) })),
          )
        : alone(
            { ...speed, bar: null },
            runs.map(run => rate(run.ours)),
          ),
      alone(
        { name: 'visited set', unit: 'bytes a state', bar: most(64) },
        runs.map(run => run.ours.bytes / run.ours.states),
      ),
    ],
    notes: [
      `${ours.states} states, ${ours.transitions} transitions; peak memory ${peaks(runs.map(run => run.ours))}` +
        (pairs.length > 0 ? `, SPIN's ${peaks(pairs.map(p => p.theirs))}` : ''),
    ],
    skipped: missing.length === 0 ? null : `the comparison with SPIN: ${missing.join(', ')}`,
  }
}

const peaks = (runs: readonly Run[]) => `${Math.round(Math.max(...runs.map(run => run.peak)) / 2 ** 20)} MiB`

function refuseDifference(ours: Run, theirs: Run): void {
  if (ours.states === theirs.states && ours.transitions === theirs.transitions) return
  throw new Error(
    `the two explorers disagree: ${ours.states} states and ${ours.transitions} transitions here, ` +
      `${theirs.states} and ${theirs.transitions} in SPIN`,
  )
}

function explore({ bounds }: Size): Run {
  const child = fileURLToPath(new URL('explorer-child.js', import.meta.url))
  const run: Run = JSON.parse(inFolder('.', process.execPath, child, JSON.stringify(bounds)))
  return run
}

function buildSpin(folder: string, { bounds: { process: p, page, frame, slot } }: Size): void {
  copyFileSync(sourceFile('mm-small.pml'), join(folder, 'mm-small.pml'))
  inFolder(folder, 'spin', `-DP=${p}`, `-DV=${page}`, `-DF=${frame}`, `-DS=${slot}`, '-a', 'mm-small.pml')
  inFolder(folder, 'cc', '-O2', '-w', '-DSAFETY', '-DNOREDUCE', '-DBFS', '-o', 'pan', 'pan.c')
}

/** `times` is the shell's own account of its children; the second line is theirs, user time first. */
function runSpin(folder: string): Run {
  const printed = inFolder(folder, 'sh', '-c', './pan -E -m3000000 -w24; times')
  const figure = (pattern: RegExp) => Number(pattern.exec(printed)?.[1] ?? Number.NaN)
  if (!/errors: 0\b/.test(printed)) throw new Error(`SPIN found an error:\n${printed}`)
  const times = printed.trimEnd().split('\n').at(-1) ?? ''
  const [, minutes, seconds] = /^(\d+)m(\d+[.,]\d+)s/.exec(times) ?? []
  return {
    states: figure(/(\d+) states, stored/),
    // SPIN counts the start as a transition.
    transitions: figure(/(\d+) transitions/) - 1,
    seconds: Math.max(0.01, Number(minutes) * 60 + Number(seconds.replace(',', '.'))),
    bytes: Number.NaN,
    peak: figure(/([\d.]+)\ttotal actual memory usage/) * 1e6,
  }
}
