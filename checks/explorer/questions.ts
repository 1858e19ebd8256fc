// What a claim asks: of one place, in a state or of a transition. Which claims are asked depends on how far others may
// come in between; the first that is violated, in the order of the declaration, is what a search tells.

import {
  type Claim,
  domainOf,
  type Event,
  type Leaves,
  type Machine,
  type Signal,
  size,
  type Witness,
} from '../../model/kit/index.js'

export interface Violation {
  readonly claim: string
  readonly witness: Witness
}

type Place = Readonly<Record<string, unknown>>

/** A claim about one place. */
export interface Question {
  readonly claim: Claim
  readonly at: Place
}

/** A transition as it is judged. */
export interface Transition {
  readonly operation: string
  readonly signal: Signal
  readonly changed: boolean
  /** What the operation was called with; asked for only where a claim wants to know. */
  arguments(): Event<unknown>['arguments']
  readonly before: unknown
  readonly after: unknown
  /** Both states as bytes, where what claims answer may be remembered. */
  readonly packed: Packed | null
}
export interface Packed {
  readonly before: Uint8Array
  readonly after: Uint8Array
}

/** Every combination of members, or other values, that a claim is about. */
function placesOf(over: Leaves, machine: Machine): readonly Place[] {
  let rows: Record<string, unknown>[] = [{}]
  for (const [name, leaf] of Object.entries(over)) {
    const { values } = domainOf(leaf.leaf, machine.setting.bounds, () => 0)
    rows = rows.flatMap(row => values.map(value => ({ ...row, [name]: value })))
  }
  return rows
}

/**
 * Where others run in between, an answer says little of the state; a step is one only where each is a transition, and so
 * not where whole operations of several CPUs are.
 */
export function isJudged({ kind, interleaved }: Claim, { setting, interleaved: between }: Machine): boolean {
  const ofSteps = kind === 'step' && interleaved
  if (!between) return !ofSteps || size(setting.bounds, 'cpu') === 0
  return interleaved && (!ofSteps || setting.granularity !== 'blocked')
}

/** A claim at each of its places. */
export const questionsOf = (claim: Claim, machine: Machine): readonly Question[] =>
  placesOf(claim.over, machine).map(at => ({ claim, at }))

/** There is no transition: a state is judged. */
export const noEvent: Event<unknown> = { before: null, operation: '', arguments: {}, outcome: null }

export const outcomeOf = (signal: Signal): Event<unknown>['outcome'] =>
  signal.then === 'answer' ? signal.outcome : null

export const eventOf = (it: Transition): Event<unknown> => ({
  before: it.before,
  operation: it.operation,
  arguments: it.arguments(),
  outcome: outcomeOf(it.signal),
})

export function violationOf({ claim, at }: Question, m: unknown, event: Event<unknown>): Violation | null {
  const held = claim.holds(m, at, event)
  return held === true ? null : { claim: claim.id, witness: held }
}

export function firstOf(questions: readonly Question[], m: unknown, event: Event<unknown>): Violation | null {
  for (const question of questions) {
    const found = violationOf(question, m, event)
    if (found !== null) return found
  }
  return null
}
