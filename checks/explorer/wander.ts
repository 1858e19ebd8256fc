// Walks through the model at random, from the first state over and over again, until a claim is violated: for scopes that
// are too large to be searched, and for a first look at any. Whatever it finds is real; that it finds nothing proves
// nothing. Commands that change nothing are judged, and left out of the trace.

import type { Command, Machine } from '../../model/kit/index.js'
import type { Cut } from '../../reports/result.js'
import { weightOf } from '../lockstep/random.js'
import { randomBelow } from '../schedules/strategies.js'
import { Course } from './course.js'
import { Judge, type Violation } from './judge.js'
import type { Taken } from './trace.js'

export interface WanderOptions {
  readonly seed: number
  /** Commands to take, in all. */
  readonly commands: number
  /** Most commands of one walk. */
  readonly length: number
  readonly claims: ReadonlySet<string> | null
}
export const usualWalk = 200

export interface Wandering {
  readonly walks: number
  /** Commands that were taken, and those of them that changed the state. */
  readonly taken: number
  readonly changing: number
  readonly found: (Violation & { readonly steps: readonly Taken[] }) | null
  readonly cut: Cut | null
}
export interface WanderProgress {
  readonly taken: number
  readonly walks: number
}

/** Draws in a row of which none can be taken: more, and the walk is taken to be at its end. */
const mostFutile = 2000
const drawsBetweenLooks = 500

export function* wander(
  machine: Machine,
  { seed, commands, length, claims }: WanderOptions,
): Generator<WanderProgress, Wandering, Cut | null | undefined> {
  const course = new Course(machine, new Judge(machine, claims))
  const draw = drawing(machine, seed)
  let [walks, taken, changing, draws] = [0, 0, 0, 0]
  const ended = (found: Wandering['found'], cut: Cut | null): Wandering => ({ walks, taken, changing, found, cut })
  while (taken < commands) {
    const first = course.begin()
    if (first !== null) return ended({ ...first, steps: [] }, null)
    walks++
    const before = taken
    const steps: Taken[] = []
    for (let futile = 0; steps.length < length && futile < mostFutile && taken < commands; futile++) {
      if (++draws % drawsBetweenLooks === 0) {
        const cut = yield { taken, walks }
        if (cut != null) return ended(null, cut)
      }
      const went = course.take(draw())
      if (went === null) continue
      taken++
      if (went.changed || went.violation !== null) steps.push(went.taken)
      if (went.violation !== null) return ended({ ...went.violation, steps }, null)
      if (!went.changed) continue
      changing++
      futile = 0
    }
    const last = course.deadlock()
    if (last !== null) return ended({ ...last, steps }, null)
    if (taken === before) break
  }
  return ended(null, null)
}

/** Draws commands: operations by weight, then one of an operation's commands; operations under way go on half of the time. */
function drawing(machine: Machine, seed: number): () => Taken {
  const below = randomBelow(seed)
  const onward = machine.commands.filter(({ kind }) => kind === 'resume')
  const tickets = ticketsOf(machine)
  const drawn = (): Command => {
    const goesOn = onward.length > 0 && below(2) === 0
    const among = goesOn ? onward : tickets[below(tickets.length)]
    return among[below(among.length)]
  }
  return () => ({ command: drawn().index, choices: Array.from({ length: mostChoices }, () => below(mostChoices)) })
}
/** Choices are wishes: the nearest that is eligible is taken. */
const mostChoices = 4

/** The commands of each operation, as often as the operation weighs. */
function ticketsOf({ commands }: Machine): readonly (readonly Command[])[] {
  const names = new Set(commands.filter(({ kind }) => kind !== 'resume').map(({ name }) => name))
  return [...names].flatMap(name => {
    const all = commands.filter(command => command.name === name)
    return Array.from({ length: Math.max(1, weightOf(name)) }, () => all)
  })
}
