// Where the model may choose, the implementation has chosen: the model is told to take the same member, and that
// member must be among those it allows.

import { ChoiceError, type Choices, type Choosing } from '../../model/index.js'
import type { Choice } from '../../spec/interface.js'
import type { ChoiceLog } from './driver.js'

/** Sets whose members the implementation reports when it takes one. */
const reported: ReadonlyMap<string, Choice> = new Map([
  ['frame', 'frame'],
  ['slot', 'slot'],
  ['space', 'space'],
  ['object', 'object'],
  ['chain', 'chain'],
])
/** The step that chooses which page goes to make room: its frame is not one that is taken. */
const eviction = 'victim'

/** Answers the model's choices with what the implementation took, in the same order. */
export class Followed implements Choices {
  readonly #at = new Map<Choice, number>()
  /** The codes that the model was given since the last `clear`. */
  readonly taken: number[] = []
  constructor(readonly log: ChoiceLog) {}

  clear(): void {
    if (this.#at.size > 0) this.#at.clear()
    if (this.taken.length > 0) this.taken.length = 0
  }

  pick(options: readonly number[], { step, set }: Choosing): number {
    const code = set === '' ? this.#exhausted(options) : this.#member(step, set)
    if (!options.includes(code)) {
      const allowed = options.join(', ')
      throw new ChoiceError(`the implementation chose ${set || step} ${code}, and the model allows ${allowed}`)
    }
    this.taken.push(code)
    return code
  }

  /**
   * Whether the tables of a page could not be had, which the implementation reports once for each page; where tables are
   * counted there is one option, and the model knows without being told.
   */
  #exhausted(options: readonly number[]): number {
    if (options.length === 1) return options[0]
    return this.#next('table', this.log.taken('table')) === -1 ? 1 : 0
  }

  #member(step: string, set: string): number {
    const kind = step === eviction ? eviction : reported.get(set)
    if (kind === undefined) throw new ChoiceError(`nothing says which ${set} the implementation took`)
    // Where nothing was left the model has nothing to choose either, and does not ask.
    const taken = this.log.taken(kind).filter(member => member >= 0)
    const member = this.#next(kind, taken)
    if (member === undefined) throw new ChoiceError(`the model takes a ${kind}, and the implementation took none`)
    return member
  }

  #next(kind: Choice, taken: readonly number[]): number | undefined {
    const at = this.#at.get(kind) ?? 0
    this.#at.set(kind, at + 1)
    return taken[at]
  }
}
