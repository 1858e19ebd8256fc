// Makes a failing sequence smaller: leaves parts out as long as the rest still fails, larger parts first (Zeller and
// Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002), then pairs, then puts simpler things in the
// place of what is left. What fails, and what is simpler, the subject says. A generator: it yields after every attempt,
// so that its driver can show how far it is, and stop it; the best so far is then its result.

import type { Cut } from '../../reports/result.js'

export interface Subject<T> {
  /** What of these steps was needed to fail in the same way, as it was run; null where they do not. */
  attempt(steps: readonly T[]): readonly T[] | null
  /** Steps that would be simpler, if they failed. */
  simpler(steps: readonly T[]): Iterable<readonly T[]>
  /** Whether steps are simpler than others of the same length. */
  isSimpler(one: readonly T[], other: readonly T[]): boolean
}

export interface ShrinkProgress {
  readonly tried: number
  readonly length: number
  /** States of the search for a shorter way, where one is under way. */
  readonly states: number
}
export type ShrinkWork<R> = Generator<ShrinkProgress, R, Cut | null | undefined>

/** More pairs than this are not tried. */
const longestForPairs = 40

export class Minimiser<T> {
  #best: readonly T[]
  #tried = 0
  #cut: Cut | null = null

  constructor(
    readonly subject: Subject<T>,
    given: readonly T[],
  ) {
    this.#best = given
  }
  get best(): readonly T[] {
    return this.#best
  }
  get tried(): number {
    return this.#tried
  }
  get cut(): Cut | null {
    return this.#cut
  }

  /** Until nothing can be left out and nothing is simpler. */
  *run(): ShrinkWork<void> {
    for (let before: readonly T[] | null = null; before !== this.#best && this.#cut === null; ) {
      before = this.#best
      yield* this.#parts()
      yield* this.#pairs()
      yield* this.#simpler()
    }
  }

  /** Takes steps over where they fail in the same way and are shorter, or as long and simpler. */
  *take(steps: readonly T[]): ShrinkWork<boolean> {
    this.#cut ??= (yield { tried: this.#tried, length: this.#best.length, states: 0 }) ?? null
    if (this.#cut !== null) return false
    this.#tried++
    const needed = this.subject.attempt(steps)
    if (needed === null || needed.length > this.#best.length) return false
    if (needed.length === this.#best.length && !this.subject.isSimpler(needed, this.#best)) return false
    this.#best = needed
    return true
  }

  /** Half of it, quarters, and so on to single steps; from the end, where less depends on a part. */
  *#parts(): ShrinkWork<void> {
    for (let size = Math.ceil(this.#best.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = this.#best.length - size; from > -size && this.#cut === null; from -= size) {
        const at = Math.max(0, Math.min(from, this.#best.length - 1))
        yield* this.take(this.#best.toSpliced(at, size))
      }
    }
  }

  /** Two steps that only make sense together: what is made and undone, locked and unlocked. */
  *#pairs(): ShrinkWork<void> {
    if (this.#best.length > longestForPairs) return
    for (let one = 0; one < this.#best.length - 1; one++) {
      for (let other = one + 1; other < this.#best.length; other++) {
        if (this.#cut !== null) return
        yield* this.take(this.#best.toSpliced(other, 1).toSpliced(one, 1))
      }
    }
  }

  *#simpler(): ShrinkWork<void> {
    for (let found = true; found && this.#cut === null; ) {
      found = false
      for (const steps of this.subject.simpler(this.#best)) {
        found = yield* this.take(steps)
        if (found || this.#cut !== null) break
      }
    }
  }
}
