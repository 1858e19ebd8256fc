// Holds states and transitions to the claims. State claims run on new states, step and return claims on every
// transition; recounts are derived from the declaration. The first violation ends a search, because what lies behind
// it proves nothing about the rest.

import { type Claim, type Command, type Event, type Machine, readCell } from '../../model/kit/index.js'
import {
  eventOf,
  firstOf,
  isJudged,
  noEvent,
  type Question,
  questionsOf,
  type Transition,
  type Violation,
  violationOf,
} from './questions.js'
import { Recounts } from './recounts.js'
import type { Remembered } from './remembered.js'

export type { Transition, Violation } from './questions.js'

export class Judge {
  readonly #state: readonly Question[]
  readonly #quiescent: readonly Question[]
  readonly #step: readonly Question[]
  readonly #return: readonly Question[]
  /** Claims of which no state has satisfied one question yet. */
  #sometimes: readonly { readonly claim: Claim; readonly questions: readonly Question[] }[]
  readonly #asked: readonly Claim[]
  readonly #recounts: Recounts
  readonly claims: readonly string[]

  constructor(
    readonly machine: Machine,
    /** Claims in force, by id; null means all whose home is the model. */
    enabled: ReadonlySet<string> | null,
    /** Where answers are remembered; without it, each claim is evaluated each time. */
    readonly remembered: Remembered | null = null,
  ) {
    const wanted = (id: string) => enabled === null || enabled.has(id)
    const asked = (kind: Claim['kind']) =>
      machine.system.claims
        .filter(claim => claim.kind === kind && claim.home !== 'machine' && wanted(claim.id))
        .filter(claim => isJudged(claim, machine))
    const questions = (kind: Claim['kind']) => asked(kind).flatMap(claim => questionsOf(claim, machine))
    this.#state = questions('state')
    this.#quiescent = questions('quiescent')
    this.#step = questions('step')
    this.#return = questions('return')
    this.#sometimes = asked('sometimes').map(claim => ({ claim, questions: questionsOf(claim, machine) }))
    this.#asked = (['state', 'quiescent', 'step', 'return', 'sometimes'] as const).flatMap(asked)
    this.#recounts = new Recounts(machine, wanted)
    this.claims = [...this.#recounts.ids, ...this.#asked.map(({ id }) => id)]
  }
  get judgesTransitions(): boolean {
    return this.#step.length + this.#return.length > 0
  }
  /** `sometimes` claims that no state has satisfied yet. */
  get missing(): readonly string[] {
    return this.#sometimes.map(({ claim }) => claim.id)
  }

  state(m: unknown, bytes: Uint8Array): Violation | null {
    const found = this.#recounts.first(bytes) ?? this.#firstOf(this.#state, m, bytes)
    if (found !== null) return found
    if (this.#quiescent.length > 0 && this.isAtRest(bytes)) {
      const late = this.#firstOf(this.#quiescent, m, bytes)
      if (late !== null) return late
    }
    if (this.#sometimes.length > 0)
      this.#sometimes = this.#sometimes.filter(({ questions }) => firstSatisfied(questions, m) === undefined)
    return null
  }
  #firstOf(questions: readonly Question[], m: unknown, bytes: Uint8Array): Violation | null {
    return this.remembered === null ? firstOf(questions, m, noEvent) : this.remembered.firstOfState(questions, m, bytes)
  }

  transition(it: Transition): Violation | null {
    const found = this.#firstIn(this.#step, it)
    return found !== null || it.signal.then !== 'answer' ? found : this.#firstIn(this.#return, it)
  }
  #firstIn(questions: readonly Question[], it: Transition): Violation | null {
    if (it.packed !== null && this.remembered !== null)
      return this.remembered.firstOfTransition(questions, it, it.packed)
    return firstOf(questions, it.after, eventOf(it))
  }

  /** What is in force, with what it is asked of, in the order in which it is judged. */
  get posed(): readonly { readonly id: string; readonly kind: Claim['kind'] }[] {
    return [
      ...this.#recounts.ids.map(id => ({ id, kind: 'state' as const })),
      ...this.#asked.map(({ id, kind }) => ({ id, kind })),
    ]
  }

  /** Every claim that a state violates, not only the first, each with its first witness. */
  allOfState(m: unknown, bytes: Uint8Array): readonly Violation[] {
    const late = this.isAtRest(bytes) ? this.#quiescent : []
    return [...this.#recounts.all(bytes), ...allOf([...this.#state, ...late], m, noEvent)]
  }

  /** The same of a transition. */
  allOfTransition(m: unknown, event: Event<unknown>): readonly Violation[] {
    return allOf([...this.#step, ...(event.outcome === null ? [] : this.#return)], m, event)
  }

  isAtRest = (bytes: Uint8Array): boolean => this.machine.counters.every(counter => readCell(bytes, counter) === 0)
}

const firstSatisfied = (questions: readonly Question[], m: unknown): Question | undefined =>
  questions.find(question => violationOf(question, m, noEvent) === null)

/** Of each claim the first violation. */
function allOf(questions: readonly Question[], m: unknown, event: Event<unknown>): readonly Violation[] {
  const found = new Map<string, Violation>()
  for (const question of questions) {
    const { id } = question.claim
    const violation = found.has(id) ? null : violationOf(question, m, event)
    if (violation !== null) found.set(id, violation)
  }
  return [...found.values()]
}

/** What the operation that a command moves was called with: once under way, that is in the cells of its CPU. */
export function argumentsOf(machine: Machine, before: Uint8Array, command: Command): Event<unknown>['arguments'] {
  if (command.kind !== 'resume') return command.args
  const counter = machine.counters[command.cpu]
  const { fields, operation } = machine.stepOwner[readCell(before, counter)]
  const values = fields.slice(0, Object.keys(operation.args).length).map(({ name, cell }) => {
    return [name, cell.domain.values[readCell(before, { ...cell, at: cell.at + counter.at })]] as const
  })
  return { ...Object.fromEntries(values), cpu: command.cpu }
}
