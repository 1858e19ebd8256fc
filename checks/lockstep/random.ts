// Random command sequences on both sides, generated and shrunk by fast-check. A command is a number of the scope's
// command table, so that a failing sequence is plain data; what cannot be issued where it stands is skipped. Weights
// per operation keep at least half of the commands changing the state.

import fc from 'fast-check'
import type { Command, Machine } from '../../model/index.js'
import { Pair, type Running, type Sides } from './pair.js'
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
 * swapped at any time, so most draws of swapIn cannot be issued.
 */
const weights: { readonly [operation: string]: number } = {
  spawn: 3,
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
  swapOut: 6,
  swapIn: 6,
  mkswap: 0.3,
  rmswap: 0.3,
}

/** An operation's weight as a whole number. */
export const weightOf = (operation: string): number => Math.round(10 * (weights[operation] ?? 1))

/** One draw in so many is run even if it changes nothing: refusals, faults, loads and stores of what is there. */
const idleShare = 14

/**
 * A drawn command as one number, which is less to make, to keep and to shrink than two: the place of its command in a
 * list, times `idleShare`, and added to that, whether it is run even where it changes nothing (0).
 */
type Draw = number

/** Draws commands: first an operation by weight, then one of its commands. */
class Draws {
  /** Numbers of commands, one operation after the other; common ones twice, so that they are drawn more often. */
  readonly #listed: number[] = []
  readonly arbitrary: fc.Arbitrary<Draw>
  constructor(machine: Machine) {
    this.arbitrary = fc.oneof(
      ...machine.operations.flatMap(({ operation: { name } }) => {
        const all = machine.commands.filter(c => c.name === name)
        const plain = all.filter(isPlain)
        const weight = weightOf(name)
        const odd = plain.length === all.length ? 0 : Math.ceil(weight / oddShare)
        return [
          ...(odd < weight ? [{ weight: weight - odd, arbitrary: this.#oneOf(plain) }] : []),
          ...(odd > 0 ? [{ weight: odd, arbitrary: this.#oneOf(all) }] : []),
        ]
      }),
    )
  }

  #oneOf(commands: readonly Command[]): fc.Arbitrary<Draw> {
    const first = this.#listed.length
    for (const { index } of commands) this.#listed.push(index)
    return fc.integer({ min: first * idleShare, max: this.#listed.length * idleShare - 1 })
  }

  commandOf(draw: Draw): number {
    return this.#listed[Math.floor(draw / idleShare)]
  }
  evenIdle(draw: Draw): boolean {
    return draw % idleShare === 0
  }
}

/** One draw in so many may name an address that is refused wherever it lies. */
const oddShare = 10
const isPlain = ({ args }: Command): boolean =>
  (args.skew ?? 'aligned') === 'aligned' && (args.reach ?? 'user') === 'user'

/** Sequences that fast-check draws before the driver looks up: between two looks a run can be interrupted. */
const sequencesATime = 10

export function* random(machine: Machine, options: RandomOptions): LockstepWork {
  const draws = new Draws(machine)
  const sequences = fc.array(draws.arbitrary, { minLength: 1, maxLength: options.length, size: 'max' })
  const trial = new Trial(machine, options, draws)
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

const always: Running = { evenIdle: true, probe: false }
const lively: Running = { evenIdle: false, probe: false }

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
    readonly draws: Draws,
  ) {
    this.#pair = new Pair(machine, sides)
  }

  agrees(drawn: readonly Draw[]): boolean {
    this.#pair.begin()
    this.#ran = []
    for (const draw of drawn) {
      const number = this.draws.commandOf(draw)
      const command = this.machine.commands[number]
      const step = this.#pair.run(command, this.draws.evenIdle(draw) ? always : lively)
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
