// An operation is data: arguments, locals, and an ordered record of named atomic steps. One step is one recipe over
// the state `m` and the operation's own record `my`. Five readers use this data: the explorer at four granularities,
// mutants (edits.ts), the recorder, the spec, and the map from the implementation's interruption points.

import type { Answer, Block, Disabled } from './answer.js'
import type { Leaves, Of } from './schema.js'
import { concurrent, type My, type Step, type Visible } from './step.js'

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

/** Whether an operation is written for several CPUs: it has steps that one alone does not need. */
export const isForSeveral = ({ steps }: Operation): boolean =>
  Object.values(steps).some(
    step => typeof step !== 'function' && (step.concurrent === true || step.looksAgain === true),
  )

const allConcurrent = <M, T, S extends string>(steps: { readonly [name: string]: Step<M, T, S> }) =>
  Object.fromEntries(Object.entries(steps).map(([name, of]) => [name, concurrent(of)]))
