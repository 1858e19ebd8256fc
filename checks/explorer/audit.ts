// The explorer checks itself: a sample of states is expanded a second time on immer, and on a packed view that counts
// writes. Transitions, answers and successor bytes must be the same, and no step that decides may have written.

import { type Engine, ImmerEngine, labelOf, type Machine, ModelError, PackedEngine } from '../../model/kit/index.js'
import type { Keys } from './keys.js'
import type { Visited } from './visited.js'

/**
 * All of the first states, where most commands are for the first time; from there on each as far again as the one before, so
 * that every depth is met, and a hundred scopes of the same operations pay for it once between them.
 */
const dense = 8
const further = (rank: number): number => (rank < dense ? rank + 1 : rank * 2)

/**
 * Expands a sample of the first `expanded` states again; answers how many transitions were compared. It comes after
 * the search, because recipes that have met immer's proxies run slower from then on.
 */
export function audit(machine: Machine, visited: Visited, keys: Keys, expanded: number): number {
  const immer = new ImmerEngine(machine)
  const counting = new PackedEngine(machine, { write: () => undefined })
  const state = new Uint8Array(machine.bytes)
  let compared = 0
  for (let rank = 0; rank < expanded; rank = further(rank)) {
    keys.unpack(visited.keys, rank * keys.words, state)
    compared += compare(listed(immer, state), listed(counting, state), rank)
  }
  return compared
}

function compare(immer: readonly string[], packed: readonly string[], rank: number): number {
  immer.forEach((line, i) => {
    if (line === packed[i]) return
    throw new ModelError(
      `the engines disagree in state ${rank}: immer says ${line}, packed says ${packed[i] ?? 'nothing'}`,
    )
  })
  if (immer.length !== packed.length)
    throw new ModelError(`the engines disagree in state ${rank}: packed has more transitions`)
  return immer.length
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
