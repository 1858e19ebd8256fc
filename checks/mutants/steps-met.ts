// Where a mutant of the model ends otherwise than the model: each command of a ground's walks, and each that was given
// beside them and changed nothing, is run again on the model alone, with the choices that were taken, and remembered for
// the steps that did something and the rows that were asked for. A mutant is then run on the commands that meet it, and
// only where it ends otherwise are both sides worth running: most steps do nothing most of the time.

import {
  type BoundOperation,
  type Choices,
  type Decision,
  type Machine,
  ModelError,
  PackedHost,
  Runner,
  type Signal,
  type Then,
} from '../../model/index.js'
import { type Generated, rowNamed, stepActs, stepAnswers, stepNamed } from './generated.js'
import { commandOf } from './plot.js'
import type { Aside, Ground, Meeting } from './walks.js'

/** Takes the codes that were taken before; the first that may be taken where that one may not, and past their end. */
class Again implements Choices {
  #at = 0
  constructor(readonly taken: readonly number[]) {}
  pick(options: readonly number[]): number {
    const code = this.taken[this.#at++]
    return options.includes(code) ? code : options[0]
  }
}

/** A command of a ground, and how it ended: with an answer, and in a state. */
interface Moment extends Aside {
  readonly signal: Signal
  readonly after: Uint8Array
}
type Told = (step: number, then: Then<string> | void) => void

/** Runs commands of a ground on one machine, each in the state in which it was given. */
class Alone {
  readonly bytes: Uint8Array
  readonly host: PackedHost
  readonly #reached: Uint8Array
  constructor(readonly machine: Machine) {
    this.bytes = new Uint8Array(machine.bytes)
    this.host = new PackedHost(machine, this.bytes)
    this.#reached = new Uint8Array(machine.stepOwner.length + 1)
  }

  run({ pace: { said, model, taken } }: Aside, told: Told | null = null): Signal {
    const { machine, host, bytes } = this
    const command = commandOf(machine, said.name, said.args)
    if (command === null) throw new RangeError(`a walk has ${said.name}, which its machine does not`)
    bytes.set(model)
    try {
      return new Runner(machine, host, new Again(taken), this.#reached, told).run(command)
    } finally {
      host.idle()
    }
  }

  /** What an operation knows, as it is now. */
  known(operation: BoundOperation): readonly unknown[] {
    return Object.values(this.host.my(0, operation))
  }
}

/** Most commands that a mutant is run on to see where it ends otherwise, and that it does so on. */
const mostTried = 5000
const mostMeetings = 40

export class StepsMet {
  readonly #moments = new Map<string, Moment[]>()
  readonly #alone: Alone

  constructor(readonly ground: Ground) {
    const { machine, walks, asides } = ground
    this.#alone = new Alone(machine)
    const marks = machine.open()
    for (const walk of walks) for (const [at, pace] of walk.entries()) this.#note({ walk, at, pace }, marks)
    for (const aside of asides) this.#note(aside, marks)
  }

  #note(aside: Aside, marks: ReadonlyMap<Decision, Uint8Array>): void {
    for (const rows of marks.values()) rows.fill(0)
    const met = new Set<string>()
    const signal = this.#alone.run(aside, this.#watch(aside, met))
    if (signal.then === 'disabled') this.#firstStep(aside.pace.said.name, met)
    for (const [{ name }, rows] of marks) rows.forEach((was, row) => void (was === 1 && met.add(rowNamed(name, row))))
    const moment = { ...aside, signal, after: this.#alone.bytes.slice() }
    for (const name of met) {
      const known = this.#moments.get(name)
      if (known === undefined) this.#moments.set(name, [moment])
      else known.push(moment)
    }
  }

  /** What has no meaning ends with its first step, which does not count as run. */
  #firstStep(operation: string, met: Set<string>): void {
    const first = this.ground.machine.operations.find(({ operation: { name } }) => name === operation)?.steps[0]
    for (const named of [stepNamed, stepActs]) met.add(named(operation, first?.name ?? ''))
  }

  /** Notes each step that runs, and whether it does or answers anything. */
  #watch({ pace: { said, model } }: Aside, met: Set<string>): Told {
    const { machine, bytes } = this.#alone
    let before = model
    let known: readonly unknown[] = []
    return (number, then) => {
      const owner = machine.stepOwner[number]
      const { name } = owner.steps[number - owner.first]
      met.add(stepNamed(said.name, name))
      const knows = this.#alone.known(owner)
      if (then !== undefined) met.add(stepAnswers(said.name, name))
      if (then !== undefined || knows.some((it, i) => it !== known[i]) || !isSame(before, bytes))
        met.add(stepActs(said.name, name))
      known = knows
      before = bytes.slice()
    }
  }

  /** Where a mutant ends otherwise than the model, with the machine that it is in force in. */
  meetings({ meets }: Generated, machine: () => Machine): readonly Meeting[] {
    const moments = [...new Set(meets.flatMap(name => this.#moments.get(name) ?? []))]
    if (moments.length === 0) return []
    const mutant = machine()
    const alone = new Alone(mutant)
    mutant.open()
    try {
      const found: Meeting[] = []
      for (const moment of moments.slice(0, mostTried)) {
        if (!endsOtherwise(alone, moment)) continue
        found.push({ walk: [...moment.walk.slice(0, moment.at), moment.pace], at: moment.at })
        if (found.length === mostMeetings) break
      }
      return found
    } finally {
      this.ground.machine.open()
    }
  }
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, i) => byte === b[i])

function endsOtherwise(alone: Alone, moment: Moment): boolean {
  try {
    return alone.run(moment) !== moment.signal || !isSame(alone.bytes, moment.after)
  } catch (error) {
    if (error instanceof ModelError) return true
    throw error
  }
}
