// The immer engine: the definition. `transition` is a pure function from a frozen state to a frozen state; the explorer runs
// it completely on small scopes and on samples of large ones, to check the fast engines against it.

import { current, isDraft, produce } from 'immer'
import { block, disabled, type Then } from './answer.js'
import type { BoundOperation } from './bound.js'
import { type Choices, Odometer } from './choices.js'
import type { Command } from './commands.js'
import { DomainError, decode, encode, readCell, writeCode } from './layout.js'
import type { Machine } from './machine.js'
import type { Engine, Visit, Wanted } from './packed.js'
import { type Host, type Locals, Runner, type Signal } from './runner.js'

/** What one CPU is in the middle of. */
interface Task {
  at: number
  my: Locals
}
/** A state with what is under way; `tasks` is empty where operations are whole. */
export interface World {
  readonly m: unknown
  readonly tasks: readonly Task[]
}

export function worldOf(machine: Machine, bytes: Uint8Array): World {
  const tasks = machine.counters.map((counter, cpu): Task => {
    const at = readCell(bytes, counter)
    if (at === 0) return { at, my: {} }
    const fields = machine.stepOwner[at].fields.map(f => {
      const code = readCell(bytes, { ...f.cell, at: f.cell.at + counter.at })
      return [f.name, f.cell.domain.values[code]] as const
    })
    return { at, my: { ...Object.fromEntries(fields), cpu } }
  })
  return { m: decode(machine.layout, bytes), tasks }
}

/** Packs a world; throws where a leaf or local holds a value outside its domain. */
export function packWorld(machine: Machine, world: World, bytes: Uint8Array): void {
  bytes.fill(0)
  encode(machine.layout, world.m, bytes)
  world.tasks.forEach((task, cpu) => {
    const counter = machine.counters[cpu]
    writeCode(bytes, counter, task.at)
    if (task.at === 0) return
    for (const f of machine.stepOwner[task.at].fields) {
      const code = f.cell.domain.code(task.my[f.name])
      if (code < 0) throw new DomainError(f.cell.path, task.my[f.name], f.cell.domain)
      writeCode(bytes, { ...f.cell, at: f.cell.at + counter.at }, code)
    }
  })
}

class DraftHost implements Host {
  readonly m: unknown
  readonly #tasks: Task[]
  readonly #scratch: Uint8Array
  constructor(
    readonly machine: Machine,
    readonly world: { m: unknown; tasks: Task[] },
  ) {
    this.m = world.m
    this.#tasks = machine.interleaved ? world.tasks : Array.from({ length: machine.cpus }, () => ({ at: 0, my: {} }))
    this.#scratch = new Uint8Array(machine.bytes)
  }
  at(cpu: number): number {
    return this.#tasks[cpu].at
  }
  put(cpu: number, at: number): void {
    this.#tasks[cpu].at = at
  }
  my(cpu: number): Locals {
    return this.#tasks[cpu].my
  }
  begin({ cpu, args }: Command, operation: BoundOperation): void {
    this.#tasks[cpu].my = { ...args, ...Object.fromEntries(operation.locals), cpu }
  }
  end(cpu: number): void {
    this.#tasks[cpu].my = {}
  }
  packed(): Uint8Array {
    const now = isDraft(this.world) ? current(this.world) : this.world
    packWorld(this.machine, now, this.#scratch)
    return this.#scratch
  }
  writes(): number {
    return -1
  }
}

/** One transition as a pure function: the world after the command, with the given choices. */
export function transition(
  machine: Machine,
  world: World,
  command: Command,
  choices: Choices,
  reached: Uint8Array = new Uint8Array(machine.stepOwner.length + 1),
  /** Told of each step that has run, what it returned, and what the operation knows then. */
  told: ((step: number, then: Then<string> | void, my: Readonly<Locals>) => void) | null = null,
): { readonly world: World; readonly signal: Signal } {
  const ran: { signal: Signal } = { signal: disabled }
  const next = produce(world, draft => {
    const host = new DraftHost(machine, draft as { m: unknown; tasks: Task[] })
    const ranOne =
      told === null ? null : (step: number, then: Then<string> | void) => told(step, then, host.my(command.cpu))
    ran.signal = new Runner(machine, host, choices, reached, ranOne).run(command)
  })
  const happened = ran.signal !== disabled && ran.signal !== block
  return { world: happened ? next : world, signal: ran.signal }
}

export class ImmerEngine implements Engine {
  readonly bytes: Uint8Array
  readonly reached: Uint8Array
  m: unknown = null
  before: unknown = null
  readonly #odometer = new Odometer()
  #world: World | null = null

  constructor(readonly machine: Machine) {
    this.bytes = new Uint8Array(machine.bytes)
    this.reached = new Uint8Array(machine.stepOwner.length + 1)
  }
  get taken(): readonly number[] {
    return this.#odometer.taken
  }
  load(state: Uint8Array): void {
    this.#world = worldOf(this.machine, state)
    this.before = this.#world.m
    this.m = this.#world.m
    this.bytes.set(state)
  }
  transitions(visit: Visit, wanted: Wanted | null = null): void {
    const world = this.#world
    if (world === null) return
    for (const command of this.machine.commands) {
      if (wanted !== null && !wanted(command)) continue
      this.#odometer.start()
      do {
        const { world: next, signal } = transition(this.machine, world, command, this.#odometer, this.reached)
        if (signal === disabled || signal === block) continue
        packWorld(this.machine, next, this.bytes)
        this.m = next.m
        visit(command, signal)
      } while (this.#odometer.next())
    }
  }
}
