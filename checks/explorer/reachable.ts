// All reachable states of a small machine, as packed bytes: for counting them by other means than the search does.

import { type Machine, PackedEngine } from '../../model/kit/index.js'
import { initialState } from './initial.js'

export function* reachable(machine: Machine): Generator<Uint8Array> {
  machine.open()
  const engine = new PackedEngine(machine)
  const known = new Set<string>()
  const queue: Uint8Array[] = []
  const found = (state: Uint8Array): void => {
    const key = Buffer.from(state).toString('latin1')
    if (known.has(key)) return
    known.add(key)
    queue.push(state.slice())
  }
  found(initialState(machine))
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    yield state
    engine.load(state)
    engine.transitions(() => found(engine.bytes))
  }
}
