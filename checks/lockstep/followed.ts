// Where the model may choose, the implementation has chosen: the model is told to take the same member, and that
// member must be among those it allows.

import { ChoiceError, type Choices, type Choosing } from '../../model/index.js'
import type { ChoiceLog } from './driver.js'

/** Sets whose members the implementation reports when it takes one. */
const reported = ['frame', 'slot', 'space'] as const

/** Answers the model's choices with what the implementation took, in the same order. */
export class Followed implements Choices {
  readonly #at = new Map<string, number>()
  /** The codes that the model was given since the last `clear`. */
  readonly taken: number[] = []
  constructor(
    readonly log: ChoiceLog,
    readonly countedTables: boolean,
  ) {}

  clear(): void {
    this.#at.clear()
    this.taken.length = 0
  }

  pick(options: readonly number[], { step, set }: Choosing): number {
    const code = set === '' ? this.#exhausted() : this.#next(set)
    if (!options.includes(code)) {
      const allowed = options.join(', ')
      throw new ChoiceError(`the implementation chose ${set || step} ${code}, and the model allows ${allowed}`)
    }
    this.taken.push(code)
    return code
  }

  /** Whether a table could not be had; where tables are counted the model knows without being told. */
  #exhausted(): number {
    return !this.countedTables && this.log.taken('table').includes(-1) ? 1 : 0
  }

  #next(set: string): number {
    const known = reported.find(name => name === set)
    if (known === undefined) throw new ChoiceError(`nothing says which ${set} the implementation took`)
    const at = this.#at.get(set) ?? 0
    this.#at.set(set, at + 1)
    const member = this.log.taken(known)[at]
    if (member === undefined) throw new ChoiceError(`the model takes a ${set}, and the implementation took none`)
    return member
  }
}
