// Tells a disagreement: the commands from the start, what each side answered, what changed, and where they part.

import type { Machine, Command as Model } from '../../model/index.js'
import type { Change } from '../../reports/result.js'
import { Pair, type Sides } from './pair.js'
import type { Parting } from './parting.js'

export interface ToldStep {
  readonly command: Model
  readonly choices: readonly number[]
  /** What each side answered, `nothing` where it did not come to an answer. */
  readonly model: string
  readonly machine: string
  readonly diff: readonly Change[]
}
export interface Told {
  /** Commands by number, those that could not be issued left out. */
  readonly commands: readonly number[]
  readonly steps: readonly ToldStep[]
  /** Null when both sides agreed to the end, which no disagreement that was found does. */
  readonly parting: Parting | null
}

/** Runs commands, by their numbers, on a fresh pair until it parts. Where the last cannot be issued, it is a probe. */
export function tellPath(machine: Machine, sides: Sides, commands: readonly number[]): Told {
  const pair = new Pair(machine, sides)
  pair.begin()
  const steps: ToldStep[] = []
  const told = (parting: Parting | null): Told => ({ commands: steps.map(s => s.command.index), steps, parting })
  for (const [i, number] of commands.entries()) {
    const command = machine.commands[number]
    const step = pair.run(command, { evenIdle: true, probe: i === commands.length - 1 })
    if (step.is === 'skipped') continue
    steps.push({ command, choices: [...pair.taken], ...pair.answers, diff: pair.diff })
    if (step.is === 'parted') return told(step)
  }
  return told(null)
}
