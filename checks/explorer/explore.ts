// Breadth-first search of a machine: every reachable state once, shortest counterexamples, one order. Ranks are given
// in the order of (parent's rank, ordinal of the transition), so that the same scope gives the same bytes anywhere.
// A generator: it yields now and then, so that its driver can show progress, take an interruption, and stop it.

import { type Decision, type Machine, ModelError, violated } from '../../model/kit/index.js'
import { audit } from './audit.js'
import { type Covered, coverageOf } from './coverage.js'
import { initialState } from './initial.js'
import type { Violation } from './judge.js'
import { type EngineName, Search } from './search.js'
import { MemoryLimit, type Visited } from './visited.js'

export { type EngineName, engineOf, engines } from './search.js'

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
  /** Told of each state when it is found. */
  readonly found?: (state: Uint8Array) => void
}
export const usual: Options = { engine: 'packed', limits: noLimits, claims: null, audit: true }

/** Which states were found at which depth, and what stopped the search. */
interface Course {
  readonly levels: number[]
  /** The first rank that was not expanded, and the first of the level behind the one under way. */
  rank: number
  levelEnd: number
  depth: number
  cut: Cut | null
}

/**
 * Explores a machine. Yields progress now and then; the driver answers with what should cut the search short, or null
 * to go on.
 */
export function* exploration(
  machine: Machine,
  options: Options,
): Generator<Progress, Exploration, Cut | null | undefined> {
  const hits = machine.open()
  const search = new Search(machine, options)
  const course: Course = { levels: [1], rank: 0, levelEnd: 1, depth: 0, cut: null }
  search.begin(initialState(machine))
  try {
    while (course.rank < search.visited.states && search.violation === null) {
      course.cut = limitAt(course, search, options.limits)
      if (course.cut !== null) break
      expand(search, course.rank++)
      if (course.rank % statesBetweenLooks > 0) continue
      course.cut = (yield progressOf(course, search)) ?? null
      if (course.cut !== null) break
    }
  } catch (error) {
    if (!(error instanceof MemoryLimit)) throw error
    course.cut = 'memory'
  }
  if (search.violation !== null && machine.interleaved) lookForShorterDeadlock(course, search)
  if (search.violation === null && course.cut === null) search.lookForLivelock()
  return resultOf(machine, options, search, course, hits)
}

const statesBetweenLooks = 256

/** The model broke a rule of its own language where a state was expanded; `path` leads to that state. */
export class BrokenModel extends ModelError {
  constructor(
    cause: ModelError,
    readonly path: readonly number[],
  ) {
    super(cause.message, { cause })
  }
}

function expand(search: Search, rank: number): void {
  try {
    search.expand(rank)
  } catch (error) {
    throw error instanceof ModelError ? new BrokenModel(error, pathTo(search.visited, rank, null)) : error
  }
}

/** A model that broke a rule of its own language, as what a search found: the way to where it did, where that is known. */
export const brokenAt = (error: ModelError): Found => ({
  claim: modelError,
  witness: violated(error.message),
  path: error instanceof BrokenModel ? error.path : [],
})
/** The claim that is violated when the model breaks a rule of its own language. */
export const modelError = 'model-error'

/** Opens the next level where one ends; answers the limit that the search has reached, if it has. */
function limitAt(course: Course, { visited }: Search, limits: Limits): Cut | null {
  if (visited.states > limits.states) return 'states'
  if (course.rank < course.levelEnd) return null
  if (course.depth + 1 >= limits.depth) return 'depth'
  course.depth++
  course.levels.push(visited.states - course.levelEnd)
  course.levelEnd = visited.states
  return null
}

/** A violation that was met one level below may be longer than a deadlock in what is left of this level. */
function lookForShorterDeadlock({ rank, levelEnd, depth }: Course, search: Search): void {
  const { violation, visited } = search
  if (violation === null || pathTo(visited, violation.rank, violation.last).length <= depth) return
  for (let left = rank; left < levelEnd; left++) if (search.deadlockAt(left)) return
}

const progressOf = ({ rank, depth }: Course, { visited, transitions }: Search): Progress => ({
  states: visited.states,
  transitions,
  depth,
  queue: visited.states - rank,
  bytes: visited.bytes,
})

function resultOf(
  machine: Machine,
  options: Options,
  search: Search,
  course: Course,
  hits: ReadonlyMap<Decision, Uint8Array>,
): Exploration {
  const { visited, violation } = search
  const { cut, levels, levelEnd } = course
  if (cut !== null && visited.states > levelEnd) levels.push(visited.states - levelEnd)
  // Before the audit, which runs the same recipes and marks the same tables again.
  const coverage = coverageOf(machine, search.outcomes, search.engine.reached, hits)
  const found = foundBy(search, cut)
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
    audited: options.audit && options.engine !== 'immer' ? audit(machine, visited, search.keys, course.rank) : 0,
    bytes: visited.bytes,
  }
}

/** The violation with its path; or, of a space that was exhausted, what should sometimes have been and never was. */
function foundBy({ violation, visited, judge }: Search, cut: Cut | null): Found | null {
  if (violation !== null) return { ...violation.found, path: pathTo(visited, violation.rank, violation.last) }
  if (cut !== null || judge.missing.length === 0) return null
  return { claim: judge.missing[0], witness: violated('no reachable state satisfies it'), path: [] }
}

/** Ordinals from the first state to a rank, and one more where the last transition itself is the violation. */
function pathTo(visited: Visited, rank: number, last: number | null): number[] {
  const path = last === null ? [] : [last]
  for (let at = rank; at > 0; at = visited.parent(at)) path.push(visited.ordinal(at))
  return path.reverse()
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
