// Edits that the entries are made with, beyond the kit's: steps that come later, or are new, or do something else around
// what they did. As data like the kit's, so that they hold for steps of any kind.

import {
  type Cpu,
  type Decision,
  type Edit,
  type Frame,
  ids,
  type M,
  ModelError,
  need,
  type Operation,
  type Page,
  type Process,
  type Slot,
  spaceOf,
} from '../../model/index.js'
import { isMapped } from '../../model/regions/attributes.js'
import { growDown } from '../../model/regions/regions.js'
import type { Access } from '../../spec/interface.js'

type AnyStep = Operation['steps'][string]

/** What steps know of their operation, as far as entries look at it. */
export interface Known {
  readonly cpu: Cpu
  readonly process: Process
  readonly page: Page
  readonly count: number
  readonly at: Page | null
  access: Access
  source: Frame | null
  readonly sourceSlot: Slot | null
  readonly victim: Frame | null
  saving: Frame | null
  stale: boolean
}
type Run = (m: M, my: Known, value: number) => unknown

/** A step with its recipe replaced by another one that knows the first. */
export const around = <S extends string>(name: S, wrap: (run: Run) => Run): Edit<S> => ({
  text: `${name} done otherwise`,
  steps: rows =>
    rows.map(([is, step]) => {
      if (is !== name) return [is, step]
      if (typeof step === 'function') return [is, wrap(step as unknown as Run) as unknown as AnyStep]
      return [is, { ...step, run: wrap(step.run as unknown as Run) } as unknown as AnyStep]
    }),
})

/** A new step before another one; where several CPUs are, and only there. */
export const insertedBefore = <S extends string>(before: S, name: string, run: Run): Edit<S> => {
  const step = { kind: 'plain', concurrent: true, run } as unknown as AnyStep
  return {
    text: `${name} before ${before}`,
    steps: rows => rows.flatMap(row => (row[0] === before ? [[name, step] as const, row] : [row])),
  }
}

/** Moves steps behind another, in their order. */
export const later = <S extends string>(anchor: S, ...moved: S[]): Edit<S> => {
  const isMoved = (name: string) => moved.some(it => it === name)
  return {
    text: `${moved.join(', ')} after ${anchor}`,
    steps: rows =>
      rows
        .filter(([name]) => !isMoved(name))
        .flatMap(row => (row[0] === anchor ? [row, ...rows.filter(([name]) => isMoved(name))] : [row])),
  }
}

/**
 * The entry of a page is read in a step of its own, and written back as it was read, changed as the other step says: a mark
 * that hardware sets in between is lost.
 */
export const readBefore = <S extends string>(writes: S, mark: 'accessed' | 'dirty'): Edit<S> =>
  all(
    insertedBefore(writes, 'read', (m, my) => {
      my.stale = !pageOf(m, my)[mark]
    }),
    around(writes, run => (m, my, value) => {
      const wasUnmarked = my.stale
      my.stale = false
      const then = run(m, my, value)
      if (wasUnmarked) pageOf(m, my)[mark] = false
      return then
    }),
  )
/** The page that the operation is about; the first one where it is about all. */
const pageOf = (m: M, my: { readonly process: Process; readonly page?: Page }) =>
  m.spaces[need(spaceOf(m, my.process))].pages[my.page ?? (0 as Page)]

/** A recipe for `grow`: a stack grows without a lock that is held alone, as stacks of Linux did until 2023. */
export function growAtOnce(m: M, my: Pick<Known, 'process' | 'at'>): void {
  const space = need(spaceOf(m, my.process))
  const { pages } = m.spaces[space]
  const at = need(my.at)
  const above = ids(pages).find(v => v > at && isMapped(pages[v]))
  if (!isMapped(pages[at]) && above !== undefined) growDown(m, space, at, above)
}

/** One edit after the other. */
export const all = <S extends string>(...edits: readonly Edit<S>[]): Edit<S> => ({
  text: edits.map(edit => edit.text).join('; '),
  steps: rows => edits.reduce((left, edit) => edit.steps(left), rows),
})

/** A row of a decision that answers otherwise, for a mutant that edits an operation as well. */
export function rowAnswers(decision: Decision, label: string, result: string) {
  const row = decision.rows.find(it => it.label === label)
  if (row === undefined) throw new ModelError(`${decision.name} has no row ${label}`)
  return { decision, row: row.index, result }
}
