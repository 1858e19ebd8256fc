// The model as a side: scenarios run on the pure transition function, which is the definition. Free choices take the
// first option, so that an example reads the same every time.

import {
  type Bounds,
  ids,
  type Machine,
  ModelError,
  Odometer,
  type Process,
  type State,
  spaceOf,
  transition,
  type World,
  worldOf,
} from '../../model/index.js'
import type { Command, Outcome, Protection } from '../../spec/interface.js'
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
    alive: process => spaceOf(now(), memberOf(now().processes, process)) !== null,
    observed: observe(now),
  }
}

type ModelCommand = Parameters<typeof transition>[2]

function issue(machine: Machine, world: World, command: ModelCommand): { world: World; outcome: Outcome | null } {
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
    const space = process < m.processes.length ? spaceOf(m, memberOf(m.processes, process)) : null
    return space === null ? null : m.spaces[space].pages[memberOf(m.tree, page)]
  }
  return {
    pages: now().tree.length,
    protection: (process, page) => protectionOf(pageOf(process, page)?.region ?? 'unmapped'),
    entry: (process, page) => entryOf(now(), pageOf(process, page)?.entry ?? null),
  }
}

function protectionOf(region: Protection | 'unmapped'): Protection | null {
  return region === 'unmapped' ? null : region
}

type Entry = State['spaces'][Extract<keyof State['spaces'], number>]['pages'][Extract<keyof State['spaces'], number>]['entry']
function entryOf(m: State, entry: Entry | null): ObservedEntry {
  if (entry === null || entry.is === 'absent') return { kind: 'absent' }
  if (entry.is === 'present') {
    return { kind: 'anon', identity: entry.frame, mappings: m.frames[entry.frame].references }
  }
  return { kind: 'swap', identity: entry.slot, mappings: m.slots[entry.slot].references }
}

/** A number as a member of the set that a list is over. */
function memberOf<L extends Parameters<typeof ids>[0]>(list: L, member: number) {
  return ids(list)[member] as L extends { readonly [by: symbol]: infer S extends string } ? never : Process
}
