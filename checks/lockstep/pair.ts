// Model and implementation side by side. After every command both must agree on the answer and on the whole state;
// what the implementation chose freely, the model is told to choose, and it must be among what it allows. Then the
// claims about the implementation's own memory are checked.

import type { Machine as Implementation } from '../../impl/index.js'
import {
  type Command,
  ids,
  labelOf,
  type Machine,
  machineOf,
  Odometer,
  PackedHost,
  type Page,
  type PartId,
  Runner,
  type Signal,
  type State,
  viewOf,
} from '../../model/index.js'
import type { Change } from '../../reports/result.js'
import type { CommandName, Outcome } from '../../spec/interface.js'
import { type MachineClaim, violatedClaim } from '../claims/machine.js'
import { answerText } from '../describe.js'
import { initialState } from '../explorer/initial.js'
import { diffOf } from '../explorer/trace.js'
import { abstractState } from './abstraction.js'
import { ChoiceLog, issue } from './driver.js'
import { Followed } from './followed.js'
import { type Compared, parted, partedBy } from './parting.js'
import { type Placement, placementOf } from './placement.js'
import { wrongAt } from './points.js'

/** Commands that a living process cannot always give. */
const meaningless: readonly string[] = ['spawn', 'fork', 'swapOut', 'swapIn'] satisfies readonly CommandName[]

const skipped: Compared = { is: 'skipped' }
const sameChanged: Compared = { is: 'same', changed: true }
const sameUnchanged: Compared = { is: 'same', changed: false }

/** Builds an implementation; a mutant brings its own. */
export type Build = (placement: Placement, log: ChoiceLog) => Implementation

/** What runs against the model, and which claims look at its memory. */
export interface Sides {
  readonly build: Build
  readonly claims: readonly MachineClaim[]
}

export interface Running {
  /** Whether a command that would change nothing is run too. */
  readonly evenIdle: boolean
  /** Whether a command that cannot be issued is tried on the implementation, which must refuse it. */
  readonly probe: boolean
}

export class Pair {
  /** The scope's machine, in which any eligible member may be chosen. */
  readonly machine: Machine
  readonly claims: readonly MachineClaim[]
  readonly placement: Placement
  readonly log = new ChoiceLog()
  readonly implementation: Implementation
  /** The model's state, and how it starts. */
  readonly bytes: Uint8Array
  readonly first: Uint8Array
  readonly #words: Int32Array
  readonly #before: Uint8Array
  readonly #beforeWords: Int32Array
  /** The implementation's state as the abstraction reads it. */
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
  /** The implementation's memory now, and when the states were compared last. */
  readonly #memory: Int32Array
  readonly #verified: Int32Array
  #isVerified = false
  /** What was wrong at an interruption point of the last command. */
  #atPoint: string | null = null
  /** What each side answered to the last command; a word where it did not come to an answer. */
  #modelSaid: Outcome | string = ''
  #machineSaid: Outcome | string = ''
  #operation = ''

  constructor(scope: Machine, { build, claims }: Sides) {
    // The implementation takes whichever member it likes: any that is eligible must be allowed.
    const machine = machineOf(scope.system, { ...scope.setting, choices: 'all' })
    machine.open()
    this.machine = machine
    this.claims = claims
    this.placement = placementOf(machine.setting.bounds)
    this.implementation = build(this.placement, this.log)
    this.#blank = this.implementation.snapshot()
    this.#memory = new Int32Array(this.implementation.memory)
    this.#verified = this.#memory.slice()
    this.log.watch = point => {
      this.#atPoint ??= wrongAt(point, this.implementation)
    }
    this.first = initialState(machine)
    this.bytes = this.first.slice()
    this.#words = new Int32Array(this.bytes.buffer)
    this.#before = this.first.slice()
    this.#beforeWords = new Int32Array(this.#before.buffer)
    this.#seen = this.first.slice()
    this.#seenWords = new Int32Array(this.#seen.buffer)
    this.#abstract = viewOf(machine.layout, { bytes: this.#seen }) as State
    this.#ghost = ghostStart(machine)
    this.#host = new PackedHost(machine, this.bytes)
    const marks = new Uint8Array(machine.stepOwner.length + 1)
    this.#followed = new Followed(this.log)
    this.#follower = new Runner(machine, this.#host, this.#followed, marks)
    this.#trial = new Runner(machine, this.#host, this.#odometer, marks)
  }

  /** Both sides as they start, which nobody has compared yet; `blank`: the implementation's memory then. */
  begin(blank: ArrayBuffer = this.#blank): void {
    this.restore(this.first, blank)
    this.#isVerified = false
  }
  /** Both sides as they were after a command in which they agreed. */
  restore(model: Uint8Array, implementation: ArrayBuffer): void {
    this.bytes.set(model)
    this.#host.idle()
    this.implementation.restore(implementation)
    this.#verified.set(this.#memory)
    this.#isVerified = true
  }
  /** The choices that the implementation took in the last command, as the model's codes. */
  get taken(): readonly number[] {
    return this.#followed.taken
  }
  /** What each side answered to the last command, as it reads. */
  get answers(): { readonly model: string; readonly machine: string } {
    return { model: this.#text(this.#modelSaid), machine: this.#text(this.#machineSaid) }
  }
  #text(said: Outcome | string): string {
    return typeof said === 'string' ? said : answerText(this.machine, this.#operation, said)
  }
  /** What the last command changed in the model. */
  get diff(): readonly Change[] {
    return diffOf(this.machine, this.#before, this.bytes)
  }

  /** Runs one command on both sides and compares. Skips it, on both, where it cannot be issued. */
  run(command: Command, { evenIdle, probe }: Running): Compared {
    if (this.#leavesWindow(command) || (!evenIdle && !probe && this.#isMeaningless(command))) return skipped
    this.#before.set(this.bytes)
    const held = this.#held(command)
    const tried = this.#try(command)
    const changed = this.#changed()
    const wanted = tried.then === 'disabled' ? probe : evenIdle || changed
    const undone = !wanted || tried.then === 'disabled' || this.#odometer.taken.length > 0
    if (changed && undone) this.bytes.set(this.#before)
    if (!wanted) return skipped
    this.#forget(command.name)
    try {
      return tried.then === 'disabled' ? this.#probe(command) : this.#runBoth(command, tried, held)
    } catch (error) {
      this.#host.idle()
      return partedBy(error)
    }
  }

  /** Where the system may choose, it chooses from all of the address space, of which the model knows the window. */
  #leavesWindow({ args }: Command): boolean {
    if (this.machine.setting.bounds.switches.window === 'top') return false
    if (args.placement === 'anywhere' || args.placement === 'hint') return true
    if (args.moving === undefined) return false
    const moving = String(args.moving).split('|')
    return moving.includes('maymove') && !moving.includes('fixed')
  }

  /** Whether a glance tells that a command has no meaning here: its process is not alive, or its page is elsewhere. */
  #isMeaningless({ name, args: { process, page } }: Command): boolean {
    if (process === undefined || name === 'spawn') return false
    const { processes, spaces } = this.#host.m as State
    const { space } = processes[ids(processes)[Number(process)]]
    if (space === null) return true
    if (name !== 'swapIn' && name !== 'swapOut') return false
    return spaces[space].pages[page as Page].entry.is !== (name === 'swapIn' ? 'swapped' : 'present')
  }

  #forget(operation: string): void {
    this.#operation = operation
    this.log.clear()
    this.#followed.clear()
    this.#atPoint = null
    this.#modelSaid = this.#machineSaid = 'nothing'
  }

  /** `tried`: how it went where the model had nothing to choose, so that it has happened there already. */
  #runBoth(command: Command, tried: Signal, held: number): Compared {
    const { name } = command
    const heard = issue(this.implementation, this.placement, command, held)
    this.#machineSaid = heard
    const signal = this.#odometer.taken.length > 0 ? this.#follow(command) : tried
    this.#modelSaid = signal.then === 'answer' ? signal.outcome : signal.then
    if (signal.then !== 'answer' || labelOf(signal.outcome, true) !== labelOf(heard, true)) {
      const { model, machine } = this.answers
      return parted('outcome', `the answers to ${name} differ`, 'answer', model, machine)
    }
    const half = this.#atPoint
    if (half !== null) return parted('point', `half-way through ${name}: ${half}`, 'point', 'not allowed', 'found')
    return this.#compareStates()
  }

  /** The byte that the page of a store should read as before it, by the model. */
  #held({ name, args }: Command): number {
    if (name !== 'store') return 0
    const { processes, spaces, ghost } = this.#host.m as State
    const space = processes[ids(processes)[Number(args.process)]].space
    if (space === null) return 0
    const page = args.page as Page
    const { object, offset } = spaces[space].pages[page]
    return object === null ? ghost.spaces[space].pages[page].byte : ghost.objects[object].parts[offset as PartId].byte
  }

  #follow(command: Command): Signal {
    const signal = this.#follower.run(command)
    this.#host.idle()
    return signal
  }

  /**
   * A command that has no meaning in this state: the implementation must refuse it and change nothing. Left out are
   * commands that have none in any state, which no system call can say, and ranges that leave the window, because the
   * implementation has pages there.
   */
  #probe(command: Command): Compared {
    const { name, args } = command
    if (args.process === undefined) return skipped
    const alive = this.implementation.inspect.spaceOf(Number(args.process)) >= 0
    if (alive && !meaningless.includes(name)) return skipped
    this.#modelSaid = 'disabled'
    const outcome = issue(this.implementation, this.placement, command, 0)
    this.#machineSaid = outcome
    if (outcome.is !== 'refused') {
      const says = `${name} has no meaning here, and the implementation ran it`
      return parted('outcome', says, 'answer', 'disabled', this.answers.machine)
    }
    const compared = this.#compareStates()
    return compared.is === 'parted' ? compared : skipped
  }

  /** What the model does with the first of each choice. */
  #try(command: Command): Signal {
    this.#odometer.start()
    const signal = this.#trial.run(command)
    this.#host.idle()
    return signal
  }
  #changed(): boolean {
    return !equal(this.#words, this.#beforeWords)
  }

  #compareStates(): Compared {
    const changed = this.#changed()
    // What was compared already, and has not changed on either side, is still the same.
    if (this.#isVerified && !changed && equal(this.#memory, this.#verified)) return sameUnchanged
    this.#isVerified = false
    this.#seen.set(this.bytes.subarray(this.#ghost), this.#ghost)
    abstractState(this.implementation, this.placement, this.#abstract)
    if (!equal(this.#words, this.#seenWords)) return this.#firstDifference()
    const wrong = violatedClaim(this.claims, this.implementation)
    if (wrong === null) {
      this.#verified.set(this.#memory)
      this.#isVerified = true
      return changed ? sameChanged : sameUnchanged
    }
    const { says, places } = wrong.witness
    return parted(wrong.claim, says, places[0] ?? '', 'holds', 'violated')
  }

  #firstDifference(): Compared {
    const [first, ...more] = diffOf(this.machine, this.bytes, this.#seen)
    const also = more.length === 0 ? '' : `, and ${more.length} more ${more.length === 1 ? 'place' : 'places'}`
    return parted('state', `the states differ at ${first.path}${also}`, first.path, first.from, first.to)
  }
}

function equal(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Where ghost fields begin: they are the last of the state, and the implementation has none. */
const ghostStart = ({ layout, bytes }: Machine): number =>
  Math.min(...layout.cells.filter(cell => cell.path.startsWith('ghost.')).map(cell => cell.at), bytes)
