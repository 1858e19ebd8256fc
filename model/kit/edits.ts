// Edits of operations and decisions as data. A mutant is an edit with a title; the checker must find it. Step names
// are typed, so an edit of a step that was renamed does not compile.

import type { Answer, Then } from './answer.js'
import type { Decision } from './decision.js'
import type { Operation } from './operation.js'
import { type Leaves, ModelError } from './schema.js'
import type { My, Step } from './step.js'

export type Rows = readonly (readonly [name: string, step: Operation['steps'][string]])[]

/** An edited list of steps. Who goes to a dropped step goes to the next one that survives, or to the end. */
export interface Edit<S extends string = string> {
  readonly text: string
  readonly names?: readonly S[]
  steps(rows: Rows): Rows
}

/** Leaves steps out. What they did for the ghost state stays: it is the property's bookkeeping, not the algorithm. */
export const drop = <S extends string>(...names: S[]): Edit<S> => ({
  text: `without ${names.join(', ')}`,
  steps: rows =>
    rows.flatMap(([name, step]) => {
      if (!names.some(dropped => dropped === name)) return [[name, step] as const]
      const ghost = ghostOnly(step)
      return ghost === undefined ? [] : [[name, ghost] as const]
    }),
})

function ghostOnly(step: Operation['steps'][string]): Operation['steps'][string] | undefined {
  if (typeof step === 'function' || step.ghost === undefined) return undefined
  if (step.kind === 'choose') return undefined
  return { ...step, run: () => undefined }
}

/** Moves a step behind another. */
export const after = <S extends string>(anchor: S, moved: S): Edit<S> => ({
  text: `${moved} after ${anchor}`,
  steps: rows => {
    const step = rows.find(([name]) => name === moved)
    if (step === undefined) throw new ModelError(`no step ${moved}`)
    const rest = rows.filter(([name]) => name !== moved)
    const place = rest.findIndex(([name]) => name === anchor) + 1
    return [...rest.slice(0, place), step, ...rest.slice(place)]
  },
})

/** Lets a step go on where it would have given one answer: the check is gone, the rest stays. */
export const ignore = <S extends string>(name: S, answer: Answer): Edit<S> => ({
  text: `${name} does not answer ${answer.outcome.is === 'ok' ? 'ok' : describe(answer)}`,
  steps: rows => rows.map(row => (row[0] === name ? [name, withoutAnswer(row[1], answer)] : row)),
})
const describe = (answer: Answer): string =>
  'errno' in answer.outcome
    ? answer.outcome.errno
    : 'fault' in answer.outcome
      ? answer.outcome.fault
      : answer.outcome.is

const passes = (then: Then<string> | void, answer: Answer): boolean =>
  then !== undefined && (then === answer || (then.then === 'leave' && then.answer === answer))

function withoutAnswer(step: Operation['steps'][string], answer: Answer): Operation['steps'][string] {
  if (typeof step === 'function') {
    return (m, my) => {
      const then = step(m, my)
      return passes(then, answer) ? undefined : then
    }
  }
  const run = (m: unknown, my: never, item: never) => {
    const then = (step.run as (m: unknown, my: never, item: never) => Then<string> | void)(m, my, item)
    return passes(then, answer) ? undefined : then
  }
  if (step.kind !== 'choose') return { ...step, run } as Operation['steps'][string]
  const none = (m: unknown, my: never) => {
    const then = step.none(m as never, my)
    return passes(then, answer) ? undefined : then
  }
  return { ...step, run, none } as Operation['steps'][string]
}

/** A mutant: an edit, or a changed row, that a claim must notice. */
export interface Mutant {
  readonly title: string
  readonly operation: string
  readonly edit: Edit | null
  readonly decision: Decision | null
  readonly row: number
  readonly result: string
}

const none = { edit: null, decision: null, row: -1, result: '' }

export const mutant = <M, A extends Leaves, L extends Leaves, S extends string>(
  title: string,
  operation: Operation<M, A, L, S>,
  edit: Edit<NoInfer<S>>,
): Mutant => ({ ...none, title, operation: operation.name, edit: edit as Edit })

/** The same operation with some steps written differently; the new text is typed like the old. */
export const rewritten = <M, A extends Leaves, L extends Leaves, S extends string>(
  title: string,
  operation: Operation<M, A, L, S>,
  steps: { readonly [K in NoInfer<S>]?: Step<M, My<A, L>, NoInfer<S>> },
): Mutant => {
  const written = new Map<string, unknown>(Object.entries(steps))
  return {
    ...none,
    title,
    operation: operation.name,
    edit: {
      text: `other ${Object.keys(steps).join(', ')}`,
      steps: rows =>
        rows.map(([name, step]) => [name, written.has(name) ? (written.get(name) as typeof step) : step] as const),
    },
  }
}

/** A decision with one row answered differently. */
export const changed = (title: string, decision: Decision, row: number, result: string): Mutant => ({
  ...none,
  title,
  operation: '',
  decision,
  row,
  result,
})
