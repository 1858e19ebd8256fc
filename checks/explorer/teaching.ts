// The explorer in one page, to be read before the real one and tested to give the same numbers. A queue, a map from
// every state's text to its depth, and the pure `transition` of the immer engine; no packing, no views, no batches.
// What is wrong with a state is the judge's business; here it is about the search.

import {
  block,
  type Command,
  disabled,
  type Machine,
  Odometer,
  packWorld,
  type Signal,
  stuck,
  transition,
  type World,
  worldOf,
} from '../../model/kit/index.js'
import { initialState } from './initial.js'
import { argumentsOf, Judge } from './judge.js'

export interface Lesson {
  readonly verdict: 'holds' | 'violated'
  readonly states: number
  readonly transitions: number
  readonly unchanged: number
  /** Of the deepest state, or of the violation. */
  readonly depth: number
  readonly worlds: readonly World[]
}

interface Successor {
  readonly command: Command
  readonly signal: Signal
  readonly world: World
}

/** Every command, and for each the outcome of every combination of free choices. */
function* successors(machine: Machine, from: World): Generator<Successor> {
  for (const command of machine.commands) {
    const odometer = new Odometer()
    odometer.start()
    do {
      const { world, signal } = transition(machine, from, command, odometer)
      if (signal !== disabled && signal !== block) yield { command, signal, world }
    } while (odometer.next())
  }
}

export function teach(machine: Machine): Lesson {
  machine.open()
  const judge = new Judge(machine, null)
  const bytes = new Uint8Array(machine.bytes)
  const isWrong = (world: World): boolean => {
    packWorld(machine, world, bytes)
    return judge.state(world.m, bytes) !== null
  }
  const isBusy = (world: World): boolean => world.tasks.some(task => task.at !== 0)
  /** A whole operation that refuses has changed nothing; one that waits must be woken. */
  const isWrongStep = (before: World, { command, signal, world }: Successor, same: boolean): boolean => {
    packWorld(machine, before, bytes)
    const outcome = signal.then === 'answer' ? signal.outcome.is : ''
    if (signal === stuck) return true
    if (!same && !machine.interleaved && (outcome === 'refused' || outcome === 'faulted')) return true
    const it = { operation: command.name, signal, changed: !same, before: before.m, after: world.m, packed: null }
    return judge.transition({ ...it, arguments: () => argumentsOf(machine, bytes, command) }) !== null
  }

  const first = worldOf(machine, initialState(machine))
  const depths = new Map([[JSON.stringify(first), 0]])
  const worlds = [first]
  /** Where operations that are under way can move to, state by state. */
  const onward = new Map<string, string[]>()
  let transitions = 0
  let unchanged = 0
  let deepest = 0
  let violation = isWrong(first) ? 0 : null

  // The list grows while we walk it: breadth first, so that the first violation has a shortest path.
  for (const from of worlds) {
    if (violation !== null) break
    const text = JSON.stringify(from)
    const depth = depths.get(text) ?? 0
    deepest = depth
    const moves: string[] = []
    for (const next of successors(machine, from)) {
      const key = JSON.stringify(next.world)
      const same = key === text
      if (same) unchanged++
      else transitions++
      if (!same && (next.command.kind === 'resume' || next.command.rule?.interrupt === true)) moves.push(key)
      if (isWrongStep(from, next, same)) violation = depth + 1
      if (depths.has(key)) continue
      depths.set(key, depth + 1)
      worlds.push(next.world)
      if (isWrong(next.world)) violation = depth + 1
    }
    if (machine.interleaved && isBusy(from)) {
      onward.set(text, moves)
      if (moves.length === 0) violation = depth
    }
  }
  if (violation === null) violation = depths.get(nearestWithoutEnd(onward) ?? '') ?? null
  const missed = violation === null && judge.missing.length > 0
  return {
    verdict: violation !== null || missed ? 'violated' : 'holds',
    states: worlds.length,
    transitions,
    unchanged,
    depth: violation ?? deepest,
    worlds,
  }
}

/** Of the states in which something is under way, the first from which nothing comes to an end. */
function nearestWithoutEnd(onward: ReadonlyMap<string, readonly string[]>): string | undefined {
  const endless = new Set(onward.keys())
  for (let before = 0; endless.size !== before; ) {
    before = endless.size
    for (const [from, to] of onward) if (to.some(next => !endless.has(next))) endless.delete(from)
  }
  return [...endless][0]
}
