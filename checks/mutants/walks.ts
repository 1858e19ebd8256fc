// Walks: short sequences of commands on both sides, drawn once and run for every mutant. Of each walk is kept how the
// model's state and the implementation's memory stood before every command, and which edits would have made a
// difference when: a mutant runs only the walks that meet it, and only from the command on that does.

import type { Command, Machine } from '../../model/index.js'
import { machineClaims } from '../claims/index.js'
import { type Compared, Pair, type Parting, type Running } from '../lockstep/index.js'
import { commandOf, drawCommand, drawerOf, type Plot, type Said } from './plot.js'
import type { Switched } from './switched.js'

type Next = (below: number) => number

/** The words of memory that a command changed. */
interface Delta {
  readonly at: Int32Array
  readonly now: Int32Array
}
/** A command of a walk, and how things stood before it. */
export interface Pace {
  readonly said: Said
  readonly model: Uint8Array
  readonly delta: Delta
  /** What the model chose, as codes. */
  readonly taken: readonly number[]
}
export type Walk = readonly Pace[]
/** How things stand on both sides. */
interface Standing {
  readonly model: Uint8Array
  readonly memory: ArrayBuffer
}
/** A walk, and the first of its commands that meets something. */
export interface Meeting {
  readonly walk: Walk
  readonly at: number
}

/** A command beside a walk, given where the walk's own one at `at` stands. */
export interface Aside {
  readonly walk: Walk
  readonly at: number
  readonly pace: Pace
}
const none: Delta = { at: new Int32Array(), now: new Int32Array() }

/** One draw in so many is run even if it changes nothing. */
const idleShare = 3
/** Most draws for each command of a walk: where little can be said, a walk may stay short. */
const mostDraws = 40
/** What so many walks have met is no longer rare; where nothing changes, more must have met it. */
const rareUntil = 6
const idleUntil = 25

export class Ground {
  readonly machine: Machine
  readonly pair: Pair
  readonly walks: Walk[] = []
  /** Commands that changed nothing, or had no meaning, and that no walk keeps, each where it was given. */
  readonly asides: Aside[] = []
  /** By edit of the text: the walks that meet it. */
  readonly meetings = new Map<number, Meeting[]>()
  /** Edits that matter while a machine is made. */
  readonly atBirth = new Set<number>()
  readonly blank: ArrayBuffer
  readonly #rare: { readonly edit: number; readonly meeting: Meeting }[] = []

  constructor(
    readonly plot: Plot,
    readonly switched: Switched,
  ) {
    this.machine = plot.bind(null)
    switched.met.fill(0)
    this.pair = new Pair(this.machine, { build: switched.build, claims: machineClaims })
    for (const edit of this.#met()) this.atBirth.add(edit)
    this.blank = this.pair.implementation.snapshot()
    for (const said of plot.told) this.#tell(said)
    const next = drawerOf(0x2545f491)
    for (let i = 0; i < plot.plan.walks; i++) this.#walk(next, i)
  }

  /** A walk that the plan tells is kept whole. */
  #tell(told: readonly Said[]): void {
    const walk: Pace[] = []
    const known = new Set<number>()
    this.walks.push(walk)
    this.pair.begin(this.blank)
    for (const said of told) {
      const before = this.#stands()
      this.#run(walk, said, { evenIdle: true, probe: true })
      this.#keep(walk, known, said, before, this.#met())
    }
  }

  #stands = (): Standing => ({ model: this.pair.bytes.slice(), memory: this.pair.implementation.snapshot() })

  #run(walk: Walk, said: Said, running: Running): Compared {
    this.switched.met.fill(0)
    const step = this.pair.run(toldTo(this.pair, said), running)
    if (step.is === 'parted') throw new Unequal(this.plot.plan.name, [...walk.map(pace => pace.said), said], step)
    return step
  }

  #keep(walk: Pace[], known: Set<number>, said: Said, { model, memory }: Standing, met: readonly number[]): void {
    for (const edit of met) if (!known.has(edit)) this.#meet(edit, { walk, at: walk.length })
    for (const edit of met) known.add(edit)
    const now = new Int32Array(this.pair.implementation.memory)
    walk.push({ said, model, delta: deltaOf(new Int32Array(memory), now), taken: [...this.pair.taken] })
  }

  /** Every other walk goes on from where one met what few have met. */
  #walk(next: Next, number: number): void {
    const seed = number % 2 === 0 ? null : this.#seed(next)
    const walk: Pace[] = seed === null ? [] : seed.walk.slice(0, seed.at)
    const known = new Set<number>()
    this.walks.push(walk)
    if (seed === null) this.pair.begin(this.blank)
    else this.stand(seed)
    const { length } = this.plot.plan
    for (let drawn = 0; drawn < length * mostDraws && walk.length < length; drawn++) this.#pace(walk, known, next)
  }

  #seed(next: Next): Meeting | null {
    for (let i = 0; i < this.#rare.length; i++) {
      const { edit, meeting } = this.#rare[next(this.#rare.length)]
      if (this.#isRare(edit)) return meeting
    }
    return null
  }
  #isRare = (edit: number, until = rareUntil): boolean => (this.meetings.get(edit)?.length ?? 0) < until

  /** A command that changes nothing is kept only if it meets what is rare. */
  #pace(walk: Pace[], known: Set<number>, next: Next): void {
    const { pair } = this
    const said = drawCommand(this.plot, next)
    const before = this.#stands()
    const running = { evenIdle: next(idleShare) === 0, probe: next(this.plot.plan.probeShare) === 0 }
    const step = this.#run(walk, said, running)
    const met = this.#met()
    const moves = step.is === 'same' && step.changed
    if (moves || met.some(edit => !known.has(edit) && this.#isRare(edit, idleUntil))) {
      this.#keep(walk, known, said, before, met)
      return
    }
    const { model, memory } = before
    const taken = step.is === 'same' ? [...pair.taken] : []
    this.asides.push({ walk, at: walk.length, pace: { said, model, delta: none, taken } })
    if (met.length > 0) pair.restore(model, memory)
  }

  #met(): readonly number[] {
    const met: number[] = []
    this.switched.met.forEach((was, edit) => {
      if (was === 1) met.push(edit)
    })
    return met
  }

  #meet(edit: number, meeting: Meeting): void {
    const known = this.meetings.get(edit) ?? []
    known.push(meeting)
    this.meetings.set(edit, known)
    if (known.length <= rareUntil) this.#rare.push({ edit, meeting })
  }

  /** Puts both sides where a walk stood before a command. */
  stand({ walk, at }: Meeting, pair: Pair = this.pair): void {
    const memory = this.blank.slice(0)
    const words = new Int32Array(memory)
    for (let i = 0; i < at; i++) {
      const { at: places, now } = walk[i].delta
      for (let j = 0; j < places.length; j++) words[places[j]] = now[j]
    }
    pair.restore(walk[at].model, memory)
  }
}

export function toldTo(pair: Pair, { name, args }: Said): Command {
  const command = commandOf(pair.machine, name, args)
  if (command === null) throw new RangeError(`a walk has ${name}, which its machine does not`)
  return command
}

function deltaOf(before: Int32Array, now: Int32Array): Delta {
  const at: number[] = []
  for (let i = 0; i < now.length; i++) if (now[i] !== before[i]) at.push(i)
  return { at: Int32Array.from(at), now: Int32Array.from(at, i => now[i]) }
}

/** Both sides part with no mutant in force: nothing can be said of mutants before they agree. */
export class Unequal extends Error {
  override readonly name = 'Unequal'
  constructor(
    ground: string,
    readonly said: readonly Said[],
    readonly parting: Parting,
  ) {
    const commands = said.map(({ name, args }) => `${name} ${JSON.stringify(args)}`).join('; ')
    super(`on ground ${ground} both sides part with no mutant in force: ${parting.says} (${commands})`)
  }
}
