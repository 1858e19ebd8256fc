// Tells a disagreement: the commands from the start, what each side answered, what changed, and where they part.

import type { Machine, Command as Model } from '../../model/index.js'
import type { Change } from '../../reports/result.js'
import type { MachineClaim } from '../claims/machine.js'
import { type Build, Pair, type Parting } from './pair.js'

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

/** Runs the commands on a fresh pair until it parts. */
export function tellPath(
  machine: Machine,
  options: { readonly build: Build; readonly claims: readonly MachineClaim[] },
  commands: readonly (readonly [command: number, evenIdle: boolean])[],
): Told {
  const pair = new Pair(machine, options.build, options.claims)
  pair.reset()
  const steps: ToldStep[] = []
  for (const [i, [number, evenIdle]] of commands.entries()) {
    const command = machine.commands[number]
    const step = pair.run(command, evenIdle, i === commands.length - 1)
    if (step.is === 'skipped') continue
    steps.push({ command, choices: [...pair.taken], ...pair.answers, diff: pair.diff })
    if (step.is === 'parted') return { commands: steps.map(s => s.command.index), steps, parting: step }
  }
  return { commands: steps.map(s => s.command.index), steps, parting: null }
}
