// Random command sequences on both sides, generated and shrunk by fast-check. A command is a number of the scope's
// command table, so that a failing sequence is plain data; what cannot be issued where it stands is skipped. Weights
// per operation keep at least half of the commands changing the state.

import fc from 'fast-check'
import type { Machine } from '../../model/index.js'
import { Pair, type Sides } from './pair.js'
import { type LockstepWork, Tally } from './tally.js'
import { type Told, tellPath } from './tell.js'

export interface RandomOptions extends Sides {
  readonly seed: number
  /** Compared commands to reach, in all. */
  readonly commands: number
  /** Most commands drawn for one sequence; each sequence starts from a fresh machine. */
  readonly length: number
}
export const usualLength = 2000

/**
 * How often an operation is drawn, against the others. Processes live long and pages are written a lot; few pages are
 * resident or swapped at any time, so most draws of swapOut and swapIn cannot be issued.
 */
const weights: { readonly [operation: string]: number } = {
  spawn: 1,
  exit: 0.2,
  fork: 1,
  setuid: 0.1,
  dropcap: 0.1,
  rlimit: 0.5,
  reserve: 0.1,
  allocate: 0.5,
  free: 1,
  mmap: 3,
  munmap: 1.5,
  mprotect: 2,
  mremap: 2,
  mincore: 0.2,
  load: 6,
  store: 12,
  fetch: 3,
  shmstat: 0.2,
  mlockall: 0.5,
  munlockall: 0.5,
  swapOut: 24,
  swapIn: 30,
  mkswap: 0.3,
  rmswap: 0.3,
}

/** An operation's weight as a whole number. */
export const weightOf = (operation: string): number => Math.round(10 * (weights[operation] ?? 1))

/** One draw in so many is run even if it changes nothing: refusals, faults, loads and stores of what is there. */
const idleShare = 12

/** A drawn command: its number, and whether it is run even where it changes nothing. */
type Draw = readonly [command: number, evenIdle: boolean]

/** Draws commands: first an operation by weight, then one of its commands. */
function draws(machine: Machine): fc.Arbitrary<Draw> {
  const evenIdle = fc.nat({ max: idleShare - 1 }).map(n => n === 0)
  return fc.tuple(commandNumbers(machine), evenIdle)
}
function commandNumbers(machine: Machine): fc.Arbitrary<number> {
  return fc.oneof(
    ...machine.operations.map(({ operation: { name } }) => {
      const of = machine.commands.filter(c => c.name === name)
      const arbitrary = fc.nat({ max: of.length - 1 }).map(i => of[i].index)
      return { weight: weightOf(name), arbitrary }
    }),
  )
}

/** Sequences that fast-check draws before the driver looks up: between two looks a run can be interrupted. */
const sequencesATime = 10

export function* random(machine: Machine, options: RandomOptions): LockstepWork {
  const sequences = fc.array(draws(machine), { minLength: 1, maxLength: options.length, size: 'max' })
  const trial = new Trial(machine, options)
  const { tally } = trial
  for (let round = 0; tally.compared < options.commands; round++) {
    const cut = yield { compared: tally.compared, states: 0 }
    if (cut) return tally.run(0, { cut })
    const before = tally.compared
    const property = fc.property(sequences, drawn => trial.agrees(drawn))
    const { failed, counterexample } = fc.check(property, { seed: options.seed + round, numRuns: sequencesATime })
    if (failed) return tally.run(0, { told: trial.tell(counterexample?.[0] ?? []) })
    // A scope without a command to begin with would draw for ever.
    if (tally.compared === before) break
  }
  return tally.run(0, {})
}

/** Runs sequences from the start, and counts until one fails: what shrinking runs again is not testing. */
class Trial {
  readonly tally = new Tally()
  readonly #pair: Pair
  #counting = true
  /** Numbers of the commands of the last sequence that were not skipped. */
  #ran: number[] = []

  constructor(
    readonly machine: Machine,
    readonly sides: Sides,
  ) {
    this.#pair = new Pair(machine, sides)
  }

  agrees(drawn: readonly Draw[]): boolean {
    this.#pair.reset()
    this.#ran = []
    for (const [number, evenIdle] of drawn) {
      const command = this.machine.commands[number]
      const step = this.#pair.run(command, { evenIdle, probe: false })
      if (step.is === 'skipped') continue
      this.#ran.push(number)
      if (this.#counting) this.tally.count(command.name, step)
      if (step.is !== 'parted') continue
      this.#counting = false
      return false
    }
    return true
  }

  tell(drawn: readonly Draw[]): Told {
    this.agrees(drawn)
    return tellPath(this.machine, this.sides, this.#ran)
  }
}
