// Model and implementation side by side. After every command both must agree on the answer and on the whole state;
// what the implementation chose freely, the model is told to choose, and it must be among what it allows. Then the
// claims about the implementation's own memory are checked.

import type { Machine as Implementation } from '../../impl/index.js'
import {
  ChoiceError,
  type Choices,
  type Choosing,
  type Command,
  ids,
  labelOf,
  type Machine,
  ModelError,
  machineOf,
  Odometer,
  PackedHost,
  type Page,
  Runner,
  type Signal,
  type State,
  viewOf,
} from '../../model/index.js'
import type { Change } from '../../reports/result.js'
import { type MachineClaim, violatedClaim } from '../claims/machine.js'
import { initialState } from '../explorer/initial.js'
import { diffOf } from '../explorer/trace.js'
import { abstractState, NoAbstraction } from './abstraction.js'
import { ChoiceLog, issue, NoAnswer, refuses } from './driver.js'
import { type Placement, placementOf } from './placement.js'
import { wrongAt } from './points.js'

/** Where both sides part. */
export interface Parting {
  readonly about: string
  readonly says: string
  readonly place: string
  readonly model: string
  readonly machine: string
}
export type Compared =
  | { readonly is: 'skipped' }
  | { readonly is: 'same'; readonly changed: boolean }
  | ({ readonly is: 'parted' } & Parting)

const skipped: Compared = { is: 'skipped' }
const sameChanged: Compared = { is: 'same', changed: true }
const sameUnchanged: Compared = { is: 'same', changed: false }

/** Answers the model's choices with what the implementation took. */
class Followed implements Choices {
  readonly #at = new Map<string, number>()
  readonly taken: number[] = []
  constructor(
    readonly log: ChoiceLog,
    readonly countedTables: boolean,
  ) {}
  clear(): void {
    this.#at.clear()
    this.taken.length = 0
  }
  pick(options: readonly number[], { step, set }: Choosing): number {
    const code = set === '' ? this.#exhausted() : this.#next(set)
    if (!options.includes(code))
      throw new ChoiceError(
        `the implementation chose ${set || step} ${code}, and the model allows ${options.join(', ')}`,
      )
    this.taken.push(code)
    return code
  }
  /** Whether a table could not be had; where tables are counted the model knows without being told. */
  #exhausted(): number {
    return !this.countedTables && this.log.taken('table').includes(-1) ? 1 : 0
  }
  #next(set: string): number {
    if (set !== 'frame' && set !== 'slot' && set !== 'space')
      throw new ChoiceError(`nothing says which ${set} the implementation took`)
    const at = this.#at.get(set) ?? 0
    this.#at.set(set, at + 1)
    const member = this.log.taken(set)[at]
    if (member === undefined) throw new ChoiceError(`the model takes a ${set}, and the implementation took none`)
    return member
  }
}

/** Builds an implementation; a mutant brings its own. */
export type Build = (placement: Placement, log: ChoiceLog) => Implementation

export class Pair {
  readonly placement: Placement
  readonly log = new ChoiceLog()
  readonly implementation: Implementation
  readonly bytes: Uint8Array
  readonly first: Uint8Array
  readonly #words: Int32Array
  readonly #before: Uint8Array
  readonly #seen: Uint8Array
  readonly #seenWords: Int32Array
  readonly #abstract: State
  readonly #ghost: number
  readonly #follower: Runner
  readonly #followed: Followed
  readonly #trial: Runner
  readonly #odometer = new Odometer()
  readonly #host: PackedHost
  readonly #blank: ArrayBuffer
  /** What was wrong at an interruption point of the last command. */
  #atPoint: string | null = null

  readonly machine: Machine

  constructor(
    scope: Machine,
    build: Build,
    readonly claims: readonly MachineClaim[],
  ) {
    // The implementation takes whichever member it likes: any that is eligible must be allowed.
    const machine = machineOf(scope.system, { ...scope.setting, choices: 'all' })
    machine.open()
    this.machine = machine
    this.placement = placementOf(machine.setting.bounds)
    this.implementation = build(this.placement, this.log)
    this.#blank = this.implementation.snapshot()
    this.log.watch = point => {
      this.#atPoint ??= wrongAt(point, this.implementation)
    }
    this.first = initialState(machine)
    this.bytes = this.first.slice()
    this.#words = new Int32Array(this.bytes.buffer)
    this.#before = this.first.slice()
    this.#seen = this.first.slice()
    this.#seenWords = new Int32Array(this.#seen.buffer)
    this.#abstract = viewOf(machine.layout, { bytes: this.#seen }) as State
    this.#ghost = Math.min(
      ...machine.layout.cells.filter(c => c.path.startsWith('ghost.')).map(c => c.at),
      machine.bytes,
    )
    this.#host = new PackedHost(machine, this.bytes)
    const marks = new Uint8Array(machine.stepOwner.length + 1)
    this.#followed = new Followed(this.log, machine.setting.bounds.switches.tables === 'counted')
    this.#follower = new Runner(machine, this.#host, this.#followed, marks)
    this.#trial = new Runner(machine, this.#host, this.#odometer, marks)
  }

  /** Both sides as they start. */
  reset(): void {
    this.restore(this.first, this.#blank)
  }
  restore(model: Uint8Array, implementation: ArrayBuffer): void {
    this.bytes.set(model)
    this.#host.idle()
    this.implementation.restore(implementation)
  }
  /** The choices that the implementation took in the last command, as the model's codes. */
  get taken(): readonly number[] {
    return this.#followed.taken
  }
  /** What each side answered to the last command, as it reads. */
  get answers(): { readonly model: string; readonly machine: string } {
    return { model: this.#modelSaid, machine: this.#machineSaid }
  }
  #modelSaid = ''
  #machineSaid = ''

  /** What the last command changed in the model. */
  get diff(): readonly Change[] {
    return diffOf(this.machine, this.#before, this.bytes)
  }

  /**
   * Runs one command on both sides and compares. Skips it, on both, where it cannot be issued, and where it would
   * change nothing if `evenIdle` is false. With `probe`, what cannot be issued is tried on the implementation alone.
   */
  run(command: Command, evenIdle = true, probe = false): Compared {
    const tried = this.#try(command)
    if (tried === 'disabled' && probe) return this.#probe(command)
    if (tried === 'disabled' || (tried === 'idle' && !evenIdle)) return skipped
    this.#before.set(this.bytes)
    this.log.clear()
    this.#followed.clear()
    this.#atPoint = null
    this.#modelSaid = this.#machineSaid = 'nothing'
    try {
      const said = issue(this.implementation, this.placement, command, this.#held(command))
      const heard = labelOf(said, true)
      this.#machineSaid = heard
      const signal = this.#follow(command)
      const answer = signal.then === 'answer' ? labelOf(signal.outcome, true) : signal.then
      this.#modelSaid = answer
      if (answer !== heard) return parted('outcome', `the answers to ${command.name} differ`, 'answer', answer, heard)
      if (this.#atPoint !== null)
        return parted('point', `half-way through ${command.name}: ${this.#atPoint}`, 'point', 'not allowed', 'found')
      return this.#compareStates()
    } catch (error) {
      return this.#explain(error)
    }
  }

  /** The byte that the page of a command should read as, by the model. */
  #held({ args }: Command): number {
    const { processes, ghost } = this.#host.m as State
    const space = processes[ids(processes)[Number(args.process)]].space
    return space === null || args.page === undefined ? 0 : (ghost.spaces[space].pages[args.page as Page]?.byte ?? 0)
  }

  #follow(command: Command): Signal {
    const signal = this.#follower.run(command)
    this.#host.idle()
    return signal
  }

  /**
   * A command that has no meaning in this state: the implementation must refuse it and change nothing. Ranges that
   * leave the window are left out, because the implementation has pages there.
   */
  #probe(command: Command): Compared {
    const alive = this.implementation.inspect.spaceOf(Number(command.args.process)) >= 0
    if (alive && (command.name === 'mmap' || command.name === 'munmap')) return skipped
    try {
      if (!refuses(this.implementation, this.placement, command)) {
        return parted(
          'outcome',
          `${command.name} has no meaning here, and the implementation ran it`,
          'answer',
          'disabled',
          'ok',
        )
      }
      const compared = this.#compareStates()
      return compared.is === 'parted' ? compared : skipped
    } catch (error) {
      return this.#explain(error)
    }
  }

  /** What the model would do, with the first of each choice: the command is taken back at once. */
  #try(command: Command): 'disabled' | 'idle' | 'changes' {
    this.#before.set(this.bytes)
    this.#odometer.start()
    const signal = this.#trial.run(command)
    const changes = this.#changed()
    this.bytes.set(this.#before)
    this.#host.idle()
    return signal.then === 'disabled' ? 'disabled' : changes ? 'changes' : 'idle'
  }
  #changed(): boolean {
    for (let i = 0; i < this.bytes.length; i++) if (this.bytes[i] !== this.#before[i]) return true
    return false
  }

  #compareStates(): Compared {
    this.#seen.set(this.bytes.subarray(this.#ghost), this.#ghost)
    abstractState(this.implementation, this.placement, this.#abstract)
    for (let i = 0; i < this.#words.length; i++)
      if (this.#words[i] !== this.#seenWords[i]) return this.#firstDifference()
    const wrong = violatedClaim(this.claims, this.implementation)
    if (wrong !== null)
      return parted(wrong.claim, wrong.witness.says, wrong.witness.places[0] ?? '', 'holds', 'violated')
    return this.#changed() ? sameChanged : sameUnchanged
  }

  #firstDifference(): Compared {
    const [first, ...more] = diffOf(this.machine, this.bytes, this.#seen)
    const also = more.length === 0 ? '' : `, and ${more.length} more ${more.length === 1 ? 'place' : 'places'}`
    return parted('state', `the states differ at ${first.path}${also}`, first.path, first.from, first.to)
  }

  /** Mistakes of either side that show as exceptions; anything else is a mistake of this program. */
  #explain(error: unknown): Compared {
    this.#host.idle()
    if (error instanceof ChoiceError) return parted('choice', error.message, 'choice', 'not allowed', 'taken')
    if (error instanceof NoAbstraction || error instanceof NoAnswer)
      return parted('state', error.message, '', 'no such state', error.message)
    if (error instanceof ModelError) return parted('model error', error.message, '', error.message, '')
    return parted(
      'crash',
      `the implementation threw: ${error instanceof Error ? error.message : String(error)}`,
      '',
      '',
      'threw',
    )
  }
}

const parted = (about: string, says: string, place: string, model: string, machine: string): Compared => ({
  is: 'parted',
  about,
  says,
  place,
  model,
  machine,
})
