// Commands under which model and implementation part, as something to shrink. The same disagreement is one about the same
// thing: answers, the state, a claim. Numbers of commands are all there is to it: the implementation chooses by itself.

import type { Machine } from '../../model/index.js'
import type { SearchedWith } from '../../reports/shrink-result.js'
import { exhaustive, Pair, type Sides, type Told } from '../lockstep/index.js'
import type { ShrinkWork, Subject } from './minimise.js'
import { narrowed, type Shorter } from './shorter.js'
import { isBefore, Vocabulary } from './simpler.js'

export class LockstepSubject implements Subject<number> {
  readonly vocabulary: Vocabulary
  readonly #pair: Pair

  constructor(
    readonly machine: Machine,
    readonly sides: Sides,
    readonly about: string,
  ) {
    this.vocabulary = new Vocabulary(machine)
    this.#pair = new Pair(machine, sides)
  }

  attempt(numbers: readonly number[]): readonly number[] | null {
    const pair = this.#pair
    pair.machine.open()
    pair.begin()
    const ran: number[] = []
    for (const [i, number] of numbers.entries()) {
      const step = pair.run(this.machine.commands[number], { evenIdle: true, probe: i === numbers.length - 1 })
      if (step.is === 'skipped') continue
      ran.push(number)
      if (step.is === 'parted') return step.about === this.about ? ran : null
    }
    return null
  }

  *simpler(numbers: readonly number[]): Generator<readonly number[]> {
    yield* this.vocabulary.swapped(numbers)
    for (const [i, number] of numbers.entries()) {
      for (const earlier of this.vocabulary.earlier(number)) yield numbers.with(i, earlier)
    }
  }

  isSimpler(one: readonly number[], other: readonly number[]): boolean {
    return isBefore(one, other)
  }
}

/** A search on both sides, which takes the first way to each state: what it does not find may be there behind another way. */
export function* shorterSideBySide(
  subject: LockstepSubject,
  numbers: readonly number[],
  to: SearchedWith,
  states: number,
): ShrinkWork<Shorter<number>> {
  const depth = numbers.length - 1
  const machine = depth < 1 ? null : narrowed(subject.machine, numbers, to)
  if (machine === null) return { steps: null, complete: depth < 1, cut: null }
  const search = exhaustive(machine, { ...subject.sides, order: 0, depth })
  let full = false
  for (let next = search.next(); ; ) {
    if (next.done === true) {
      const { told, cut } = next.value
      if (told !== null) return { steps: subject.attempt(numbersOf(told, subject)), complete: false, cut: null }
      return { steps: null, complete: cut === null, cut: full ? null : cut }
    }
    full = next.value.states > states
    const asked = yield { tried: 0, length: numbers.length, states: next.value.states }
    next = search.next(asked ?? (full ? 'states' : null))
  }
}

const numbersOf = ({ steps }: Told, { vocabulary }: LockstepSubject): readonly number[] =>
  steps.flatMap(({ command }) => vocabulary.numberOf(command) ?? [])
