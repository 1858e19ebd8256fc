// What the scripts of a counterexample's page read: the claim with its trace as the run has it, which is there to be read
// without them too, and, each text once, what else could have been called at each step. Of everything that is the same in
// every step there is one copy, so that a long trace stays a small page.

import type { Alternatives, ClaimResult, Status, Trace, TraceStep } from '../result.js'

/** The element `claim`: as in the run, without what is told apart in the other one. */
export type ClaimData = ClaimResult

/** The element `data`. */
export interface PageData {
  readonly texts: readonly string[]
  /** For each state: what could be called there, each as the numbers of its four texts; and how many more. */
  readonly others: readonly { readonly shown: readonly (readonly number[])[]; readonly left: number }[]
  readonly statuses: readonly Status[]
  /**
   * States in the Informal Trace Format: the file's head, the first state, and what changes in each state. Null where they
   * are short enough to stand in the page as they are, as the element `itf-whole`.
   */
  readonly itf: { readonly head: unknown; readonly states: readonly unknown[] } | null
}

type Told = ClaimResult & { readonly trace: Trace }

/** More of them would make a long trace a large page. */
const mostLetters = 60_000
/** The file of ITF as a value, where it is short enough to stand in the page. */
export const wholeItf = (itf: string): unknown => (itf.length > mostLetters ? null : JSON.parse(itf))

export const claimData = ({ trace, ...claim }: Told): ClaimData => ({ ...claim, trace: bare(trace) })

export function dataOf({ trace }: Told, itf: string): PageData {
  const numbers = new Map<string, number>()
  const numberOf = (text: string): number => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
  const others = alternativesOf(trace).map(({ shown, left }) => ({
    shown: shown.map(({ is = 'possible', command, outcome, because = '' }) =>
      [is, command, outcome, because].map(numberOf),
    ),
    left,
  }))
  return {
    texts: [...numbers.keys()],
    others,
    statuses: trace.statuses ?? [],
    itf: wholeItf(itf) === null ? changesOf(itf) : null,
  }
}

/** What could be called in the first state, and behind each step. */
export function alternativesOf({ steps, next }: Trace): readonly Alternatives[] {
  const nothing: Alternatives = { shown: [], left: 0 }
  return [...steps.map(({ others }) => others ?? nothing), next ?? nothing]
}

const bare = ({ token, initial, steps }: Trace): Trace => ({ token, initial, steps: steps.map(bareStep) })
const bareStep = ({ others: _, says: __, ...step }: TraceStep): TraceStep => step

/** A state of ITF names everything each time: only the first one is kept, of the others what differs. */
function changesOf(itf: string): PageData['itf'] {
  const { states, ...head }: { states: unknown[] } = JSON.parse(itf)
  return { head, states: states.map((state, i) => (i === 0 ? state : changes(states[i - 1], state))) }
}

/** What makes one value of another: `{ "=": value }` in its place, or an object of what changes under a name or a number. */
function changes(from: unknown, to: unknown): unknown {
  const [before, after] = [named(from), named(to)]
  const isAlike =
    before !== null &&
    after !== null &&
    Array.isArray(from) === Array.isArray(to) &&
    Object.keys(before).join() === Object.keys(after).join()
  if (!isAlike) return { '=': to }
  const changed = Object.keys(after).filter(key => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  return Object.fromEntries(changed.map(key => [key, changes(before[key], after[key])]))
}
/** A list or an object by its names; a value that looks like a change is none of these. */
function named(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !('=' in value) ? (value as Record<string, unknown>) : null
}
