// Goes its way through the model one transition at a time, each judged as the search judges it. Whoever tries many ways
// (shrinking, random walks) uses it: it keeps no differences and no texts, and it takes what is nearest to a wish where
// the wish itself is not to be had any more.

import { type Command, type Machine, PackedEngine, readCell, type Signal } from '../../model/kit/index.js'
import { initialState } from './initial.js'
import { argumentsOf, Judge, type Violation } from './judge.js'
import type { Taken } from './trace.js'
import { deadlock, transitionViolation } from './verdict.js'

/** What became of a wish. */
export interface Went {
  readonly taken: Taken
  readonly changed: boolean
  readonly violation: Violation | null
}

export class Course {
  readonly #engine: PackedEngine
  readonly #first: Uint8Array
  readonly #state: Uint8Array

  constructor(
    readonly machine: Machine,
    readonly judge: Judge = new Judge(machine, null),
  ) {
    machine.open()
    this.#engine = new PackedEngine(machine)
    this.#first = initialState(machine)
    this.#state = this.#first.slice()
  }

  /** The state that the way has come to. */
  get state(): Uint8Array {
    return this.#state
  }

  /** Back to the first state, and what is wrong with it. Puts the machine's decisions in force: others may have run. */
  begin(): Violation | null {
    this.machine.open()
    return this.stand(this.#first)
  }

  /** Stands in a state that is known to be reachable. */
  stand(state: Uint8Array): Violation | null {
    this.#state.set(state)
    this.#engine.load(state)
    return this.judge.state(this.#engine.m, this.#engine.bytes)
  }

  /**
   * Takes a command, with the choices that agree longest with the wanted ones. Null where it cannot be taken: the way
   * then stays where it is.
   */
  take(wish: Taken): Went | null {
    let best: (Went & { readonly after: Uint8Array; readonly agree: number }) | null = null
    this.#engine.load(this.#state)
    this.#engine.transitions(
      (command, signal) => {
        const choices = [...this.#engine.taken]
        const agree = agreement(choices, wish.choices)
        if (best !== null && best.agree >= agree) return
        const after = this.#engine.bytes.slice()
        const changed = !equal(after, this.#state)
        const violation = this.#judged(command, signal, changed)
        best = { taken: { command: command.index, choices }, changed, violation, after, agree }
      },
      command => command.index === wish.command,
    )
    if (best === null) return null
    const { after, ...went } = best as Went & { readonly after: Uint8Array }
    this.#state.set(after)
    return went
  }

  #judged(command: Command, signal: Signal, changed: boolean): Violation | null {
    const { machine, judge } = this
    const engine = this.#engine
    const state = judge.state(engine.m, engine.bytes)
    if (state !== null) return state
    return transitionViolation(machine, judge, {
      operation: operationOf(machine, this.#state, command),
      signal,
      changed,
      arguments: () => argumentsOf(machine, this.#state, command),
      before: engine.before,
      after: engine.m,
      packed: null,
    })
  }

  /** An operation is under way, and nothing that could get it on changes anything. */
  deadlock(): Violation | null {
    const { machine } = this
    if (!machine.interleaved || machine.counters.every(counter => readCell(this.#state, counter) === 0)) return null
    let moves = 0
    this.#engine.load(this.#state)
    this.#engine.transitions(
      () => {
        if (!equal(this.#engine.bytes, this.#state)) moves++
      },
      ({ kind, rule }) => kind === 'resume' || rule?.interrupt === true,
    )
    return moves > 0 ? null : deadlock('operations are under way, and none can move')
  }
}

/** Which operation a command moves. */
function operationOf(machine: Machine, state: Uint8Array, { kind, name, cpu }: Command): string {
  if (kind !== 'resume') return name
  const at = readCell(state, machine.counters[cpu])
  return at === 0 ? name : machine.stepOwner[at].operation.name
}

const agreement = (one: readonly number[], other: readonly number[]): number => {
  const parts = one.findIndex((code, i) => code !== other[i])
  return parts < 0 ? one.length : parts
}

const equal = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
