// The states at rest that operations of one CPU at a time lead to, up to the names of what nobody can tell apart. Hardware
// moves between some of them on its own: of those it is enough to begin where it cannot come from the others.

import { canonical, type Machine, PackedEngine } from '../../model/kit/index.js'
import { initialState } from '../explorer/initial.js'
import type { Taken } from '../explorer/trace.js'
import { textOf } from './rest.js'

/** A state at rest, how it was first found, and the numbers of those to which hardware moves from it. */
export interface Start {
  readonly state: Uint8Array
  readonly parent: Start | null
  readonly taken: Taken | null
  readonly moves: number[]
}

/**
 * Searches with whole operations, one state for all that differ by names only: what begins in one of them begins in each. No
 * CPU is special either. Yields the number of states found now and then.
 */
export function* startsOf(machine: Machine): Generator<number, readonly Start[]> {
  machine.open()
  const engine = new PackedEngine(machine)
  const numbers = new Map<string, number>()
  const starts: Start[] = []
  const numberOf = (state: Uint8Array, parent: Start | null, taken: () => Taken | null): number => {
    const name = nameless(machine, state)
    let number = numbers.get(name)
    if (number === undefined) {
      number = starts.length
      numbers.set(name, number)
      starts.push({ state: state.slice(), parent, taken: taken(), moves: [] })
    }
    return number
  }
  numberOf(initialState(machine), null, () => null)
  for (let number = 0; number < starts.length; number++) {
    const here = starts[number]
    engine.load(here.state)
    engine.transitions((command, signal) => {
      if (signal.then === 'stuck') return
      const to = numberOf(engine.bytes, here, () => ({ command: command.index, choices: [...engine.taken] }))
      if (command.kind === 'rule') here.moves.push(to)
    })
    if (number % statesBetweenLooks === 0) yield starts.length
  }
  return starts
}

/** A state with members named by where they first appear. CPUs are named by what they know, so the rest is named before. */
function nameless({ layout, symmetric }: Machine, state: Uint8Array): string {
  const once = canonical(layout, state.slice(0, layout.bytes), symmetric)
  return textOf(canonical(layout, once, ['cpu', ...symmetric]))
}

/** As few states as possible from which hardware comes to all. */
export function sourcesOf(starts: readonly Start[]): readonly Start[] {
  // Of all that are left, the one that a depth-first search is done with last is reached from none outside its component.
  const late = depthFirst([...starts.keys()], starts, new Set()).reverse()
  const seen = new Set<number>()
  const sources = late.filter(number => depthFirst([number], starts, seen).length > 0)
  return sources.sort((a, b) => a - b).map(number => starts[number])
}

/** The states that are reached and were not seen before, in the order in which a depth-first search is done with them. */
function depthFirst(from: readonly number[], starts: readonly Start[], seen: Set<number>): number[] {
  const done: number[] = []
  for (const root of from) {
    if (seen.has(root)) continue
    seen.add(root)
    const stack = [{ number: root, next: 0 }]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const to = starts[top.number].moves[top.next++]
      if (to === undefined) {
        done.push(top.number)
        stack.pop()
      } else if (!seen.has(to)) {
        seen.add(to)
        stack.push({ number: to, next: 0 })
      }
    }
  }
  return done
}

const statesBetweenLooks = 64
