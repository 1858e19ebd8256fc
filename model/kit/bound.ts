// An operation bound by a setting: its steps in the form the runner wants, the mutant's edit applied, and its arguments
// and locals as fields with domains.

import type { Answer } from './answer.js'
import { bytesFor, type Cell, type Domains } from './layout.js'
import type { Operation } from './operation.js'
import { type LeafSpec, type Leaves, size } from './schema.js'
import { type Choose, type Each, isThere, type Plain, type Sweep } from './step.js'
import type { Setting } from './system.js'

/** A step in the form the runner wants, whatever form the author wrote. */
export type BoundStep = (
  | Plain<unknown, unknown, string>
  | Each<unknown, unknown, string>
  | Sweep<unknown, unknown, string>
  | Choose<unknown, unknown, string>
) & { readonly name: string; readonly options: readonly unknown[]; readonly set: string }

/** An argument or local, and where it lies in the overlay of a CPU. */
export interface Field {
  readonly name: string
  readonly cell: Cell
  readonly set: string
}

export interface BoundOperation {
  readonly operation: Operation
  readonly index: number
  readonly steps: readonly BoundStep[]
  /** Where `go` and `leave` lead, by name; the number of steps means the end. */
  readonly target: ReadonlyMap<string, number>
  readonly fields: readonly Field[]
  readonly argumentNames: readonly string[]
  readonly locals: readonly (readonly [name: string, first: unknown])[]
  /** The number of its first step among all steps; a CPU that is idle stands at 0. */
  readonly first: number
  /** Where every way out begins, and the first step behind it; both are 0 where there is none. */
  readonly last: { readonly from: number; readonly behind: number }
  readonly chooses: boolean
  /** Answers that `leave` can carry to the end of unwinding. */
  readonly answers: readonly Answer[]
}

/** Locals that the kit adds: the member a loop stands at, and the answer that unwinding ends with. */
export const loopField = 'loop$'
export const answerField = 'answer$'

const setOf = (spec: LeafSpec): string =>
  spec.kind === 'id' ? spec.set : spec.kind === 'optional' || spec.kind === 'when' ? setOf(spec.of) : ''

export function bindOperation(
  operation: Operation,
  index: number,
  first: number,
  setting: Setting,
  domains: Domains,
): BoundOperation {
  const original = Object.entries(operation.steps)
  const edit = setting.mutant?.operation === operation.name ? setting.mutant.edit : null
  const edited = edit === null ? original : edit.steps(original)
  const rows = edited.filter(([, step]) => isThere(step, setting.bounds))
  const names = rows.map(([name]) => name)
  const survivor = (from: number): number => {
    const next = original.slice(from).find(([name]) => names.includes(name))
    return next === undefined ? rows.length : names.indexOf(next[0])
  }
  const steps = rows.map(([name, step]): BoundStep => {
    const form: Exclude<Operation['steps'][string], (...a: never) => unknown> =
      typeof step === 'function' ? { kind: 'plain', run: step } : step
    const chosen = form.kind === 'choose' ? form.from.leaf : null
    // Only a plain id has its members as codes; other leaves are never reduced to representatives.
    const set =
      form.kind === 'choose' ? (form.from.leaf.kind === 'id' ? form.from.leaf.set : '') : 'set' in form ? form.set : ''
    const options = chosen === null ? [] : domains.of(chosen).domain.values
    return Object.assign({ ...form }, { name, options, set }) as unknown as BoundStep
  })
  const leaves: [string, LeafSpec][] = [...fieldsOf(operation.args), ...fieldsOf(operation.locals)]
  for (const step of steps) {
    if ((step.kind === 'each' || step.kind === 'sweep') && !leaves.some(([name]) => name === loopField)) {
      leaves.push([loopField, { kind: 'range', low: 0, high: loopCeiling(steps, setting) }])
    }
  }
  const answers = operation.about.answers
  if (answers.length > 0) leaves.push([answerField, { kind: 'range', low: 0, high: answers.length }])
  const fields = leaves.map(([name, spec]): Field => {
    const { domain, names: named } = domains.of(spec)
    return {
      name,
      set: setOf(spec),
      cell: { at: -1, bytes: bytesFor(domain.values.length), path: `${operation.name}.${name}`, domain, names: named },
    }
  })
  const argumentNames = Object.keys(operation.args)
  return {
    operation,
    index,
    steps,
    target: new Map(original.map(([name], i) => [name, survivor(i)])),
    fields,
    argumentNames,
    locals: fields.slice(argumentNames.length).map(f => [f.name, f.cell.domain.values[0]] as const),
    first,
    last: rangeOf(names, operation.last),
    chooses: steps.some(step => step.kind === 'choose' || step.kind === 'sweep'),
    answers,
  }
}

function rangeOf(names: readonly string[], of: readonly string[]): BoundOperation['last'] {
  const at = names.flatMap((name, i) => (of.includes(name) ? [i] : []))
  return at.length === 0 ? { from: 0, behind: 0 } : { from: Math.min(...at), behind: Math.max(...at) + 1 }
}

const fieldsOf = (leaves: Leaves): [string, LeafSpec][] => Object.entries(leaves).map(([name, l]) => [name, l.leaf])

/** A loop in order keeps a member's number, a sweep keeps the set of members it has done. */
function loopCeiling(steps: readonly BoundStep[], { bounds }: Setting): number {
  const needs = steps.map(step =>
    step.kind === 'each' ? size(bounds, step.set) : step.kind === 'sweep' ? 2 ** size(bounds, step.set) - 1 : 0,
  )
  return Math.max(0, ...needs)
}
