// The forms of a step: one atomic recipe, one for each member of a set, in any order, or for one value that is chosen
// freely. A step decides or acts, never both: one that blocks, refuses or leaves has written nothing.

import { block, type Then } from './answer.js'
import { type Bounds, type Id, type Leaf, type Leaves, type Of, type SetOf, size } from './schema.js'

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
  /** Where several CPUs are, it looks again at what an earlier step found before it acts. */
  readonly looksAgain?: boolean
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

/** A step of whatever operation. */
export type AnyStep = Step<unknown, My<Leaves, Leaves>, string>

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

/** Whether a step is there only where the scope has several CPUs. */
export const isConcurrent = (step: AnyStep): boolean => typeof step !== 'function' && step.concurrent === true

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
export const isThere = (step: AnyStep, bounds: Bounds): boolean =>
  typeof step === 'function' ||
  ((step.concurrent !== true || size(bounds, 'cpu') > 0) && (step.provided?.(bounds) ?? true))
