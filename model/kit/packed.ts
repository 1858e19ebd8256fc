// The packed engine: transitions run in place on bytes, through generated views. The explorer puts a state in, visits
// every transition, and finds the successor in the same bytes.

import { block, disabled, done, type Then } from './answer.js'
import { answerField, type BoundOperation } from './bound.js'
import { Odometer } from './choices.js'
import type { Command } from './commands.js'
import { readCell, writeCode } from './layout.js'
import type { Machine } from './machine.js'
import { type Host, type Locals, Runner, type Signal } from './runner.js'
import { ModelError } from './schema.js'
import { type Access, viewOf, viewOfCells } from './views.js'

/** Called for each transition, while the engine's state is the successor. */
export type Visit = (command: Command, signal: Signal) => void
export type Wanted = (command: Command) => boolean

/** What the explorer asks of an engine; the immer engine answers the same. */
export interface Engine {
  readonly machine: Machine
  /** The successor, while a visit runs. */
  readonly bytes: Uint8Array
  readonly m: unknown
  readonly before: unknown
  /** By step number: set when some transition ran it. */
  readonly reached: Uint8Array
  /** Codes that the free choices of the transition under visit took. */
  readonly taken: readonly number[]
  load(state: Uint8Array): void
  /** Visits every transition; of the commands that are `wanted`, where that is asked. */
  transitions(visit: Visit, wanted?: Wanted): void
}

/** Locals of operations in flight: cells of the state, one view for each CPU and operation. */
function cellLocals(machine: Machine, access: Access): readonly Locals[][] {
  return machine.counters.map((counter, cpu) =>
    machine.operations.map(o => {
      const view = viewOfCells(
        o.fields.map(f => [f.name, { ...f.cell, at: f.cell.at < 0 ? -1 : f.cell.at + counter.at }] as const),
        access,
      )
      view.cpu = cpu
      return view
    }),
  )
}

/** How an operation begins with the arguments of a command, worked out once. */
interface Beginning {
  readonly command: Command
  /** Where operations are whole: its arguments and locals, which live only while one transition runs. */
  readonly my: Locals
  /** Where they interleave: the cells of its CPU. */
  readonly cells: Uint8Array
}

export class PackedHost implements Host {
  readonly m: unknown
  /** Of operations in flight. */
  readonly #locals: readonly Locals[][]
  /** By CPU, those of the whole operation that runs. */
  readonly #own: Locals[]
  /** By one more than the number of the command: a command that is not one of the machine's has none. */
  readonly #beginnings: Beginning[] = []
  /** By CPU: the first cell behind its counter, and where its cells end. */
  readonly #overlays: readonly { readonly from: number; readonly to: number }[]
  readonly #at: number[]
  #written = 0
  constructor(
    readonly machine: Machine,
    readonly bytes: Uint8Array,
    note?: { readonly read?: (at: number) => void; readonly write?: (at: number) => void },
  ) {
    const counted = note?.write
    const access: Access = {
      bytes,
      ...(note?.read === undefined ? {} : { read: note.read }),
      ...(counted === undefined
        ? {}
        : {
            write: (at: number) => {
              this.#written++
              counted(at)
            },
          }),
    }
    this.m = viewOf(machine.layout, access)
    this.#locals = cellLocals(machine, { bytes })
    this.#own = new Array<Locals>(machine.cpus).fill({})
    this.#overlays = machine.counters.map(({ at, bytes: width }, cpu) => ({
      from: at + width,
      to: machine.counters[cpu + 1]?.at ?? machine.bytes,
    }))
    this.#at = new Array<number>(machine.cpus).fill(0)
    this.writes = counted === undefined ? () => -1 : () => this.#written
  }
  readonly writes: () => number
  at(cpu: number): number {
    return this.machine.interleaved ? readCell(this.bytes, this.machine.counters[cpu]) : this.#at[cpu]
  }
  put(cpu: number, at: number): void {
    if (this.machine.interleaved) writeCode(this.bytes, this.machine.counters[cpu], at)
    else this.#at[cpu] = at
  }
  my(cpu: number, operation: BoundOperation): Locals {
    return this.machine.interleaved ? this.#locals[cpu][operation.index] : this.#own[cpu]
  }
  begin(command: Command, operation: BoundOperation): void {
    let known = this.#beginnings[command.index + 1]
    if (known?.command !== command) {
      known = this.#beginningOf(command, operation)
      this.#beginnings[command.index + 1] = known
    }
    const { cpu } = command
    if (this.machine.interleaved) this.bytes.set(known.cells, this.#overlays[cpu].from)
    else this.#own[cpu] = known.my
    // Its steps have left their locals in the one record; cells are a copy.
    if (!this.machine.interleaved) for (const [name, first] of operation.locals) known.my[name] = first
  }
  #beginningOf(command: Command, operation: BoundOperation): Beginning {
    const { cpu, args } = command
    if (!this.machine.interleaved) {
      const fields = operation.fields.map(({ name, cell }) => [name, args[name] ?? cell.domain.values[0]] as const)
      return { command, my: { ...Object.fromEntries(fields), cpu }, cells: new Uint8Array(0) }
    }
    const { from, to } = this.#overlays[cpu]
    const my = this.#locals[cpu][operation.index]
    for (const name of operation.argumentNames) my[name] = args[name]
    for (const [name, first] of operation.locals) my[name] = first
    return { command, my, cells: this.bytes.slice(from, to) }
  }
  end(cpu: number): void {
    // The first value of every domain has code 0.
    if (this.machine.interleaved) this.bytes.fill(0, this.#overlays[cpu].from, this.#overlays[cpu].to)
  }
  packed(): Uint8Array {
    return this.bytes
  }
  /** Forgets a whole operation that did not come to its end. */
  idle(): void {
    if (!this.machine.interleaved) this.#at.fill(0)
  }
}

/**
 * An operation that is one plain step without locals: run directly, the runner's bookkeeping would be for nothing. If
 * the step goes on after all (to itself, or by unwinding to the end), the runner takes over.
 */
interface Direct {
  readonly number: number
  readonly step: (m: never, my: Locals) => Then<string> | undefined
  readonly my: Locals
}

function directForm(command: Command, machine: Machine): Direct | null {
  const o = command.operation
  if (o === null || machine.interleaved || o.steps.length !== 1) return null
  const [step] = o.steps
  if (step.kind !== 'plain' || step.ghost !== undefined || Object.keys(o.operation.locals).length > 0) return null
  const my = { ...command.args }
  if (o.fields.some(f => f.name === answerField)) my[answerField] = 0
  return { number: o.first, step: step.run as Direct['step'], my }
}

export class PackedEngine implements Engine {
  readonly bytes: Uint8Array
  readonly m: unknown
  readonly before: unknown
  readonly reached: Uint8Array
  readonly #words: Int32Array
  readonly #saved: Int32Array
  readonly #savedBytes: Uint8Array
  readonly #host: PackedHost
  readonly #odometer = new Odometer()
  readonly #runner: Runner
  readonly #direct: readonly (Direct | null)[]

  constructor(
    readonly machine: Machine,
    note?: { readonly read?: (at: number) => void; readonly write?: (at: number) => void },
  ) {
    this.bytes = new Uint8Array(machine.bytes)
    this.#words = new Int32Array(this.bytes.buffer)
    this.#savedBytes = new Uint8Array(machine.bytes)
    this.#saved = new Int32Array(this.#savedBytes.buffer)
    this.#host = new PackedHost(machine, this.bytes, note)
    this.m = this.#host.m
    this.before = viewOf(machine.layout, { bytes: this.#savedBytes })
    this.reached = new Uint8Array(machine.stepOwner.length + 1)
    this.#runner = new Runner(machine, this.#host, this.#odometer, this.reached)
    this.#direct = machine.commands.map(command => (note === undefined ? directForm(command, machine) : null))
  }

  get taken(): readonly number[] {
    return this.#chose ? this.#odometer.taken : []
  }
  #chose = false

  load(state: Uint8Array): void {
    this.bytes.set(state)
    this.#savedBytes.set(state)
  }

  transitions(visit: Visit, wanted: Wanted | null = null): void {
    const { commands } = this.machine
    for (let i = 0; i < commands.length; i++) {
      if (wanted !== null && !wanted(commands[i])) continue
      const direct = this.#direct[i]
      if (direct !== null) this.#runDirect(commands[i], direct, visit)
      else this.#runAll(commands[i], visit)
    }
  }

  #runDirect(command: Command, direct: Direct, visit: Visit): void {
    const then = direct.step(this.m as never, direct.my)
    if (then === disabled || then === block) {
      if (!this.#unchanged()) throw new ModelError(`${command.name} is disabled but has written the state`)
      return
    }
    if (then !== undefined && then.then !== 'answer') {
      this.#restore()
      this.#runAll(command, visit)
      return
    }
    this.reached[direct.number] = 1
    this.#chose = false
    visit(command, then ?? done())
    this.#restore()
  }

  #runAll(command: Command, visit: Visit): void {
    this.#odometer.start()
    do {
      const signal = this.#runner.run(command)
      this.#chose = true
      if (signal !== disabled && signal !== block) visit(command, signal)
      this.#restore()
      this.#host.idle()
    } while (this.#odometer.next())
  }

  #unchanged(): boolean {
    const words = this.#words
    const saved = this.#saved
    for (let i = 0; i < words.length; i++) if (words[i] !== saved[i]) return false
    return true
  }

  #restore(): void {
    const words = this.#words
    const saved = this.#saved
    for (let i = 0; i < words.length; i++) words[i] = saved[i]
  }
}
