// Breadth-first search of a machine: every reachable state once, shortest counterexamples, one order. Ranks are given
// in the order of (parent's rank, ordinal of the transition), so that the same scope gives the same bytes anywhere.
// A generator: it yields now and then, so that its driver can show progress, take an interruption, and stop it.

import {
  type Engine,
  ImmerEngine,
  labelOf,
  type Machine,
  ModelError,
  PackedEngine,
  type Signal,
  stuck,
  violated,
} from '../../model/kit/index.js'
import { audit } from './audit.js'
import { type Covered, coverageOf, Outcomes } from './coverage.js'
import { initialState } from './initial.js'
import { argumentsOf, Judge, type Violation } from './judge.js'
import { type Keys, keysOf } from './keys.js'
import { hash, MemoryLimit, Visited } from './visited.js'

export const engines = ['packed', 'immer'] as const
export type EngineName = (typeof engines)[number]

export interface Limits {
  readonly states: number
  readonly depth: number
  readonly seconds: number
  readonly bytes: number
}
export const noLimits: Limits = { states: 2 ** 31 - 1, depth: 2 ** 31 - 1, seconds: Infinity, bytes: 2 ** 33 }

/** What cut a search short, or null when the space was exhausted or a violation ended it. */
export type Cut = 'states' | 'depth' | 'time' | 'memory' | 'interrupted'

export interface Found extends Violation {
  /** Ordinals of the transitions from the first state, by which the path is walked again. */
  readonly path: readonly number[]
}

export interface Exploration {
  readonly verdict: 'holds' | 'bounded' | 'violated'
  readonly cut: Cut | null
  readonly states: number
  readonly transitions: number
  readonly unchanged: number
  readonly depth: number
  /** States first found at each depth. */
  readonly levels: readonly number[]
  readonly found: Found | null
  readonly claims: readonly string[]
  readonly coverage: readonly Covered[]
  readonly engine: EngineName
  /** Transitions run a second time on immer, all of which agreed. */
  readonly audited: number
  /** Bytes of the visited set's arrays at the end. */
  readonly bytes: number
}

export interface Progress {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  /** States found and not yet expanded. */
  readonly queue: number
  readonly bytes: number
}

export interface Options {
  readonly engine: EngineName
  readonly limits: Limits
  readonly claims: ReadonlySet<string> | null
  /** Whether a sample of transitions is run again on immer. */
  readonly audit: boolean
}
export const usual: Options = { engine: 'packed', limits: noLimits, claims: null, audit: true }

export const engineOf = (machine: Machine, name: EngineName): Engine =>
  name === 'packed' ? new PackedEngine(machine) : new ImmerEngine(machine)

/** Successors of one state wait here until all are known: probing the set in one go hides half of its cache misses. */
interface Batch {
  keys: Int32Array
  hashes: Int32Array
  count: number
}

function growBatch(batch: Batch, words: number): void {
  const count = batch.hashes.length * 2
  if (count > 65_536) throw new ModelError('a state has more than 65,536 transitions: narrow the arguments')
  const keys = new Int32Array(count * words)
  keys.set(batch.keys)
  const hashes = new Int32Array(count)
  hashes.set(batch.hashes)
  Object.assign(batch, { keys, hashes })
}

class Search {
  readonly engine: Engine
  readonly keys: Keys
  readonly visited: Visited
  readonly judge: Judge
  readonly outcomes: Outcomes
  readonly #batch: Batch
  readonly #state: Uint8Array
  readonly #view: Engine
  #parentKey: Int32Array
  #transitions = 0
  #unchanged = 0
  #sum = 0
  violation: { found: Violation; rank: number; last: number | null } | null = null

  constructor(
    readonly machine: Machine,
    readonly options: Options,
  ) {
    this.engine = engineOf(machine, options.engine)
    this.keys = keysOf(machine)
    this.visited = new Visited(this.keys.words, options.limits.bytes)
    this.judge = new Judge(machine, options.claims)
    this.outcomes = new Outcomes(machine)
    this.#batch = { keys: new Int32Array(256 * this.keys.words), hashes: new Int32Array(256), count: 0 }
    this.#state = new Uint8Array(machine.bytes)
    this.#view = engineOf(machine, options.engine)
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
    if (this.violation === null && this.machine.interleaved && this.#busyMoves === 0) this.#deadlock(rank)
    this.#settle(rank)
  }
  #rank = 0
  #busyMoves = 0

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
    if (!same && (command.kind === 'resume' || command.rule?.interrupt === true)) this.#busyMoves++
    if (same) this.#unchanged++
    else this.#transitions++
    const operation = owner?.operation.name ?? command.name
    if (signal === stuck) this.#fail(ordinal, deadlock(`${operation} waits and nothing can wake it`))
    if (!same && !this.machine.interleaved && refuses(signal)) this.#fail(ordinal, changedThough(operation, signal))
    if (this.violation === null && this.judge.judgesTransitions) {
      const args = argumentsOf(this.machine, this.#state, command)
      const found = this.judge.transition(engine.m, engine.before, args, operation, signal)
      if (found !== null) this.#fail(ordinal, found)
    }
  }
  #owner(cpu: number) {
    const counter = cpu < 0 ? undefined : this.machine.counters[cpu]
    if (counter === undefined) return null
    const at = this.#state[counter.at] | (counter.bytes === 2 ? this.#state[counter.at + 1] << 8 : 0)
    return at === 0 ? null : this.machine.stepOwner[at]
  }
  #fail(ordinal: number, found: Violation): void {
    this.violation ??= { found, rank: this.#rank, last: ordinal }
  }

  #same(key: Int32Array, at: number): boolean {
    for (let i = 0; i < this.keys.words; i++) if (key[at + i] !== this.#parentKey[i]) return false
    return true
  }

  /** An operation is under way, and neither it nor another nor an interrupt can move. */
  #deadlock(rank: number): void {
    const under = this.machine.counters.flatMap((_, cpu) => {
      const owner = this.#owner(cpu)
      return owner === null ? [] : [`${owner.operation.name} on cpu ${cpu}`]
    })
    if (under.length > 0)
      this.violation = { found: deadlock(`${under.join(' and ')}: none can move`), rank, last: null }
  }

  #settle(rank: number): void {
    const { keys, visited } = this
    const { keys: buffer, hashes, count } = this.#batch
    for (let i = 0; i < count; i++) this.#sum ^= visited.touch(hashes[i])
    for (let i = 0; i < count; i++) {
      const found = visited.add(buffer, i * keys.words, hashes[i], rank, i)
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
  #judgeState(rank: number): void {
    const found = this.judge.state(this.#view.m, this.#view.bytes)
    if (found !== null) this.violation = { found, rank, last: null }
  }
}

/** Answers that promise that the state is as it was. */
const refuses = (signal: Signal): boolean =>
  signal.then === 'answer' && (signal.outcome.is === 'refused' || signal.outcome.is === 'faulted')
const changedThough = (operation: string, signal: Signal): Violation => ({
  claim: 'refusal-changes-nothing',
  witness: violated(
    `${operation} answers ${signal.then === 'answer' ? labelOf(signal.outcome) : ''} and has changed the state`,
  ),
})
const deadlock = (says: string): Violation => ({ claim: 'deadlock', witness: violated(says) })

/** Ordinals from the first state to a rank, and one more where the last transition itself is the violation. */
function pathTo(visited: Visited, rank: number, last: number | null): number[] {
  const path = last === null ? [] : [last]
  for (let at = rank; at > 0; at = visited.parent(at)) path.push(visited.ordinal(at))
  return path.reverse()
}

/**
 * Explores a machine. Yields progress every few thousand states; the driver answers with what should cut the search
 * short, or null to go on.
 */
export function* exploration(
  machine: Machine,
  options: Options,
): Generator<Progress, Exploration, Cut | null | undefined> {
  const hits = machine.open()
  const search = new Search(machine, options)
  const { visited } = search
  const levels: number[] = [1]
  let cut: Cut | null = null
  let levelEnd = 1
  let depth = 0
  search.begin(initialState(machine))
  let rank = 0
  try {
    for (; rank < visited.states && search.violation === null; rank++) {
      if (rank === levelEnd) {
        if (depth + 1 >= options.limits.depth) {
          cut = 'depth'
          break
        }
        depth++
        levels.push(visited.states - levelEnd)
        levelEnd = visited.states
      }
      if (visited.states > options.limits.states) {
        cut = 'states'
        break
      }
      search.expand(rank)
      if ((rank & 1023) === 1023) {
        const asked = yield {
          states: visited.states,
          transitions: search.transitions,
          depth,
          queue: visited.states - rank,
          bytes: visited.bytes,
        }
        if (asked !== null && asked !== undefined) {
          cut = asked
          break
        }
      }
    }
  } catch (error) {
    if (!(error instanceof MemoryLimit)) throw error
    cut = 'memory'
  }
  if (visited.states > levelEnd && cut !== null) levels.push(visited.states - levelEnd)
  const coverage = coverageOf(machine, search.outcomes, search.engine.reached, hits)
  const { violation } = search
  const missing = violation === null && cut === null ? search.judge.missing : []
  const found: Found | null =
    violation !== null
      ? { ...violation.found, path: pathTo(visited, violation.rank, violation.last) }
      : missing.length > 0
        ? { claim: missing[0], witness: violated('no reachable state satisfies it'), path: [] }
        : null
  return {
    verdict: found !== null ? 'violated' : cut !== null ? 'bounded' : 'holds',
    cut: found !== null ? null : cut,
    states: visited.states,
    transitions: search.transitions,
    unchanged: search.unchanged,
    depth: violation !== null && found !== null ? found.path.length : levels.length - 1,
    levels,
    found,
    claims: search.judge.claims,
    coverage,
    engine: options.engine,
    audited: options.audit && options.engine !== 'immer' ? audit(machine, visited, search.keys, rank) : 0,
    bytes: visited.bytes,
  }
}

/** Explores to the end, or to a limit, without yielding. */
export function explore(machine: Machine, options: Partial<Options> = {}): Exploration {
  const full = { ...usual, ...options }
  const search = exploration(machine, full)
  const start = process.cpuUsage().user
  for (;;) {
    const seconds = (process.cpuUsage().user - start) / 1e6
    const next = search.next(seconds > full.limits.seconds ? 'time' : null)
    if (next.done === true) return next.value
  }
}
