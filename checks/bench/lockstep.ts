// How fast random sequences run on model and implementation side by side, every answer and the whole state compared.
// Nobody else's figure stands beside it; the bar is a rate, and at least half of the commands must change the state.

import { fileURLToPath } from 'node:url'
import { alone, least, type Section } from './figures.js'
import type { Size } from './options.js'
import { inFolder } from './programs.js'

const scope = 'random'
const commands = 200_000

interface Run {
  readonly compared: number
  /** The share that changed the state. */
  readonly changing: number
  readonly seconds: number
}

export function lockstepRate(size: Size): Section {
  const runs = Array.from({ length: size.explorations }, () => runOnce(Math.ceil(commands * size.work)))
  return {
    title: `Lockstep at random, scope ${scope} (tiny geometry)`,
    figures: [
      alone(
        { name: 'compared commands', unit: 'per CPU second', bar: least(30_000) },
        runs.map(run => run.compared / Math.max(run.seconds, 1e-6)),
      ),
      alone(
        { name: 'commands that change the state', unit: '%', bar: least(50) },
        runs.map(run => run.changing * 100),
      ),
    ],
    notes: [],
    skipped: null,
  }
}

function runOnce(count: number): Run {
  const child = fileURLToPath(new URL('lockstep-child.js', import.meta.url))
  const run: Run = JSON.parse(inFolder('.', process.execPath, child, scope, String(count)))
  return run
}
