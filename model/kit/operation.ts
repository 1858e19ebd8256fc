// An operation is data: arguments, locals, and an ordered record of named atomic steps. One step is one recipe over
// the state `m` and the operation's own record `my`. A step decides or acts, never both: one that blocks, refuses or
// leaves has written nothing. Five readers use this data: the explorer at four granularities, mutants (edits.ts), the
// recorder, the spec, and the map from the implementation's interruption points.

import type { Errno, Fault } from '../../spec/interface.js'
import { type Bounds, type Id, type Leaf, type Leaves, type Members, type Of, type SetOf, size } from './schema.js'

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

/** Answers are interned, so that a checker compares and counts them by identity. */
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

type Flat<T> = { [K in keyof T]: T[K] }
/** What a step sees of its own operation: arguments readonly, locals writable, and the CPU it runs on. */
export type My<A extends Leaves, L extends Leaves> = Flat<
  { readonly [K in keyof A]: Of<A[K]> } & { -readonly [K in keyof L]: Of<L[K]> } & { readonly cpu: Id<'cpu'> }
>
/** What a step's ghost recipe may see: the whole state; everything else sees it without `ghost`. */
export type Visible<M> = { [K in keyof M as K extends 'ghost' ? never : K]: M[K] }

interface Recipes<M, T, S extends string> {
  recipe(m: Visible<M>, my: T): Then<S> | void
}
/** A plain step. Typed as a method, so that a list of operations with different arguments has a type. */
export type Recipe<M, T, S extends string> = Recipes<M, T, S>['recipe']
/** What every form of step may say. */
interface Anyhow {
  /** There only where several CPUs are: what the step guards against cannot happen to one alone. */
  readonly concurrent?: boolean
  /** There only where the scope has what the step is about. */
  readonly provided?: (bounds: Bounds) => boolean
}
export interface Plain<M, T, S extends string> extends Anyhow {
  readonly kind: 'plain'
  run(m: Visible<M>, my: T): Then<S> | void
  ghost?(m: M, my: T): void
}
/** One atomic step for each member, in ascending order. */
export interface Each<M, T, S extends string> extends Anyhow {
  readonly kind: 'each'
  readonly set: string
  run(m: Visible<M>, my: T, item: number): Then<S> | void
  where?(my: T, item: number): boolean
  ghost?(m: M, my: T, item: number): void
}
/** One atomic step for each member, in any order. */
export interface Sweep<M, T, S extends string> extends Anyhow {
  readonly kind: 'sweep'
  readonly set: string
  run(m: Visible<M>, my: T, item: number): Then<S> | void
  where?(my: T, item: number): boolean
  ghost?(m: M, my: T, item: number): void
}
/** One atomic step for one value, any that is eligible. */
export interface Choose<M, T, S extends string> extends Anyhow {
  readonly kind: 'choose'
  readonly from: Leaf<unknown>
  eligible(m: Visible<M>, my: T, value: unknown): boolean
  run(m: Visible<M>, my: T, value: unknown): Then<S> | void
  none(m: Visible<M>, my: T): Then<S> | void
  ghost?(m: M, my: T, value: unknown): void
}
export type Step<M, T, S extends string> =
  | Recipe<M, T, S>
  | Plain<M, T, S>
  | Each<M, T, S>
  | Sweep<M, T, S>
  | Choose<M, T, S>

interface Looping<M, T, N extends string> {
  /** Skips members; may look at arguments and locals only. */
  readonly where?: (my: T, item: Id<N>) => boolean
  readonly ghost?: (m: M, my: T, item: Id<N>) => void
}
/** For each member in ascending order, one step. Loops around several steps are written with a local and `go`. */
export const each = <M, T, N extends string, const S extends string = never>(
  over: SetOf<N>,
  run: (m: Visible<M>, my: T, item: Id<N>) => Then<S> | void,
  more: Looping<M, T, N> = {},
): Each<M, T, S> => ({ kind: 'each', set: over.set, run, ...more }) as Each<M, T, S>
/** For each member, in whatever order: the form for sets whose members can be interchanged. */
export const sweep = <M, T, N extends string, const S extends string = never>(
  over: SetOf<N>,
  run: (m: Visible<M>, my: T, item: Id<N>) => Then<S> | void,
  more: Looping<M, T, N> = {},
): Sweep<M, T, S> => ({ kind: 'sweep', set: over.set, run, ...more }) as Sweep<M, T, S>
/**
 * A free choice among the eligible values of a leaf. The explorer takes each one (of members that cannot be told
 * apart, one); `none` says what happens when nothing is eligible, and blocks if it is left out.
 */
export const choose = <M, T, V, const S extends string = never>(
  from: Leaf<V>,
  eligible: (m: Visible<M>, my: T, value: V) => boolean,
  run: (m: Visible<M>, my: T, value: V) => Then<S> | void,
  more: {
    readonly none?: (m: Visible<M>, my: T) => Then<S> | void
    readonly ghost?: (m: M, my: T, value: V) => void
  } = {},
): Choose<M, T, S> => ({ kind: 'choose', from, eligible, run, none: () => block, ...more }) as Choose<M, T, S>
/** A step with a ghost recipe, which moves the ghost state once the effect is complete. */
export const step = <M, T, const S extends string = never>(
  run: Recipe<M, T, S>,
  ghost: (m: M, my: T) => void,
): Plain<M, T, S> => ({ kind: 'plain', run, ghost })

/** A step that is there only where the scope has several CPUs: locks, shootdowns, second looks. */
export const concurrent = <M, T, const S extends string = never>(of: Step<M, T, S>): Step<M, T, S> =>
  typeof of === 'function' ? { kind: 'plain', run: of, concurrent: true } : { ...of, concurrent: true }

const allConcurrent = <M, T, S extends string>(steps: { readonly [name: string]: Step<M, T, S> }) =>
  Object.fromEntries(Object.entries(steps).map(([name, of]) => [name, concurrent(of)]))

/** Whether a step is there only where the scope has several CPUs. */
export const isConcurrent = (step: Operation['steps'][string]): boolean =>
  typeof step !== 'function' && step.concurrent === true

/** A step that is there only among several CPUs, and where the scope has what it is about: tables that are frames, say. */
export const provided = <M, T, const S extends string = never>(
  condition: (bounds: Bounds) => boolean,
  of: Step<M, T, S>,
): Step<M, T, S> =>
  ({ ...(typeof of === 'function' ? { kind: 'plain', run: of } : of), concurrent: true, provided: condition }) as Step<
    M,
    T,
    S
  >

/** Whether a step is there under these bounds. */
export const isThere = (step: Operation['steps'][string], bounds: Bounds): boolean =>
  typeof step === 'function' ||
  ((step.concurrent !== true || size(bounds, 'cpu') > 0) && (step.provided?.(bounds) ?? true))

export interface About {
  /** The rule that decides: chapter and anchor in spec/. */
  readonly rule: string
  /** Errors and faults that the operation can answer beside ok: every one must be reached by a scope. */
  readonly answers: readonly Answer[]
}
export interface Operation<
  M = unknown,
  A extends Leaves = Leaves,
  L extends Leaves = Leaves,
  S extends string = string,
> {
  readonly name: string
  readonly about: About
  readonly args: A
  readonly locals: L
  readonly steps: { readonly [K in S]: Step<M, My<A, L>, S> }
  /** Steps that every way out of the operation goes through, whatever it answers: they give locks back. */
  readonly last: readonly S[]
}

/** Something the hardware may do at any time, in one step. Interrupts also run while an operation waits. */
export interface Rule<M = unknown, A extends Leaves = Leaves> {
  readonly name: string
  readonly args: A
  readonly interrupt: boolean
  run(m: Visible<M>, my: { readonly [K in keyof A]: Of<A[K]> }): Block | Disabled | void
  /** What it does to the ghost state, where it has happened. */
  ghost?(m: M, my: { readonly [K in keyof A]: Of<A[K]> }): void
}

/** The vocabulary of one model: its operations are typed against its state. */
export const kit = <M>() => ({
  /** In two calls, or TypeScript loses the type of `my` as soon as a step is `each` or `choose`. */
  operation: <A extends Leaves, L extends Leaves = Record<never, never>>(
    name: string,
    shape: {
      readonly args: A
      readonly locals?: L
      /** All of its steps are there only where several CPUs are. */
      readonly concurrent?: boolean
    } & Partial<About>,
  ) => ({
    steps: <const S extends string>(
      steps: {
        readonly [K in S]: Step<M, My<A, L>, NoInfer<S>>
      },
      last: readonly NoInfer<S>[] = [],
    ): Operation<M, A, L, S> => ({
      name,
      about: { rule: shape.rule ?? '', answers: shape.answers ?? [] },
      args: shape.args,
      locals: shape.locals ?? ({} as L),
      steps: shape.concurrent === true ? (allConcurrent(steps) as typeof steps) : steps,
      last,
    }),
  }),
  rule: <A extends Leaves>(
    name: string,
    shape: { readonly args: A; readonly interrupt?: boolean },
    run: (m: Visible<M>, my: { readonly [K in keyof A]: Of<A[K]> }) => Block | Disabled | void,
    ghost: (m: M, my: { readonly [K in keyof A]: Of<A[K]> }) => void = () => undefined,
  ): Rule<M, A> => ({ name, args: shape.args, interrupt: shape.interrupt ?? false, run, ghost }),
})

export const has = <S extends string>(set: Members<S>, item: Id<S>): boolean => (set & (1 << item)) !== 0
export const withMember = <S extends string>(set: Members<S>, item: Id<S>): Members<S> =>
  (set | (1 << item)) as Members<S>
export const withoutMember = <S extends string>(set: Members<S>, item: Id<S>): Members<S> =>
  (set & ~(1 << item)) as Members<S>
