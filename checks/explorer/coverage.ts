// What a run reached: every operation with every answer, every step, every row of every decision. An answer that a scope
// could give and never gives is a gap, and a gap is red: a check that never happened proves nothing.

import {
  type Answer,
  answers,
  type Decision,
  impossible,
  labelOf,
  type Machine,
  ModelError,
} from '../../model/kit/index.js'
import type { PartKind } from '../../reports/index.js'

export interface Covered {
  /** `munmap · refused ENOMEM`, `munmap.clear`, `fault · region rw, access store, entry absent` */
  readonly name: string
  readonly kind: PartKind
  /** The rule of the operation or of the decision. */
  readonly rule: string
  /** How often; steps and rows are only marked, 1 when reached. */
  readonly count: number
}

/** Counts answers by their serial numbers. */
export class Outcomes {
  readonly #counts: number[][]
  readonly #declared: ReadonlySet<Answer>[]
  constructor(readonly machine: Machine) {
    this.#counts = machine.operations.map(() => [])
    this.#declared = machine.operations.map(o => new Set(o.answers))
  }
  count(operation: number, answer: Answer): void {
    const counts = this.#counts[operation]
    const before = counts[answer.serial]
    if (before !== undefined) counts[answer.serial] = before + 1
    else this.#first(operation, answer)
  }
  #first(operation: number, answer: Answer): void {
    const { operation: it } = this.machine.operations[operation]
    if (answer.outcome.is !== 'ok' && !this.#declared[operation].has(answer)) {
      throw new ModelError(`${it.name} answers ${labelOf(answer.outcome)}, which it does not declare`)
    }
    this.#counts[operation][answer.serial] = 1
  }
  entries(): readonly Covered[] {
    const made = answers()
    return this.machine.operations.flatMap(o => {
      const totals = new Map<string, number>([['ok', 0], ...o.answers.map(a => [labelOf(a.outcome), 0] as const)])
      this.#counts[o.index].forEach((n, serial) => {
        const label = labelOf(made[serial].outcome)
        totals.set(label, (totals.get(label) ?? 0) + n)
      })
      return [...totals].map(
        ([label, count]): Covered => ({
          name: `${o.operation.name} · ${label}`,
          kind: 'outcome',
          rule: o.operation.about.rule,
          count,
        }),
      )
    })
  }
}

export function coverageOf(
  machine: Machine,
  outcomes: Outcomes,
  reached: Uint8Array,
  hits: ReadonlyMap<Decision, Uint8Array>,
): readonly Covered[] {
  const steps = machine.operations.flatMap(({ operation: { name, about }, steps, first }) =>
    steps.map(
      (step, i): Covered => ({
        name: `${name}.${step.name}`,
        kind: 'step',
        rule: about.rule,
        count: reached[first + i],
      }),
    ),
  )
  const rows = [...hits].flatMap(([{ name, rule, rows }, marks]) =>
    rows
      .filter(row => row.result !== impossible)
      .map((row): Covered => ({ name: `${name} · ${row.label}`, kind: 'row', rule, count: marks[row.index] })),
  )
  return [...outcomes.entries(), ...steps, ...rows]
}

/**
 * Answers that were never given, without those that the scope says it cannot give; and what it says so of wrongly. Steps
 * and rows are not judged for one scope: what all scopes reach together is (together.ts).
 */
export function gapsOf(
  covered: readonly Covered[],
  unreachable: readonly string[],
): { gaps: string[]; stale: string[] } {
  const said = new Set(unreachable)
  const zero = covered.filter(c => c.count === 0 && c.kind === 'outcome').map(c => c.name)
  return {
    gaps: zero.filter(name => !said.has(name)),
    stale: unreachable.filter(name => !zero.includes(name)),
  }
}
