// The model as a side: scenarios run on the pure transition function, which is the definition. Free choices take the
// first option, so that an example reads the same every time.

import { match } from 'ts-pattern'
import {
  type Bounds,
  type Command,
  Entry,
  ids,
  type Machine,
  ModelError,
  Odometer,
  type Of,
  type State,
  transition,
  type World,
  worldOf,
} from '../../model/index.js'
import type { Outcome } from '../../spec/interface.js'
import { initialState } from '../explorer/initial.js'
import type { Observed, ObservedEntry } from '../notation/index.js'
import { machineFor } from './machines.js'
import type { Side } from './side.js'

export function openModel(bounds: Bounds): Side {
  const { machine, commandOf } = machineFor(bounds)
  let world = worldOf(machine, initialState(machine))
  const now = () => world.m as State
  return {
    run: command => {
      const ran = issue(machine, world, commandOf(command))
      world = ran.world
      return ran.outcome
    },
    alive: process => now().processes[ids(now().processes)[process]].space !== null,
    observed: observe(now),
  }
}

function issue(machine: Machine, world: World, command: Command): { world: World; outcome: Outcome | null } {
  machine.open()
  const choices = new Odometer()
  choices.start()
  const { world: next, signal } = transition(machine, world, command, choices)
  if (signal.then === 'answer') return { world: next, outcome: signal.outcome }
  if (signal.then === 'disabled') return { world, outcome: null }
  throw new ModelError(`${command.name} is ${signal.then} where nothing else can run`)
}

function observe(now: () => State): Observed {
  const pageOf = (process: number, page: number) => {
    const m = now()
    const space = process < m.processes.length ? m.processes[ids(m.processes)[process]].space : null
    return space === null ? null : m.spaces[space].pages[ids(m.tree)[page]]
  }
  return {
    pages: now().tree.length,
    protection: (process, page) => {
      const region = pageOf(process, page)?.region ?? 'unmapped'
      return region === 'unmapped' ? null : region
    },
    entry: (process, page) => entryOf(now(), pageOf(process, page)?.entry ?? Entry.absent),
  }
}

function entryOf(m: State, entry: Of<typeof Entry>): ObservedEntry {
  return match(entry)
    .returnType<ObservedEntry>()
    .with({ is: 'absent' }, () => ({ kind: 'absent' }))
    .with({ is: 'present' }, it => ({ kind: 'anon', identity: it.frame, mappings: m.frames[it.frame].references }))
    .with({ is: 'swapped' }, it => ({ kind: 'swap', identity: it.slot, mappings: m.slots[it.slot].references }))
    .exhaustive()
}
