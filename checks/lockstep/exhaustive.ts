// Every transition of a scope on the real code. The search goes over abstract states up to renaming; each is stood for
// by the first implementation state that reached it, kept as a copy of its memory. A second pass in another command
// order meets other hidden states: list orders, hints, tree shapes.

import { canonical, type Machine } from '../../model/index.js'
import { Pair, type Sides } from './pair.js'
import { type LockstepWork, Tally } from './tally.js'
import { tellPath } from './tell.js'

export interface ExhaustiveOptions extends Sides {
  /** 0: commands in their order; anything else: shuffled by this seed. */
  readonly order: number
  /** States that are so many commands away are not expanded; absent means all are. */
  readonly depth?: number
}

/** States expanded between two looks up. */
const statesATime = 64

export function* exhaustive(machine: Machine, options: ExhaustiveOptions): LockstepWork {
  const pair = new Pair(machine, options)
  const starts = machine.commands.filter(command => command.kind === 'start')
  const commands = shuffled(starts, options.order)
  const frontier = new Frontier(pair)
  const tally = new Tally()
  for (let rank = 0; rank < frontier.states; rank++) {
    if (rank % statesATime === 0) {
      const cut = yield { compared: tally.compared, states: frontier.states }
      if (cut) return tally.run(frontier.states, { cut })
    }
    if (frontier.depthOf(rank) >= (options.depth ?? Number.POSITIVE_INFINITY)) break
    const state = frontier.take(rank)
    for (const command of commands) {
      pair.restore(state.model, state.implementation)
      const step = pair.run(command, { evenIdle: true, probe: true })
      tally.count(command.name, step)
      if (step.is === 'parted') {
        const told = tellPath(machine, options, [...frontier.pathTo(rank), command.index])
        return tally.run(frontier.states, { told })
      }
      if (step.is === 'same' && step.changed) frontier.found(rank, command.index)
    }
  }
  return tally.run(frontier.states, {})
}

interface Both {
  readonly model: Uint8Array
  readonly implementation: ArrayBuffer
}

/** States in the order in which they were found, and the command that led to each. Copies go once they are expanded. */
class Frontier {
  readonly #known = new Set<string>()
  readonly #reached: { readonly parent: number; readonly command: number; readonly depth: number }[] = []
  readonly #copies = new Map<number, Both>()

  constructor(readonly pair: Pair) {
    pair.begin()
    this.found(-1, -1)
  }
  get states(): number {
    return this.#known.size
  }

  /** Keeps the state that the pair is in, unless it is known. */
  found(parent: number, command: number): void {
    const { machine, bytes, implementation } = this.pair
    const key = classOf(machine, bytes)
    if (this.#known.has(key)) return
    this.#copies.set(this.states, { model: bytes.slice(), implementation: implementation.snapshot() })
    this.#known.add(key)
    this.#reached.push({ parent, command, depth: parent < 0 ? 0 : this.depthOf(parent) + 1 })
  }

  /** Commands from the first state. */
  depthOf(rank: number): number {
    return this.#reached[rank].depth
  }

  take(rank: number): Both {
    const both = this.#copies.get(rank)
    if (both === undefined) throw new RangeError(`state ${rank} was expanded before`)
    this.#copies.delete(rank)
    return both
  }

  /** The commands that lead to a state from the first one. */
  pathTo(rank: number): readonly number[] {
    const path: number[] = []
    for (let at = rank; at > 0; at = this.#reached[at].parent) path.push(this.#reached[at].command)
    return path.reverse()
  }
}

/** A key that states share exactly when they are equal up to renaming. */
export const classOf = ({ layout, symmetric }: Machine, state: Uint8Array): string =>
  Buffer.from(canonical(layout, state, symmetric)).toString('latin1')

/** The same commands in an order that depends on the seed alone (xorshift, Fisher and Yates). */
export function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  if (seed === 0) return list
  const out = [...list]
  let x = seed | 0
  for (let i = out.length - 1; i > 0; i--) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    const j = (x >>> 0) % (i + 1)
    ;[out[i], out[j]] = [out[j], out[i]]
  }
  return out
}
