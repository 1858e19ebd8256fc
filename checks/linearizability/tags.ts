// What each CPU has come to: nothing yet, the command that it has under way, or that command with its answer. What all of
// them have come to is one number, which stands beside the state while their steps interleave. Two machines of one scope
// share the numbers: commands are counted without the ones that go on, which only one of the two has.

import { type Answer, type Command, type Machine, ModelError } from '../../model/kit/index.js'

/** What one CPU has come to. `answer` is null while the command is under way. */
export interface Tag {
  readonly ticket: number
  readonly answer: Answer | null
}

/** The commands that start an operation, by their tickets: the same in each machine of a scope. */
export const ticketsOf = (machine: Machine): readonly Command[] =>
  machine.commands.filter(({ kind }) => kind === 'start')

export class Tags {
  /** By number; 0 stands for a CPU that has begun nothing. */
  readonly #known: Tag[] = [{ ticket: -1, answer: null }]
  readonly #numbers = new Map<string, number>()
  readonly #radix: number

  constructor(readonly cpus: number) {
    this.#radix = 2 ** Math.floor(bits / cpus)
  }

  /** What one CPU has come to; null where it has begun nothing. */
  of(all: number, cpu: number): Tag | null {
    const number = this.#at(all, cpu)
    return number === 0 ? null : this.#known[number]
  }
  /** What all have come to when one has its command under way, or has its answer. */
  after(all: number, cpu: number, ticket: number, answer: Answer | null): number {
    return this.#with(all, cpu, this.#number(ticket, answer))
  }
  /** The same as if one CPU had begun nothing. */
  without(all: number, cpu: number): number {
    return this.#with(all, cpu, 0)
  }
  /** Whether every CPU has answered. */
  isOver(all: number): boolean {
    for (let cpu = 0; cpu < this.cpus; cpu++) if ((this.of(all, cpu)?.answer ?? null) === null) return false
    return true
  }

  #number(ticket: number, answer: Answer | null): number {
    const key = answer === null ? `${ticket}` : `${ticket} ${answer.serial}`
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.#known.length
      if (number >= this.#radix) throw new ModelError(`${this.cpus} CPUs have too many commands: narrow the arguments`)
      this.#known.push({ ticket, answer })
      this.#numbers.set(key, number)
    }
    return number
  }
  #with(all: number, cpu: number, number: number): number {
    return all + (number - this.#at(all, cpu)) * this.#radix ** cpu
  }
  #at(all: number, cpu: number): number {
    return Math.floor(all / this.#radix ** cpu) % this.#radix
  }
}

/** What all CPUs have come to fits into a word of a key, whose highest bit is taken. */
const bits = 30
