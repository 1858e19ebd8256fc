// A trace of the model that violates a claim, as something to shrink. Commands that cannot be taken where others were left
// out are skipped; choices that are not eligible any more become the nearest that are. What replay would show must stay
// the same claim.

import { ModelError } from '../../model/kit/index.js'
import { Course } from '../explorer/course.js'
import { Judge } from '../explorer/judge.js'
import type { Taken } from '../explorer/trace.js'
import type { BoundScope } from '../scope/index.js'
import type { Subject } from './minimise.js'
import { isBefore, Vocabulary } from './simpler.js'

export class ModelSubject implements Subject<Taken> {
  readonly vocabulary: Vocabulary
  readonly #course: Course

  constructor(
    readonly bound: BoundScope,
    readonly claim: string,
    /** The claims that are judged; null for all, as in a replay. */
    claims: ReadonlySet<string> | null = null,
  ) {
    this.vocabulary = new Vocabulary(bound.machine)
    this.#course = new Course(bound.machine, new Judge(bound.machine, claims))
  }

  attempt(steps: readonly Taken[]): readonly Taken[] | null {
    try {
      return this.#attempt(steps)
    } catch (error) {
      // A mutant may break the rules of the model's language on another way.
      if (error instanceof ModelError) return null
      throw error
    }
  }

  #attempt(steps: readonly Taken[]): readonly Taken[] | null {
    const course = this.#course
    if (course.begin() !== null) return null
    const taken: Taken[] = []
    for (const step of steps) {
      const went = course.take(step)
      if (went === null) continue
      taken.push(went.taken)
      if (went.violation !== null) return went.violation.claim === this.claim ? taken : null
    }
    return course.deadlock()?.claim === this.claim ? taken : null
  }

  *simpler(steps: readonly Taken[]): Generator<readonly Taken[]> {
    const numbers = steps.map(step => step.command)
    for (const swapped of this.vocabulary.swapped(numbers)) {
      yield steps.map(({ choices }, i) => ({ command: swapped[i], choices }))
    }
    for (const [i, { command, choices }] of steps.entries()) {
      for (const earlier of this.vocabulary.earlier(command)) yield steps.with(i, { command: earlier, choices })
      for (const [at, code] of choices.entries()) {
        for (let less = 0; less < code; less++) yield steps.with(i, { command, choices: choices.with(at, less) })
      }
    }
    if (this.bound.machine.cpus > 1) {
      for (let i = 0; i + 1 < steps.length; i++) yield steps.with(i, steps[i + 1]).with(i + 1, steps[i])
    }
  }

  /** Fewer changes from one CPU to another, then earlier commands, then earlier choices. */
  isSimpler(one: readonly Taken[], other: readonly Taken[]): boolean {
    return isBefore(this.#rank(one), this.#rank(other))
  }
  #rank(steps: readonly Taken[]): readonly number[] {
    const cpus = steps.map(({ command }) => this.bound.machine.commands[command].cpu)
    const turns = cpus.filter((cpu, i) => i > 0 && cpu !== cpus[i - 1]).length
    return [turns, ...steps.map(step => step.command), ...steps.flatMap(step => step.choices)]
  }
}
