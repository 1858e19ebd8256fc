// Whether what is under way can come to its end: from every state the operations that have begun, and the interrupts that
// they may wait for, must be able to reach a state at rest without another one being begun. A search for deadlocks misses
// those that move for ever. Rule: spec/concurrency.md#ends.
//
// A search keeps the moves of operations under way, and no others: four bytes for each and four for each state, beside
// some fifty that a state takes anyway, and in the end all is there to go through backwards. To expand the states again
// instead would take as long as the search did.

import { type Command, type Engine, type Machine, readCell } from '../../model/kit/index.js'
import type { Violation } from './judge.js'
import { deadlock, livelock } from './verdict.js'
import type { Visited } from './visited.js'

/** Moves that get an operation under way on: its own steps, and interrupts it may wait for. */
export const isBusyMove = ({ kind, rule }: Command): boolean => kind === 'resume' || rule?.interrupt === true

/** The operations that are under way in a state, as `munmap on cpu 0`. */
export const underWayIn = ({ counters, stepOwner }: Machine, state: Uint8Array): readonly string[] =>
  counters.flatMap((counter, cpu) => {
    const at = readCell(state, counter)
    return at === 0 ? [] : [`${stepOwner[at].operation.name} on cpu ${cpu}`]
  })

/** Where each state leads when nothing new is begun. States at rest lead nowhere, and they alone: others would be deadlocks. */
export class Ways {
  #first = new Uint32Array(1024)
  #to = new Uint32Array(1024)
  #states = 0
  #count = 0

  constructor(readonly visited: Visited) {}

  /** Begins the ways of the next state. */
  begin(): void {
    if (this.#states + 1 === this.#first.length) this.#first = this.visited.grown(this.#first)
    this.#states++
    this.#first[this.#states] = this.#count
  }
  add(rank: number): void {
    if (this.#count === this.#to.length) this.#to = this.visited.grown(this.#to)
    this.#to[this.#count++] = rank
    this.#first[this.#states] = this.#count
  }

  /** The first state that leads to none at rest, or null. */
  firstWithoutEnd(): number | null {
    const ends = new Uint8Array(this.#states)
    const leads = (rank: number): boolean => {
      const [from, to] = [this.#first[rank], this.#first[rank + 1]]
      if (from === to) return true
      for (let way = from; way < to; way++) if (ends[this.#to[way]] === 1) return true
      return false
    }
    // What follows was mostly found later, so nearly all is known after going backwards once.
    for (let more = true, backwards = true; more; backwards = !backwards) {
      more = false
      for (let i = 0; i < this.#states; i++) {
        const rank = backwards ? this.#states - 1 - i : i
        if (ends[rank] === 1 || !leads(rank)) continue
        ends[rank] = 1
        more = true
      }
    }
    const first = ends.indexOf(0)
    return first < 0 ? null : first
  }
}

/** An operation is under way, and neither it nor another nor an interrupt can move. */
export function deadlockAt(machine: Machine, state: Uint8Array, engine: Engine): Violation | null {
  const under = underWayIn(machine, state)
  if (under.length === 0 || onwardFrom(engine, state).length > 0) return null
  return deadlock(`${under.join(' and ')}: none can move`)
}

/** Operations are under way, and whatever moves, they do not come to their end. */
export function livelockAt(machine: Machine, state: Uint8Array, engine: Engine): Violation | null {
  const known = new Set([textOf(state)])
  const queue: Uint8Array[] = [state.slice()]
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (underWayIn(machine, at).length === 0) return null
    for (const next of onwardFrom(engine, at)) {
      if (known.has(textOf(next))) continue
      known.add(textOf(next))
      queue.push(next)
    }
  }
  const under = underWayIn(machine, state)
  return livelock(`${under.join(' and ')}: at its end in none of the ${known.size} states that can follow`)
}

/** Where operations under way can move to while nothing new is begun. */
function onwardFrom(engine: Engine, state: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = []
  engine.load(state)
  engine.transitions(command => {
    if (isBusyMove(command) && textOf(engine.bytes) !== textOf(state)) found.push(engine.bytes.slice())
  })
  return found
}
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
