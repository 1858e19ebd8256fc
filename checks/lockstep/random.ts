// Random command sequences on both sides, generated and shrunk by fast-check. A command is a number of the scope's
// command table, so that a failing sequence is plain data; what cannot be issued where it stands is skipped. Weights
// per operation keep at least half of the commands changing the state.

import fc from 'fast-check'
import type { Machine } from '../../model/index.js'
import type { Cut } from '../../reports/result.js'
import type { MachineClaim } from '../claims/machine.js'
import type { LockstepProgress, LockstepRun } from './exhaustive.js'
import { type Build, Pair } from './pair.js'
import { tellPath } from './tell.js'

export interface RandomOptions {
  readonly build: Build
  readonly claims: readonly MachineClaim[]
  readonly seed: number
  /** Compared commands to reach, in all. */
  readonly commands: number
  /** Most commands drawn for one sequence; each sequence starts from a fresh machine. */
  readonly length: number
}
export const usualLength = 400

/**
 * How often an operation is drawn, against the others. Processes live long and pages are written a lot; few pages are
 * resident or swapped at any time, so most draws of swapOut and swapIn cannot be issued.
 */
export const weights: { readonly [operation: string]: number } = {
  spawn: 1,
  exit: 0.2,
  mmap: 3,
  munmap: 1.5,
  load: 6,
  store: 12,
  swapOut: 24,
  swapIn: 30,
}

/** One draw in so many is run even if it changes nothing: refusals, faults, loads and stores of what is there. */
const idleShare = 6

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
      return { weight: Math.round(10 * (weights[name] ?? 1)), arbitrary }
    }),
  )
}

/** Sequences that fast-check draws before the driver looks up: between two looks a run can be interrupted. */
const sequencesATime = 10

export function* random(
  machine: Machine,
  options: RandomOptions,
): Generator<LockstepProgress, LockstepRun, Cut | null | undefined> {
  const pair = new Pair(machine, options.build, options.claims)
  const mix = new Map<string, number>()
  let compared = 0
  let changing = 0
  const sequences = fc.array(draws(machine), { minLength: 1, maxLength: options.length, size: 'max' })
  // Counts until something fails: what shrinking runs again is not testing.
  let counting = true
  const agree = (drawn: readonly Draw[]): boolean => {
    pair.reset()
    for (const [number, evenIdle] of drawn) {
      const command = machine.commands[number]
      const step = pair.run(command, evenIdle)
      if (step.is === 'skipped') continue
      if (counting) {
        compared++
        mix.set(command.name, (mix.get(command.name) ?? 0) + 1)
        if (step.is === 'same' && step.changed) changing++
      }
      if (step.is === 'parted') {
        counting = false
        return false
      }
    }
    return true
  }

  for (let round = 0; compared < options.commands; round++) {
    const checked = fc.check(fc.property(sequences, agree), { seed: options.seed + round, numRuns: sequencesATime })
    if (checked.failed) {
      const [shrunk] = checked.counterexample ?? [[]]
      const told = tellPath(machine, options, shrunk)
      return { compared, changing, states: 0, mix, cut: null, told }
    }
    const cut = yield { compared, states: 0 }
    if (cut !== null && cut !== undefined) return { compared, changing, states: 0, mix, cut, told: null }
  }
  return { compared, changing, states: 0, mix, cut: null, told: null }
}
