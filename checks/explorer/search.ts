// One search under way. A state is expanded by visiting all its transitions on an engine; its successors wait until all
// are known and then go into the visited set in one pass. Claims judge new states and, where they relate two,
// transitions; the first violation in the order of ranks ends the search.

import { type Engine, ImmerEngine, type Machine, ModelError, PackedEngine, readCell } from '../../model/kit/index.js'
import { Outcomes } from './coverage.js'
import { deadlockAt, isBusyMove, livelockAt, Ways } from './ends.js'
import { argumentsOf, Judge, type Violation } from './judge.js'
import { type Keys, keysOf } from './keys.js'
import type { Packed } from './questions.js'
import { Remembered } from './remembered.js'
import { transitionViolation } from './verdict.js'
import { hash, Visited } from './visited.js'

export const engines = ['packed', 'immer'] as const
export type EngineName = (typeof engines)[number]

export const engineOf = (machine: Machine, name: EngineName): Engine =>
  name === 'packed' ? new PackedEngine(machine) : new ImmerEngine(machine)

/** A violation and where it was met: in a state, or in the transition `last` of it. */
export interface Violated {
  readonly found: Violation
  readonly rank: number
  readonly last: number | null
}

interface Options {
  readonly engine: EngineName
  readonly claims: ReadonlySet<string> | null
  readonly limits: { readonly bytes: number }
  readonly found?: (state: Uint8Array) => void
}

/** Successors of one state wait here until all are known: probing the set in one go hides half of its cache misses. */
interface Batch {
  keys: Int32Array
  hashes: Int32Array
  /** Whether the successor comes of an operation that is under way. */
  onward: Uint8Array
  count: number
}
const batchOf = (count: number, words: number): Batch => ({
  keys: new Int32Array(count * words),
  hashes: new Int32Array(count),
  onward: new Uint8Array(count),
  count: 0,
})

function growBatch(batch: Batch, words: number): void {
  const count = batch.hashes.length * 2
  if (count > 65_536) throw new ModelError('a state has more than 65,536 transitions: narrow the arguments')
  const larger = batchOf(count, words)
  larger.keys.set(batch.keys)
  larger.hashes.set(batch.hashes)
  larger.onward.set(batch.onward)
  Object.assign(batch, { ...larger, count: batch.count })
}

/** A search under way: the states found so far, and what happens when one more is expanded. */
export class Search {
  readonly engine: Engine
  readonly keys: Keys
  readonly visited: Visited
  /** What follows where nothing new is begun; kept where operations of several CPUs interleave. */
  readonly ways: Ways | null
  readonly judge: Judge
  readonly outcomes: Outcomes
  readonly #batch: Batch
  readonly #state: Uint8Array
  readonly #view: Engine
  readonly #packed: Packed
  readonly #parentKey: Int32Array
  #transitions = 0
  #unchanged = 0
  /** The state that is being expanded, and how many moves of operations under way it has. */
  #rank = 0
  #busyMoves = 0
  /** Keeps the loads that only warm the cache from being optimised away. */
  #warmth = 0
  violation: Violated | null = null

  constructor(
    readonly machine: Machine,
    readonly options: Options,
  ) {
    this.engine = engineOf(machine, options.engine)
    this.keys = keysOf(machine)
    this.visited = new Visited(this.keys.words, options.limits.bytes, machine.interleaved)
    this.ways = machine.interleaved ? new Ways(this.visited) : null
    this.judge = new Judge(machine, options.claims, options.engine === 'packed' ? new Remembered(machine) : null)
    this.outcomes = new Outcomes(machine)
    this.#batch = batchOf(256, this.keys.words)
    this.#state = new Uint8Array(machine.bytes)
    this.#view = engineOf(machine, options.engine)
    this.#packed = { before: this.#state, after: this.engine.bytes }
    this.#parentKey = new Int32Array(this.keys.words)
  }
  get transitions(): number {
    return this.#transitions
  }
  get unchanged(): number {
    return this.#unchanged
  }

  begin(first: Uint8Array): void {
    this.keys.pack(first, this.#batch.keys, 0)
    this.visited.add(this.#batch.keys, 0, hash(this.#batch.keys, 0, this.keys.words), -1, 0)
    this.#view.load(first)
    this.#judgeState(0)
  }

  /** Expands one state: all its transitions, then all new successors. */
  expand(rank: number): void {
    const { keys, visited } = this
    this.#parentKey.set(visited.keys.subarray(rank * keys.words, (rank + 1) * keys.words))
    keys.unpack(this.#parentKey, 0, this.#state)
    this.engine.load(this.#state)
    this.#batch.count = 0
    this.#rank = rank
    this.#busyMoves = 0
    this.engine.transitions(this.#visit)
    if (this.violation === null && this.machine.interleaved && this.#busyMoves === 0) this.deadlockAt(rank)
    this.#settle(rank)
  }

  /**
   * Looks only whether a state is a deadlock. A violated claim is seen when its state is found, a deadlock when its state
   * is expanded: what is left of the level may hold one that is a step shorter.
   */
  deadlockAt(rank: number): boolean {
    const { keys, visited } = this
    keys.unpack(visited.keys, rank * keys.words, this.#state)
    this.#endsWith(deadlockAt(this.machine, this.#state, this.engine), rank)
    return this.violation?.rank === rank
  }

  /** Of a space that was exhausted: looks for a state from which what is under way comes to no end. */
  lookForLivelock(): void {
    const { keys, visited } = this
    const rank = this.ways?.firstWithoutEnd() ?? null
    if (rank === null) return
    keys.unpack(visited.keys, rank * keys.words, this.#state)
    this.#endsWith(livelockAt(this.machine, this.#state, this.engine), rank)
  }

  readonly #visit: Parameters<Engine['transitions']>[0] = (command, signal) => {
    const { keys, engine } = this
    const words = keys.words
    const batch = this.#batch
    const at = batch.count * words
    if (batch.count === batch.hashes.length) growBatch(batch, words)
    keys.pack(engine.bytes, batch.keys, at)
    batch.hashes[batch.count] = hash(batch.keys, at, words)
    const ordinal = batch.count++
    const owner = command.operation ?? this.#owner(command.cpu)
    if (signal.then === 'answer' && owner !== null) this.outcomes.count(owner.index, signal)
    const same = this.#same(batch.keys, at)
    const onward = !same && isBusyMove(command)
    batch.onward[batch.count - 1] = onward ? 1 : 0
    if (onward) this.#busyMoves++
    if (same) this.#unchanged++
    else this.#transitions++
    if (this.violation !== null) return
    const found = transitionViolation(this.machine, this.judge, {
      operation: owner?.operation.name ?? command.name,
      signal,
      changed: !same,
      arguments: () => argumentsOf(this.machine, this.#state, command),
      before: engine.before,
      after: engine.m,
      packed: this.#packed,
    })
    if (found !== null) this.violation = { found, rank: this.#rank, last: ordinal }
  }
  #owner(cpu: number) {
    const counter = cpu < 0 ? undefined : this.machine.counters[cpu]
    if (counter === undefined) return null
    const at = this.#state[counter.at] | (counter.bytes === 2 ? this.#state[counter.at + 1] << 8 : 0)
    return at === 0 ? null : this.machine.stepOwner[at]
  }
  #same(key: Int32Array, at: number): boolean {
    for (let i = 0; i < this.keys.words; i++) if (key[at + i] !== this.#parentKey[i]) return false
    return true
  }

  #endsWith(found: Violation | null, rank: number): void {
    if (found !== null) this.violation = { found, rank, last: null }
  }

  #settle(rank: number): void {
    const { keys, visited } = this
    const { keys: buffer, hashes, onward, count } = this.#batch
    const ways = this.#waysOf()
    for (let i = 0; i < count; i++) this.#warmth ^= visited.touch(hashes[i])
    for (let i = 0; i < count; i++) {
      const found = visited.add(buffer, i * keys.words, hashes[i], rank, i)
      if (onward[i] === 1) ways?.add(found < 0 ? ~found : found)
      if (found < 0) continue
      if (this.violation !== null && (this.violation.last === null || i > this.violation.last)) continue
      keys.unpack(buffer, i * keys.words, this.#view.bytes)
      if (this.options.engine === 'immer') this.#view.load(this.#view.bytes.slice())
      const before = this.violation
      this.violation = null
      this.#judgeState(found)
      this.violation ??= before
    }
  }
  /** Where the ways of the state that is expanded go, unless it is at rest. */
  #waysOf(): Ways | null {
    this.ways?.begin()
    return this.machine.counters.some(counter => readCell(this.#state, counter) !== 0) ? this.ways : null
  }
  #judgeState(rank: number): void {
    this.options.found?.(this.#view.bytes)
    this.#endsWith(this.judge.state(this.#view.m, this.#view.bytes), rank)
  }
}
