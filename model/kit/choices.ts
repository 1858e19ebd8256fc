// Free choices of one transition. The explorer visits every combination: it runs the command again for each, an
// odometer says which option each choice takes. A replay gives the values instead, and each must be eligible.

import { ModelError } from './schema.js'

/** Which set or leaf is chosen from, for a follower that answers by what another system chose. */
export interface Choosing {
  readonly step: string
  /** The set, empty for a leaf that is no set. */
  readonly set: string
  /** How the value of a code reads. */
  show?(code: number): string
}

export interface Choices {
  /** Picks one of the eligible codes; `options` is not empty. */
  pick(options: readonly number[], what: Choosing): number
}

/** Visits all combinations: `start`, run, then `next` until it says false. */
export class Odometer implements Choices {
  readonly #taken: number[] = []
  readonly #wheels: number[] = []
  readonly #sizes: number[] = []
  #at = 0

  start(): void {
    if (this.#wheels.length > 0) this.#wheels.length = 0
    this.#rewind()
  }
  #rewind(): void {
    this.#at = 0
    if (this.#taken.length > 0) this.#taken.length = 0
  }
  pick(options: readonly number[]): number {
    const wheel = this.#at++
    if (wheel === this.#wheels.length) this.#wheels.push(0)
    this.#sizes[wheel] = options.length
    const code = options[this.#wheels[wheel]]
    this.#taken.push(code)
    return code
  }
  /** Turns to the next combination; false when all were visited. */
  next(): boolean {
    this.#wheels.length = this.#at
    while (this.#wheels.length > 0) {
      const last = this.#wheels.length - 1
      this.#wheels[last]++
      if (this.#wheels[last] < this.#sizes[last]) {
        this.#rewind()
        return true
      }
      this.#wheels.pop()
    }
    return false
  }
  /** The codes that the last run picked. */
  get taken(): readonly number[] {
    return this.#taken
  }
}

/** Replays recorded codes in order. */
export class Recorded implements Choices {
  #at = 0
  /** What was chosen so far, as it reads. */
  readonly said: string[] = []
  constructor(readonly codes: readonly number[]) {}
  pick(options: readonly number[], what: Choosing): number {
    const code = this.codes[this.#at++]
    if (code === undefined) throw new ChoiceError(`step ${what.step} chooses, but the record holds no more choices`)
    if (!options.includes(code)) throw new ChoiceError(`step ${what.step} cannot choose ${what.set} ${code}`)
    this.said.push(what.set === '' ? `${what.step}: ${what.show?.(code) ?? code}` : `${what.set} ${code}`)
    return code
  }
}

/** A recorded or followed choice that the model does not allow here. */
export class ChoiceError extends ModelError {}
