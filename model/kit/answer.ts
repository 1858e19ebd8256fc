// What a step returns: where the operation goes on, that it waits, or what it answers. Answers are interned, so that a
// checker compares and counts them by identity.

import type { Errno, Fault } from '../../spec/interface.js'

/** The CPU is waiting: the step is tried again later. */
export interface Block {
  readonly then: 'block'
}
/** The command cannot be issued in this state; it has no outcome. Only a first step answers this. */
export interface Disabled {
  readonly then: 'disabled'
}
export interface Go<S extends string> {
  readonly then: 'go'
  readonly step: S
}
/** Goes on with the unwinding step; the operation will answer `answer`. */
export interface Leave<S extends string> {
  readonly then: 'leave'
  readonly step: S
  readonly answer: Answer
}
/** The operation ends here and answers. */
export interface Answer {
  readonly then: 'answer'
  readonly outcome: Result
  /** Numbers all answers, in the order of their first use. */
  readonly serial: number
}
/** What an operation answers. `refused` means that the state is as it was; `failed` leaves a residue. */
export type Result =
  | { readonly is: 'ok'; readonly value: number | null }
  | { readonly is: 'refused'; readonly errno: Errno }
  | { readonly is: 'failed'; readonly errno: Errno }
  | { readonly is: 'faulted'; readonly fault: Fault }
  | { readonly is: 'killed' }

/** Nothing returned means: the next step, and after the last one, ok. */
export type Then<S extends string> = undefined | Block | Disabled | Go<S> | Leave<S> | Answer

const interned = new Map<string, Answer>()
function answer(outcome: Result): Answer {
  const key = labelOf(outcome, true)
  let known = interned.get(key)
  if (known === undefined) {
    known = Object.freeze({ then: 'answer', outcome: Object.freeze(outcome), serial: interned.size })
    interned.set(key, known)
  }
  return known
}
/** All answers made so far, by their serial number. */
export const answers = (): readonly Answer[] => [...interned.values()]

/** `ok`, `refused ENOMEM`, `faulted SIGSEGV MAPERR`; with the value, `ok 3`. */
export function labelOf(outcome: Result, withValue = false): string {
  switch (outcome.is) {
    case 'ok':
      return withValue && outcome.value !== null ? `ok ${outcome.value}` : 'ok'
    case 'refused':
    case 'failed':
      return `${outcome.is} ${outcome.errno}`
    case 'faulted':
      return `faulted ${outcome.fault}`
    case 'killed':
      return 'killed'
  }
}

export const block: Block = Object.freeze({ then: 'block' })
export const disabled: Disabled = Object.freeze({ then: 'disabled' })
const plainOk = answer({ is: 'ok', value: null })
const valued: Answer[] = []
/** Ends the operation with success, and with what it gives back. */
export function done(value?: number): Answer {
  if (value === undefined) return plainOk
  valued[value] ??= answer({ is: 'ok', value })
  return valued[value]
}
const refusals = new Map<Errno, Answer>()
/** Refuses: the state is as it was before the command. */
export function refuse(errno: Errno): Answer {
  let known = refusals.get(errno)
  if (known === undefined) {
    known = answer({ is: 'refused', errno })
    refusals.set(errno, known)
  }
  return known
}
/** Fails for an internal reason and leaves what the operation's rule lists. */
export const fail = (errno: Errno): Answer => answer({ is: 'failed', errno })
const segv = new Map<Fault, Answer>()
/** The access faults for good: the process would get this signal. */
export function fault(what: Fault): Answer {
  let known = segv.get(what)
  if (known === undefined) {
    known = answer({ is: 'faulted', fault: what })
    segv.set(what, known)
  }
  return known
}
export const killed: Answer = answer({ is: 'killed' })

const gos = new Map<string, Go<string>>()
/** Goes on with another step of the operation. */
export function go<const S extends string>(step: S): Go<S> {
  let known = gos.get(step)
  if (known === undefined) {
    known = Object.freeze({ then: 'go', step })
    gos.set(step, known)
  }
  return known as Go<S>
}
/** Unwinds from the named step on, and answers `with` at the end. */
export const leave = <const S extends string>(step: S, answer: Answer): Leave<S> => ({ then: 'leave', step, answer })
