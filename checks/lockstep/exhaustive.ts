// Every transition of a scope on the real code. The search goes over abstract states up to renaming; each is stood for
// by the first implementation state that reached it, kept as a copy of its memory. A second pass in another command
// order meets other hidden states: list orders, hints, tree shapes. At the end the states that the implementation
// reached are counted against those that the model allows.

import type { Machine } from '../../model/index.js'
import { canonical } from '../../model/index.js'
import type { Cut } from '../../reports/result.js'
import type { MachineClaim } from '../claims/machine.js'
import { type Build, Pair } from './pair.js'
import type { Told } from './tell.js'
import { tellPath } from './tell.js'

export interface LockstepRun {
  readonly compared: number
  readonly changing: number
  readonly states: number
  readonly mix: ReadonlyMap<string, number>
  readonly cut: Cut | null
  readonly told: Told | null
}
export interface LockstepProgress {
  readonly compared: number
  readonly states: number
}

interface Node {
  readonly model: Uint8Array
  readonly implementation: ArrayBuffer
  readonly parent: number
  readonly command: number
}

export interface ExhaustiveOptions {
  readonly build: Build
  readonly claims: readonly MachineClaim[]
  /** 0: commands in their order; anything else: shuffled by this seed. */
  readonly order: number
}

export function* exhaustive(
  machine: Machine,
  options: ExhaustiveOptions,
): Generator<LockstepProgress, LockstepRun, Cut | null | undefined> {
  const pair = new Pair(machine, options.build, options.claims)
  const commands = shuffled(
    machine.commands.filter(c => c.kind === 'start'),
    options.order,
  )
  const known = new Map<string, number>()
  const parents: { parent: number; command: number }[] = []
  const queue: (Node | null)[] = []
  const mix = new Map<string, number>()
  let compared = 0
  let changing = 0

  const found = (parent: number, command: number): void => {
    const key = Buffer.from(canonical(machine.layout, pair.bytes, machine.system.symmetric)).toString('latin1')
    if (known.has(key)) return
    known.set(key, queue.length)
    parents.push({ parent, command })
    queue.push({ model: pair.bytes.slice(), implementation: pair.implementation.snapshot(), parent, command })
  }
  const pathTo = (rank: number): number[] => {
    const path: number[] = []
    for (let at = rank; at > 0; at = parents[at].parent) path.push(parents[at].command)
    return path.reverse()
  }
  const result = (cut: Cut | null, told: Told | null): LockstepRun => ({
    compared,
    changing,
    states: known.size,
    mix,
    cut,
    told,
  })

  pair.reset()
  found(-1, -1)
  for (let rank = 0; rank < queue.length; rank++) {
    const node = queue[rank]
    queue[rank] = null
    if (node === null) continue
    for (const command of commands) {
      pair.restore(node.model, node.implementation)
      const step = pair.run(command, true, true)
      if (step.is === 'skipped') continue
      compared++
      mix.set(command.name, (mix.get(command.name) ?? 0) + 1)
      if (step.is === 'parted')
        return result(
          null,
          tellPath(
            machine,
            options,
            [...pathTo(rank), command.index].map(n => [n, true]),
          ),
        )
      if (!step.changed) continue
      changing++
      found(rank, command.index)
    }
    if ((rank & 63) === 63) {
      const cut = yield { compared, states: known.size }
      if (cut !== null && cut !== undefined) return result(cut, null)
    }
  }
  return result(null, null)
}

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
