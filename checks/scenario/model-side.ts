// The model as a side: scenarios run on the pure transition function, which is the definition. Free choices take the
// first option, so that an example reads the same every time.

import { match } from 'ts-pattern'
import {
  type Bounds,
  type Command,
  type Entry,
  ids,
  type Machine,
  ModelError,
  Odometer,
  type Of,
  type Page,
  packWorld,
  type Space,
  type State,
  type Then,
  transition,
  type World,
  worldOf,
} from '../../model/index.js'
import type { Outcome } from '../../spec/interface.js'
import { initialState } from '../explorer/initial.js'
import { leavesOf } from '../explorer/trace.js'
import { makesSense, type Observed, type ObservedEntry, type ObservedRegion } from '../notation/index.js'
import { machineFor } from './machines.js'
import type { Side } from './side.js'

/** The model, with every leaf of its present state as it reads. */
export interface ModelSide extends Side {
  leaves(): ReturnType<typeof leavesOf>
}

/** What is told of each step that runs: whose it is, what it returned, and what the operation knows then. */
export type Told = (
  operation: string,
  step: string,
  then: Then<string> | void,
  my: Readonly<Record<string, unknown>>,
) => void

export function openModel(bounds: Bounds, told: Told | null = null): ModelSide {
  const { machine, commandOf } = machineFor(bounds)
  let world = worldOf(machine, initialState(machine))
  const now = () => world.m as State
  return {
    run: command => {
      if (!makesSense(command)) return null
      const ran = issue(machine, world, commandOf(command), told)
      world = ran.world
      return ran.outcome
    },
    alive: process => now().processes[ids(now().processes)[process]].space !== null,
    observed: observe(now),
    leaves: () => {
      const bytes = new Uint8Array(machine.bytes)
      packWorld(machine, world, bytes)
      return leavesOf(machine, bytes)
    },
  }
}

function issue(
  machine: Machine,
  world: World,
  command: Command,
  told: Told | null,
): { world: World; outcome: Outcome | null } {
  machine.open()
  const choices = new Odometer()
  choices.start()
  const named: Parameters<typeof transition>[5] =
    told === null
      ? null
      : (number, then, my) => {
          const owner = machine.stepOwner[number]
          told(owner.operation.name, owner.steps[number - owner.first].name, then, my)
        }
  const { world: next, signal } = transition(machine, world, command, choices, undefined, named)
  if (signal.then === 'answer') return { world: next, outcome: signal.outcome }
  if (signal.then === 'disabled') return { world, outcome: null }
  throw new ModelError(`${command.name} is ${signal.then} where nothing else can run`)
}

function observe(now: () => State): Observed {
  const spaceAt = (process: number) => {
    const m = now()
    const space = process < m.processes.length ? m.processes[ids(m.processes)[process]].space : null
    return space === null ? null : m.spaces[space]
  }
  return {
    pages: now().tree.length,
    regions: process => regionsIn(now(), spaceAt(process)),
    entry: (process, page) => {
      const at = spaceAt(process)?.pages[ids(now().tree)[page]]
      return at === undefined ? { kind: 'absent' } : entryOf(now(), at)
    },
    locked: process => spaceAt(process)?.locked ?? 0,
  }
}

type InSpace = State['spaces'][Space]
type InPage = InSpace['pages'][Page]

/** Maximal runs of pages that agree. */
function regionsIn(m: State, space: InSpace | null): readonly ObservedRegion[] {
  const found: ObservedRegion[] = []
  let before: InPage | null = null
  for (const page of ids(m.tree)) {
    const at: InPage | undefined = space?.pages[page]
    if (at === undefined || at.region === 'unmapped') {
      before = null
      continue
    }
    const last = found.at(-1)
    if (last !== undefined && before !== null && continues(m, before, at))
      found[found.length - 1] = { ...last, last: page }
    else found.push(regionAt(m, at, page))
    before = at
  }
  return found
}

function regionAt(m: State, at: InPage, page: number): ObservedRegion {
  const { region, object } = at
  if (region === 'unmapped') throw new ModelError('an unmapped page has no region')
  const is = object === null || m.objects[object].kind === 'anonymous' ? 'anonymous' : 'segment'
  return {
    first: page,
    last: page,
    protection: region,
    object: object === null ? null : { is, record: object, offset: at.offset },
    lock: at.lock,
    grows: at.grows,
  }
}

const attributes = ['region', 'ceiling', 'lock', 'grows', 'object', 'accounted', 'chain', 'inherited'] as const

function continues({ limits }: State, left: InPage, right: InPage): boolean {
  const runsOn = right.offset === left.offset + 1 || (left.object === null && !limits.linux)
  return runsOn && !right.seam && attributes.every(name => left[name] === right[name])
}

function entryOf(m: State, { entry, region, object }: InPage): ObservedEntry {
  if (region === 'guard') return { kind: 'guard' }
  return match(entry)
    .returnType<ObservedEntry>()
    .with({ is: 'absent' }, () => ({ kind: 'absent' }))
    .with({ is: 'zero' }, () => ({ kind: 'zero' }))
    .with({ is: 'present' }, it => ({
      kind: object === null ? 'anon' : 'file',
      identity: it.frame,
      mappings: entriesLike(m, other => other.is === 'present' && other.frame === it.frame),
    }))
    .with({ is: 'swapped' }, it => ({
      kind: 'swap',
      identity: it.slot,
      mappings: entriesLike(m, other => other.is === 'swapped' && other.slot === it.slot),
    }))
    .exhaustive()
}

/** How many entries of all spaces are so. */
function entriesLike({ spaces }: State, like: (entry: Of<typeof Entry>) => boolean): number {
  let count = 0
  for (const { pages } of spaces) for (const { entry } of pages) if (like(entry)) count++
  return count
}
