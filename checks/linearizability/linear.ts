// Linearizability of one scope: from every state at rest, one command on each CPU, all interleavings of their steps. What
// they come to must be what some order of them comes to. Claim LK12; rule: spec/concurrency.md#linearizability.

import type { Machine } from '../../model/kit/index.js'
import type { Cut } from '../../reports/result.js'
import type { Taken } from '../explorer/trace.js'
import { MemoryLimit } from '../explorer/visited.js'
import { Course, Side } from './course.js'
import { type Agreement, agreements, endName, Orders, sequencesOf } from './orders.js'
import { type Rest, Rests } from './rest.js'
import { type Start, sourcesOf, startsOf } from './starts.js'
import { type Tag, Tags } from './tags.js'
import { wayTo } from './way.js'

/** One scope at the granularity that is asked about, and twice with its operations one after the other. */
export interface Machines {
  readonly machine: Machine
  readonly whole: Machine
  readonly attempts: Machine
}

export interface LinearProgress {
  /** Starts that are done, of how many; 0 while they are being looked for. */
  readonly starts: number
  readonly of: number
  readonly states: number
}

/** What the same commands come to in some order, and each such order of whole operations, as CPUs; none where only attempts do. */
export interface Alternative {
  readonly tags: readonly (Tag | null)[]
  readonly rest: Rest
  readonly sequences: readonly (readonly number[])[]
}

/** Commands side by side that came to what no order of them comes to. */
export interface Disorder {
  readonly tags: readonly (Tag | null)[]
  readonly rest: Rest
  readonly alternatives: readonly Alternative[]
  /** The way from the first state, and how many of its transitions lead to the start. */
  readonly way: readonly Taken[]
  readonly from: number
}

export interface Linearity {
  readonly verdict: 'holds' | 'bounded' | 'violated'
  readonly cut: Cut | null
  /** States at rest up to names, and those of them that were begun from: hardware comes from these to all. */
  readonly rests: number
  readonly starts: number
  readonly states: number
  readonly transitions: number
  /** Different ends, by how an order agrees with them. */
  readonly ends: { readonly [A in Agreement]: number }
  readonly found: Disorder | null
}

type Work<R> = Generator<LinearProgress, R, Cut | null | undefined>

export function* linearity(machines: Machines, mostBytes: number): Work<Linearity> {
  const trial = new Trial(machines, mostBytes)
  try {
    return yield* trial.run()
  } catch (error) {
    if (!(error instanceof MemoryLimit)) throw error
    return trial.result('memory')
  }
}

class Trial {
  readonly #side: Side
  readonly #inTurn: { readonly whole: Side; readonly attempts: Side }
  readonly #rests: Rests
  readonly #tags: Tags
  readonly #ends = Object.fromEntries(agreements.map(name => [name, 0])) as { [A in Agreement]: number }
  #starts: readonly Start[] = []
  #sources: readonly Start[] = []
  #done = 0
  #states = 0
  #transitions = 0
  #found: Disorder | null = null

  constructor(
    readonly machines: Machines,
    readonly mostBytes: number,
  ) {
    const { machine, whole, attempts } = machines
    this.#tags = new Tags(machine.cpus)
    this.#side = new Side(machine, this.#tags)
    this.#inTurn = { whole: new Side(whole, this.#tags), attempts: new Side(attempts, this.#tags) }
    this.#rests = new Rests(machine)
  }

  *run(): Work<Linearity> {
    const search = startsOf(this.machines.whole)
    let next = search.next()
    for (; next.done !== true; next = search.next()) {
      const cut = (yield { starts: 0, of: 0, states: next.value }) ?? null
      if (cut !== null) return this.result(cut)
    }
    this.#starts = next.value
    this.#sources = sourcesOf(next.value)
    for (const start of this.#sources) {
      const cut = yield* this.#from(start)
      if (cut !== null) return this.result(cut)
      if (this.#found !== null) break
      this.#done++
    }
    return this.result(null)
  }

  *#from(start: Start): Work<Cut | null> {
    const orders = new Orders(this.#inTurn, this.#rests, start.state, this.mostBytes)
    const course = new Course(this.#side, start.state, this.mostBytes)
    const seen = new Set<string>()
    let cut: Cut | null = null
    for (let expanded = 1; !course.isDone && this.#found === null && cut === null; expanded++) {
      course.expand((tags, state, rank) => {
        const rest = this.#rests.of(state)
        const end = `${tags} ${rest}`
        if (seen.has(end) || this.#found !== null) return
        seen.add(end)
        const agreement = orders.agreement(tags, rest)
        if (agreement !== null) this.#ends[agreement]++
        else this.#found = this.#disorder(start, orders, course, tags, rest, rank)
      })
      if (expanded % statesBetweenLooks === 0) cut = (yield this.#progress(course)) ?? null
    }
    this.#states += course.visited.states
    this.#transitions += course.transitions
    return cut ?? (yield this.#progress(null)) ?? null
  }

  #disorder(start: Start, orders: Orders, course: Course, tags: number, rest: Rest, rank: number): Disorder {
    const before = wayTo(start, this.machines.whole, this.machines.machine)
    const sequences = sequencesOf(this.#inTurn.whole, this.#rests, start.state, tags)
    const all = (of: number) => Array.from({ length: this.#tags.cpus }, (_, cpu) => this.#tags.of(of, cpu))
    return {
      tags: all(tags),
      rest,
      alternatives: orders.alternatives(tags).map(other => ({
        tags: all(other.tags),
        rest: other.rest,
        sequences: sequences.get(endName(other.tags, other.rest)) ?? [],
      })),
      way: [...before, ...course.pathTo(rank)],
      from: before.length,
    }
  }

  #progress(course: Course | null): LinearProgress {
    const states = this.#states + (course?.visited.states ?? 0)
    return { starts: this.#done, of: this.#sources.length, states }
  }

  result(cut: Cut | null): Linearity {
    return {
      verdict: this.#found !== null ? 'violated' : cut !== null ? 'bounded' : 'holds',
      cut: this.#found !== null ? null : cut,
      rests: this.#starts.length,
      starts: this.#sources.length,
      states: this.#states,
      transitions: this.#transitions,
      ends: { ...this.#ends },
      found: this.#found,
    }
  }
}

const statesBetweenLooks = 1024
