// The explorer checks itself: a sample of states is expanded a second time on immer, and on a packed view that counts
// writes. Transitions, answers and successor bytes must be the same, and no step that decides may have written.

import { type Engine, ImmerEngine, labelOf, type Machine, ModelError, PackedEngine } from '../../model/kit/index.js'
import type { Keys } from './keys.js'

export interface Auditor {
  wants(rank: number): boolean
  /** Expands the state again; answers how many transitions were compared. */
  check(arena: Int32Array, rank: number, keys: Keys): number
}

/** All of the first states, then fewer and fewer: the start of a space holds most of what can go wrong. */
const dense = 32
const sparse = 16_384

export function audit(machine: Machine): Auditor {
  const immer = new ImmerEngine(machine)
  const counting = new PackedEngine(machine, { write: () => undefined })
  const state = new Uint8Array(machine.bytes)
  return {
    wants: rank => rank < dense || rank % sparse === 0,
    check: (arena, rank, keys) => {
      keys.unpack(arena, rank * keys.words, state)
      const one = listed(immer, state)
      const other = listed(counting, state)
      one.forEach((line, i) => {
        if (line !== other[i]) throw new ModelError(`the engines disagree in state ${rank}: immer says ${line}, packed says ${other[i] ?? 'nothing'}`)
      })
      if (one.length !== other.length) throw new ModelError(`the engines disagree in state ${rank}: packed has more transitions`)
      return one.length
    },
  }
}

function listed(engine: Engine, state: Uint8Array): string[] {
  const lines: string[] = []
  engine.load(state)
  engine.transitions((command, signal) => {
    const said = signal.then === 'answer' ? labelOf(signal.outcome, true) : signal.then
    lines.push(`${command.index} [${engine.taken.join(' ')}] ${said} ${engine.bytes.join(' ')}`)
  })
  return lines
}
