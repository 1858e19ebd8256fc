// Walks: short sequences of commands on both sides, drawn once and run for every mutant. Of each walk is kept how the
// model's state and the implementation's memory stood before every command, and which edits would have made a
// difference when: a mutant runs only the walks that meet it, and only from the command on that does.

import type { Machine as Implementation } from '../../impl/index.js'
import type { Command, Machine } from '../../model/index.js'
import { machineClaims } from '../claims/index.js'
import { type Build, Pair, type Parting } from '../lockstep/index.js'
import { commandOf, drawCommand, drawerOf, type Plot, type Said } from './plot.js'
import type { Switched } from './switched.js'

/** The words of memory that one command changed. */
interface Delta {
  readonly at: Int32Array
  readonly now: Int32Array
}
export interface Walk {
  readonly said: readonly Said[]
  /** The model's state before each command. */
  readonly model: readonly Uint8Array[]
  readonly deltas: readonly Delta[]
  /** What the model chose in each command, as codes. */
  readonly taken: readonly (readonly number[])[]
}
/** A walk, and the first of its commands that meets something. */
export interface Meeting {
  readonly walk: Walk
  readonly at: number
}

export class Ground {
  readonly machine: Machine
  readonly pair: Pair
  readonly walks: Walk[] = []
  /** By edit of the text: the walks that meet it. */
  readonly meetings = new Map<number, Meeting[]>()
  /** Edits that matter while a machine is made. */
  readonly atBirth = new Set<number>()
  readonly blank: ArrayBuffer

  constructor(
    readonly plot: Plot,
    readonly switched: Switched,
  ) {
    this.machine = plot.bind(null)
    switched.met.fill(0)
    this.pair = new Pair(this.machine, { build: switched.build, claims: machineClaims })
    switched.met.forEach((met, edit) => {
      if (met === 1) this.atBirth.add(edit)
    })
    this.blank = this.pair.implementation.snapshot()
    this.#record()
  }

  #record(): void {
    const { walks } = this.plot.plan
    for (let i = 0; i < walks; i++) this.walks.push(this.#walk(drawerOf(0x2545f491 + i * 7919)))
  }

  #walk(next: (below: number) => number): Walk {
    const { pair, switched } = this
    const { length } = this.plot.plan
    const walk = { said: [] as Said[], model: [] as Uint8Array[], deltas: [] as Delta[], taken: [] as (readonly number[])[] }
    const met = new Set<number>()
    pair.reset()
    let before = new Int32Array(this.blank)
    for (let drawn = 0; drawn < drawsFor(length) && walk.said.length < length; drawn++) {
      const said = drawCommand(this.plot, next)
      const model = pair.bytes.slice()
      switched.met.fill(0)
      const command = toldTo(pair, said)
      const step = pair.run(command, { evenIdle: next(idleShare) === 0, probe: next(idleShare) === 0 })
      if (step.is === 'parted') throw new Unequal(this.plot.plan.name, [...walk.said, said], step)
      if (step.is === 'skipped' && !switched.met.includes(1)) continue
      const now = new Int32Array(pair.implementation.memory).slice()
      for (const [edit, was] of switched.met.entries()) if (was === 1 && !met.has(edit)) this.#meet(edit, met, walk)
      walk.said.push(said)
      walk.model.push(model)
      walk.deltas.push(deltaOf(before, now))
      walk.taken.push([...pair.taken])
      before = now
    }
    return walk
  }

  #meet(edit: number, met: Set<number>, walk: Walk): void {
    met.add(edit)
    const known = this.meetings.get(edit) ?? []
    known.push({ walk, at: walk.said.length })
    this.meetings.set(edit, known)
  }

  /** The implementation's memory before a command of a walk. */
  memoryBefore({ walk, at }: Meeting): ArrayBuffer {
    const memory = this.blank.slice(0)
    const words = new Int32Array(memory)
    for (let i = 0; i < at; i++) {
      const { at: places, now } = walk.deltas[i]
      for (let j = 0; j < places.length; j++) words[places[j]] = now[j]
    }
    return memory
  }
}

/** One draw in so many is run even if it changes nothing. */
const idleShare = 6
/** Most draws for a walk: where little can be said, a walk may stay short. */
const drawsFor = (length: number) => length * 30

export const toldTo = (pair: Pair, { name, args }: Said): Command => {
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

export type { Build, Implementation }
