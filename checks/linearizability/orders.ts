// What operations may come to side by side: what they come to one after the other, in some order. Two things beside that are
// real, and the specification says so (spec/concurrency.md#linearizability): an access that faults is a fault and then the
// instruction anew, and what fills ahead has parts, and others may come between them; and what another CPU has in hand for a
// moment may be missing.

import type { Command, System } from '../../model/kit/index.js'
import { Course, type Side } from './course.js'
import { type Rest, type Rests, textOf } from './rest.js'
import { type Tag, type Tags, ticketsOf } from './tags.js'

/**
 * - `ordered`: some order of whole operations gives the same answers and the same state
 * - `restarted`: some order of attempts and parts does
 * - `spurious`: an operation was short of something while another was under way, and did nothing that a program sees; or
 *   left out pages that it would have brought in
 */
export const agreements = ['ordered', 'restarted', 'spurious'] as const
export type Agreement = (typeof agreements)[number]

/** The machines of a scope that take operations one after the other. */
export interface InTurn {
  readonly whole: Side
  readonly attempts: Side
}

/** All orders from one state at rest. */
export class Orders {
  readonly #whole: ReadonlyMap<number, ReadonlySet<Rest>>
  readonly #attempts: ReadonlyMap<number, ReadonlySet<Rest>>

  constructor(
    { whole, attempts }: InTurn,
    readonly rests: Rests,
    start: Uint8Array,
    mostBytes: number,
  ) {
    this.#whole = endsOf(whole, rests, start, mostBytes)
    this.#attempts = endsOf(attempts, rests, start, mostBytes)
    this.#tags = whole.tags
    this.#system = whole.machine.system
    this.#commands = ticketsOf(whole.machine)
  }
  readonly #tags: Tags
  readonly #system: System
  readonly #commands: readonly Command[]

  /** How some order agrees with what CPUs have come to; null where none does. */
  agreement(tags: number, rest: Rest): Agreement | null {
    if (this.#whole.get(tags)?.has(rest) === true) return 'ordered'
    if (this.#attempts.get(tags)?.has(rest) === true) return 'restarted'
    return this.#excused(tags).some(others => this.#isSeen(others, rest)) ? 'spurious' : null
  }
  /** Whether an order comes to the same, as programs see it. */
  #isSeen(tags: number, rest: Rest): boolean {
    const seen = this.rests.seen(rest)
    return [...(this.#attempts.get(tags) ?? [])].some(other => this.rests.seen(other) === seen)
  }
  /** What the same commands come to in some order. */
  alternatives(tags: number): readonly { readonly tags: number; readonly rest: Rest }[] {
    const asked = this.#tickets(tags)
    return [...this.#attempts].flatMap(([of, rests]) => {
      const isSame = this.#tickets(of).every((ticket, cpu) => ticket === asked[cpu])
      return isSame && this.#hasAnswered(of) ? [...rests].map(rest => ({ tags: of, rest })) : []
    })
  }

  /**
   * What it would be if those that were short of something beside others had stopped before that; and the same as it is
   * where one may have left something out.
   */
  #excused(tags: number): readonly number[] {
    const begun = this.#all(tags)
    if (begun.filter(tag => tag !== null).length < 2) return []
    let all = [tags]
    let isSilent = false
    begun.forEach((tag, cpu) => {
      if (tag === null) return
      if (this.#leavesOut(tag)) isSilent = true
      if (!this.#isSpurious(tag)) return
      const stopped = all.flatMap(one => [this.#tags.without(one, cpu), this.#tags.after(one, cpu, tag.ticket, null)])
      all = [...all, ...stopped]
    })
    return isSilent ? all : all.slice(1)
  }
  #leavesOut({ ticket, answer }: Tag): boolean {
    return answer !== null && this.#system.leavesOut?.(this.#commands[ticket].name) === true
  }
  #isSpurious({ ticket, answer }: Tag): boolean {
    const { name } = this.#commands[ticket]
    return answer !== null && this.#system.spurious?.(name, answer.outcome) === true
  }
  #all(tags: number): readonly (Tag | null)[] {
    return Array.from({ length: this.#tags.cpus }, (_, cpu) => this.#tags.of(tags, cpu))
  }
  #tickets(tags: number): readonly number[] {
    return this.#all(tags).map(tag => tag?.ticket ?? -1)
  }
  #hasAnswered(tags: number): boolean {
    return this.#all(tags).every(tag => tag === null || tag.answer !== null)
  }
}

function endsOf(
  side: Side,
  rests: Rests,
  start: Uint8Array,
  mostBytes: number,
): ReadonlyMap<number, ReadonlySet<Rest>> {
  const ends = new Map<number, Set<Rest>>()
  const course = new Course(side, start, mostBytes)
  while (!course.isDone) {
    course.expand((tags, state) => {
      const known = ends.get(tags) ?? new Set()
      known.add(rests.of(state))
      ends.set(tags, known)
    })
  }
  return ends
}

/** By what CPUs have come to and the state: the orders of their whole operations, as CPUs, that come to it. */
export type Sequences = ReadonlyMap<string, readonly (readonly number[])[]>

/** All orders of the commands that CPUs have, one whole operation behind the other; what hardware does between is left out. */
export function sequencesOf(whole: Side, rests: Rests, start: Uint8Array, all: number): Sequences {
  const { engine, tags } = whole
  const asked = Array.from({ length: tags.cpus }, (_, cpu) => tags.of(all, cpu)?.ticket ?? null)
  const found = new Map<string, (readonly number[])[]>()
  for (const order of ordersOf([...asked.keys()].filter(cpu => asked[cpu] !== null))) {
    let reached = [{ came: 0, state: start }]
    for (const cpu of order) {
      const next = new Map<string, (typeof reached)[number]>()
      for (const { came, state } of reached) {
        engine.load(state)
        engine.transitions(
          (command, signal) => {
            const ticket = whole.ticket(command, came)
            if (signal.then !== 'answer' || ticket !== asked[cpu]) return
            const now = tags.after(came, cpu, ticket, signal)
            next.set(endName(now, textOf(engine.bytes)), { came: now, state: engine.bytes.slice() })
          },
          ({ kind, cpu: on }) => kind === 'start' && on === cpu,
        )
      }
      reached = [...next.values()]
    }
    for (const end of new Set(reached.map(({ came, state }) => endName(came, rests.of(state)))))
      found.set(end, [...(found.get(end) ?? []), order])
  }
  return found
}

function ordersOf(cpus: readonly number[]): readonly (readonly number[])[] {
  if (cpus.length < 2) return [cpus]
  return cpus.flatMap(first => ordersOf(cpus.filter(cpu => cpu !== first)).map(rest => [first, ...rest]))
}

export const endName = (tags: number, rest: Rest): string => `${tags} ${rest}`
