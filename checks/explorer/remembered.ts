// What claims answer, remembered by what they read. A claim is a function of what it reads of a state (of a transition: of
// both states and of the operation with its arguments and its answer) and of nothing else. So it is evaluated once on views
// that note each read; wherever it would read the same again, its answer is found by following a few bytes. Only that a
// claim holds is taken from here: what does not is evaluated on the state itself, for its witness.
//
// Each question has a tree, which says what is read next and where each value of that leads. For transitions it has one
// for each operation with each answer: most claims are about few of these, and hold of all others whatever is read. The
// trees lie in one table of numbers:
//
//   … │ input │ branch for code 0 │ for code 1 │ …   with a branch: not known yet, holds, violated, or where the next node is

import { type Event, type Machine, ModelError, viewOf } from '../../model/kit/index.js'
import {
  eventOf,
  noEvent,
  outcomeOf,
  type Packed,
  type Question,
  type Transition,
  type Violation,
  violationOf,
} from './questions.js'

const notKnown = 0
const holds = 1
const isViolated = 2

/** Numbers of four bytes in the table: what would come after that is not remembered, but evaluated each time. */
const mostNumbers = 2 ** 22

/** Questions that are asked of one kind of event; those that hold whatever is read are no longer among them. */
interface Asked {
  questions: readonly { readonly question: Question; readonly tree: number }[]
  isFresh: boolean
}

export class Remembered {
  #table = new Int32Array(2 ** 14)
  #used = isViolated + 1
  readonly #bytes: number
  readonly #asked = new Map<readonly Question[], Map<string | null, Map<Event<unknown>['outcome'], Asked>>>()
  /** By input: how many values it has. Inputs are the bytes of the state behind, those of the state before, arguments. */
  readonly #widths: readonly number[]
  readonly #arguments: readonly (readonly [name: string, codes: ReadonlyMap<unknown, number>])[]
  readonly #recorder: Recorder
  #after: Uint8Array
  #before: Uint8Array
  #transition: Transition | null = null
  #given: Event<unknown>['arguments'] | null = null

  constructor(machine: Machine) {
    this.#bytes = machine.bytes
    this.#after = this.#before = new Uint8Array(machine.bytes)
    const ofState = widthsOf(machine)
    this.#arguments = argumentsIn(machine)
    this.#widths = [...ofState, ...ofState, ...this.#arguments.map(([, codes]) => codes.size)]
    this.#recorder = new Recorder(
      machine,
      this.#arguments.map(([name]) => name),
    )
  }

  firstOfState(questions: readonly Question[], m: unknown, bytes: Uint8Array): Violation | null {
    this.#after = bytes
    this.#transition = null
    return this.#first(this.#askedOf(questions, null, null), question => violationOf(question, m, noEvent))
  }

  firstOfTransition(questions: readonly Question[], it: Transition, { before, after }: Packed): Violation | null {
    this.#after = after
    this.#before = before
    this.#transition = it
    this.#given = null
    const asked = this.#askedOf(questions, it.operation, outcomeOf(it.signal))
    return this.#first(asked, question => violationOf(question, it.after, eventOf(it)))
  }

  #first(asked: Asked, evaluated: (question: Question) => Violation | null): Violation | null {
    for (const { question, tree } of asked.questions) {
      if (this.#holds(tree, question)) continue
      const found = evaluated(question)
      if (found !== null) return found
    }
    // Each has been evaluated now, and what has read nothing then will never read anything.
    if (asked.isFresh) asked.questions = asked.questions.filter(({ tree }) => this.#table[tree] !== holds)
    asked.isFresh = false
    return null
  }

  #askedOf(questions: readonly Question[], operation: string | null, outcome: Event<unknown>['outcome']): Asked {
    const ofAll = this.#asked.get(questions) ?? new Map<string | null, Map<Event<unknown>['outcome'], Asked>>()
    this.#asked.set(questions, ofAll)
    const ofOperation = ofAll.get(operation) ?? new Map<Event<unknown>['outcome'], Asked>()
    ofAll.set(operation, ofOperation)
    let asked = ofOperation.get(outcome)
    if (asked === undefined) {
      asked = { questions: questions.map(question => ({ question, tree: this.#room(1) })), isFresh: true }
      ofOperation.set(outcome, asked)
    }
    return asked
  }

  /** Whether a question is known to hold here; where nobody has asked it so before, it is evaluated. */
  #holds(tree: number, question: Question): boolean {
    const table = this.#table
    let branch = table[tree]
    while (branch > isViolated) branch = table[branch + 1 + this.#code(table[branch])]
    return branch === holds || (branch === notKnown && this.#learn(tree, question))
  }

  /** What an input is now. */
  #code(input: number): number {
    const bytes = this.#bytes
    if (input < bytes) return this.#after[input]
    if (input < 2 * bytes) return this.#before[input - bytes]
    this.#given ??= this.#transition?.arguments() ?? {}
    const [name, codes] = this.#arguments[input - 2 * bytes]
    const code = codes.get(this.#given[name])
    if (code === undefined) throw new ModelError(`${name} is ${String(this.#given[name])}, which no command says`)
    return code
  }

  #learn(tree: number, question: Question): boolean {
    const answer = this.#recorder.record(question, this.#after, this.#before, this.#transition)
    let slot = tree
    for (const input of this.#recorder.inputs) {
      if (this.#table[slot] === notKnown) {
        if (this.#used + this.#widths[input] + 1 > mostNumbers) return answer
        const node = this.#room(this.#widths[input] + 1)
        this.#table[node] = input
        this.#table[slot] = node
      }
      const node = this.#table[slot]
      if (node <= isViolated || this.#table[node] !== input)
        throw new ModelError(`${question.claim.id} depends on more than what it reads`)
      slot = node + 1 + this.#code(input)
    }
    this.#table[slot] = answer ? holds : isViolated
    return answer
  }

  /** Room for so many numbers, all of them nothing; where it begins. */
  #room(numbers: number): number {
    const first = this.#used
    this.#used += numbers
    if (this.#used > this.#table.length) {
      const larger = new Int32Array(Math.max(this.#used, this.#table.length * 2))
      larger.set(this.#table)
      this.#table = larger
    }
    return first
  }
}

/** Evaluates questions on views that note what is read, each input once, in the order of the first reads. */
class Recorder {
  /** What the last question has read. */
  readonly inputs: number[] = []
  readonly #after: Uint8Array
  readonly #before: Uint8Array
  readonly #m: unknown
  readonly #beforeM: unknown
  readonly #arguments: Event<unknown>['arguments']
  /** By input: the evaluation that has read it last. */
  readonly #readIn: Int32Array
  #evaluations = 0
  #transition: Transition | null = null

  constructor({ bytes, layout }: Machine, names: readonly string[]) {
    const isWide = new Uint8Array(bytes)
    for (const cell of layout.cells) isWide[cell.at] = cell.bytes === 2 ? 1 : 0
    this.#readIn = new Int32Array(2 * bytes + names.length)
    this.#after = new Uint8Array(bytes)
    this.#before = new Uint8Array(bytes)
    // A cell of two bytes is two inputs.
    const noting = (from: number) => (at: number) => {
      this.#note(from + at)
      if (isWide[at] === 1) this.#note(from + at + 1)
    }
    this.#m = viewOf(layout, { bytes: this.#after, read: noting(0) })
    this.#beforeM = viewOf(layout, { bytes: this.#before, read: noting(bytes) })
    this.#arguments = this.#argumentsOf(names, 2 * bytes)
  }

  record({ claim, at }: Question, after: Uint8Array, before: Uint8Array, it: Transition | null): boolean {
    this.#after.set(after)
    this.#before.set(before)
    this.#transition = it
    this.inputs.length = 0
    this.#evaluations++
    return claim.holds(this.#m, at, it === null ? noEvent : this.#eventOf(it)) === true
  }

  #note(input: number): void {
    if (this.#readIn[input] === this.#evaluations) return
    this.#readIn[input] = this.#evaluations
    this.inputs.push(input)
  }

  #eventOf({ operation, signal }: Transition): Event<unknown> {
    return { before: this.#beforeM, operation, arguments: this.#arguments, outcome: outcomeOf(signal) }
  }
  #argumentsOf(names: readonly string[], from: number): Event<unknown>['arguments'] {
    const noted = (name: string, i: number): PropertyDescriptor => ({
      get: () => {
        this.#note(from + i)
        return this.#transition?.arguments()[name]
      },
    })
    return Object.defineProperties({}, Object.fromEntries(names.map((name, i) => [name, noted(name, i)])))
  }
}

/** How many values each byte of a packed state has. */
function widthsOf({ bytes, layout }: Machine): readonly number[] {
  const widths = new Array<number>(bytes).fill(256)
  for (const cell of layout.cells) if (cell.bytes === 1) widths[cell.at] = cell.domain.values.length
  return widths
}

/** All arguments that commands have, each with numbers for its values; one is for commands that have it not. */
function argumentsIn({ commands }: Machine): readonly (readonly [string, ReadonlyMap<unknown, number>])[] {
  const found = new Map<string, Map<unknown, number>>()
  for (const { args } of commands) {
    for (const [name, value] of Object.entries(args)) {
      const codes = found.get(name) ?? new Map<unknown, number>([[undefined, 0]])
      found.set(name, codes)
      if (!codes.has(value)) codes.set(value, codes.size)
    }
  }
  return [...found]
}
