// All that can come of a state at rest where each CPU takes up one command at most: every interleaving of their steps, and
// of what hardware does. On a machine that runs whole operations the same search gives the orders that they can have.
// Breadth-first, so that what is found first is found by a shortest way.

import { type Answer, type Command, type Machine, ModelError, PackedEngine, readCell } from '../../model/kit/index.js'
import { type Keys, keysOf } from '../explorer/keys.js'
import type { Taken } from '../explorer/trace.js'
import { hash, Visited } from '../explorer/visited.js'
import { type Tags, ticketsOf } from './tags.js'

/** One machine, and what can be used again from start to start. */
export class Side {
  readonly engine: PackedEngine
  readonly keys: Keys
  readonly #tickets: ReadonlyMap<number, number>

  constructor(
    readonly machine: Machine,
    readonly tags: Tags,
  ) {
    this.engine = new PackedEngine(machine)
    this.keys = keysOf(machine)
    this.#tickets = new Map(ticketsOf(machine).map((command, ticket) => [command.index, ticket]))
  }
  /** The ticket of a command, or of the one that it goes on with. */
  ticket(command: Command, tags: number): number {
    return this.#tickets.get(command.index) ?? this.tags.of(tags, command.cpu)?.ticket ?? 0
  }
}

/** Told of each new state in which nothing is between two steps: what the CPUs have come to, the state, and its rank. */
export type AtRest = (tags: number, state: Uint8Array, rank: number) => void

export class Course {
  readonly visited: Visited
  transitions = 0
  /** The key of a state, and in the last word what the CPUs have come to. */
  readonly #key: Int32Array
  readonly #state: Uint8Array
  readonly #pausing: boolean
  #tags = 0
  #rank = 0

  constructor(
    readonly side: Side,
    start: Uint8Array,
    mostBytes: number,
  ) {
    const { machine, keys } = side
    this.visited = new Visited(keys.words + 1, mostBytes)
    this.#key = new Int32Array(keys.words + 1)
    this.#state = new Uint8Array(machine.bytes)
    this.#state.set(start.subarray(0, machine.layout.bytes))
    this.#pausing = machine.setting.granularity === 'attempts'
    this.#add(this.#state, 0, -1, 0)
  }

  get isDone(): boolean {
    return this.#rank === this.visited.states
  }

  /** Expands one more state. */
  expand(atRest: AtRest): void {
    const { engine, tags } = this.side
    const rank = this.#rank++
    this.#load(rank)
    const before = this.#tags
    // What hardware does once all have answered, it may do as well behind the order that agrees.
    if (this.side.machine.interleaved && !this.#pausing && tags.isOver(before)) return
    let ordinal = 0
    this.#transitions(before, (command, answer, stuck) => {
      const at = ordinal++
      if (stuck) return
      this.transitions++
      const came =
        command.kind === 'rule' ? before : tags.after(before, command.cpu, this.side.ticket(command, before), answer)
      const next = this.#add(engine.bytes, came, rank, at)
      if (next >= 0 && came > 0 && this.#isAtRest(engine.bytes)) atRest(came, engine.bytes, next)
    })
  }

  /** The transitions that lead from the start to a state. */
  pathTo(rank: number): readonly Taken[] {
    const path: Taken[] = []
    for (let at = rank; at > 0; at = this.visited.parent(at)) path.push(this.#taken(at))
    return path.reverse()
  }
  #taken(rank: number): Taken {
    const { engine } = this.side
    this.#load(this.visited.parent(rank))
    const found: Taken[] = []
    let seen = 0
    this.#transitions(this.#tags, command => {
      if (seen++ === this.visited.ordinal(rank)) found.push({ command: command.index, choices: [...engine.taken] })
    })
    if (found.length === 0) throw new ModelError('a transition is not there when it is taken again')
    return found[0]
  }

  /** A CPU that has begun something begins nothing else. */
  #transitions(before: number, visit: (command: Command, answer: Answer | null, stuck: boolean) => void): void {
    const { engine, tags } = this.side
    engine.transitions(
      (command, signal) => visit(command, signal.then === 'answer' ? signal : null, signal.then === 'stuck'),
      command => command.kind !== 'start' || tags.of(before, command.cpu) === null,
    )
  }
  #load(rank: number): void {
    const { keys, engine } = this.side
    const at = rank * (keys.words + 1)
    keys.unpack(this.visited.keys, at, this.#state)
    this.#tags = this.visited.keys[at + keys.words]
    engine.load(this.#state)
  }
  #add(state: Uint8Array, tags: number, parent: number, ordinal: number): number {
    const { words, pack } = this.side.keys
    pack(state, this.#key, 0)
    this.#key[words] = tags
    return this.visited.add(this.#key, 0, hash(this.#key, 0, words + 1), parent, ordinal)
  }
  /** Between two attempts an operation holds nothing either. */
  #isAtRest(state: Uint8Array): boolean {
    return this.#pausing || this.side.machine.counters.every(counter => readCell(state, counter) === 0)
  }
}
