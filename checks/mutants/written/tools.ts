// What hand-written mutants are made with, beyond the kit's edits: a step that does something more, and a step that is
// passed over now and then. The edits are data like the kit's, so that they hold for steps of any kind.

import {
  type Cpu,
  changed,
  type Decision,
  type Edit,
  type Frame,
  go,
  ids,
  type M,
  type Members,
  ModelError,
  type Mutant,
  need,
  type ObjectId,
  type Operation,
  type Page,
  type Process,
  type Slot,
  type Space,
  spaceOf,
} from '../../../model/index.js'
import type { Access } from '../../../spec/interface.js'

export interface Written {
  readonly mutant: Mutant
  /** The claim that notices it alone. */
  readonly kills: string
  /** The scope that shows it, and what is set beside its file. */
  readonly scope: string
  readonly sets: readonly string[]
}
export const kills = (claim: string, scope: string, mutant: Mutant, ...sets: string[]): Written => ({
  kills: claim,
  scope,
  mutant,
  sets,
})

/** What steps of the model know of their operation, as far as mutants look at it. */
export interface Known {
  readonly cpu: Cpu
  readonly process: Process
  readonly child: Process
  readonly page: Page
  readonly count: number
  readonly old: number
  readonly frame: Frame
  readonly segment: ObjectId
  readonly object: ObjectId | null
  readonly start: Page | null
  readonly at: Page | null
  readonly space: Space | null
  readonly table: Frame | null
  readonly from: Slot | null
  readonly slot: Slot | null
  readonly saving: Frame | null
  readonly victim: Frame | null
  readonly sourceSlot: Slot | null
  access: Access
  stale: boolean
  gathered: Members<'frame'>
  detached: Members<'frame'>
}
type AnyStep = Operation['steps'][string]
type Run = (m: unknown, my: unknown, value?: unknown) => unknown

/** A step with its recipe replaced by another one that knows the first. */
function around(step: AnyStep, wrap: (run: Run) => Run): AnyStep {
  if (typeof step === 'function') return wrap(step as unknown as Run) as unknown as AnyStep
  return { ...step, run: wrap(step.run as unknown as Run) } as unknown as AnyStep
}

/** The step does what it does, and then something more. */
export const also = <S extends string>(name: S, more: (m: M, my: Known) => void): Edit<S> => ({
  text: `${name} does more`,
  steps: rows =>
    rows.map(([is, step]) => {
      if (is !== name) return [is, step]
      const wrap = (run: Run): Run => {
        return (m, my, value) => {
          const then = run(m, my, value)
          more(m as M, my as Known)
          return then
        }
      }
      return [is, around(step, wrap)]
    }),
})

/** The step is passed over where `when` says so. */
export const skipped = <S extends string>(name: S, when: (m: M, my: Known) => boolean): Edit<S> => ({
  text: `${name} is left out at times`,
  steps: rows =>
    rows.map(([is, step]) => {
      if (is !== name) return [is, step]
      return [is, around(step, run => (m, my, value) => (when(m as M, my as Known) ? undefined : run(m, my, value)))]
    }),
})

/** The operation goes on at another step instead where `when` says so. */
export const astray = <S extends string>(name: S, to: S, when: (m: M, my: Known) => boolean): Edit<S> => ({
  text: `${name} goes to ${to} at times`,
  steps: rows =>
    rows.map(([is, step]) => {
      if (is !== name) return [is, step]
      return [is, around(step, run => (m, my, value) => (when(m as M, my as Known) ? go(to) : run(m, my, value)))]
    }),
})

/** A decision with the row of this label answered differently. */
export function answered(title: string, decision: Decision, label: string, result: string): Mutant {
  const row = decision.rows.find(it => it.label === label)
  if (row === undefined) throw new ModelError(`${decision.name} has no row ${label}`)
  return changed(title, decision, row.index, result)
}

export const spaceFor = (m: M, my: Known): Space => need(spaceOf(m, my.process))
export const pagesFor = (m: M, my: Known) => m.spaces[spaceFor(m, my)].pages
/** The pages of a range that lie in the window. */
export const rangeOf = (m: M, first: number, count: number): readonly Page[] =>
  ids(m.tree).filter(v => v >= first && v < first + count)
